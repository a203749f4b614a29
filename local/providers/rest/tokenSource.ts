import { UnansweredError, type Connection, type HttpResponse } from "./connection";
import type { MutableCounters } from "./counters";
import type { DeployerCredentials } from "./credentials";
import { ownRule } from "./ownRule";
import { sendPatiently } from "./retry";
import { repeats, type ClientRule } from "./retryRule";

const authority = "https://login.microsoftonline.com";
/** A token this close to its end is renewed, milliseconds. */
const renewalMargin = 5 * 60 * 1000;

interface IssuedToken {
  readonly value: string;
  readonly expires: number;
}

/** What a token says about its holder, read without checking it, as the real providers do. */
export interface TokenClaims {
  readonly oid: string;
  readonly tid: string;
}

/** The token endpoint refused. */
export class TokenError extends Error {
  constructor(
    readonly status: number,
    readonly body: string,
    url: string,
  ) {
    super(`ClientSecretCredential authentication failed. POST ${url}: RESPONSE ${status}\n${body}`);
    this.name = "TokenError";
  }
}

/** How a sign-in is repeated. */
export interface SignInOptions {
  /** @default the commands' own */
  readonly rule?: ClientRule;
  /** Which part of the client's own waits is kept. @default 1 */
  readonly waitScale?: number;
}

/** Access tokens by client secret, one for each audience at a time. */
export class TokenSource {
  private readonly issued = new Map<string, Promise<IssuedToken>>();

  constructor(
    private readonly connection: Connection,
    private readonly credentials: DeployerCredentials,
    private readonly counters: MutableCounters,
    private readonly options: SignInOptions = {},
  ) {}

  /** @param scope for example `https://graph.microsoft.com/.default` */
  async token(scope: string, signal: AbortSignal): Promise<string> {
    const held = this.issued.get(scope);
    if (held !== undefined) {
      const token = await held.catch(() => undefined);
      if (token !== undefined && token.expires - renewalMargin > Date.now()) {
        return token.value;
      }
    }
    // Another caller may have asked anew while this one looked at the old token.
    const current = this.issued.get(scope);
    const request = current === held || current === undefined ? this.request(scope, signal) : current;
    this.issued.set(scope, request);
    return (await request).value;
  }

  async claims(scope: string, signal: AbortSignal): Promise<TokenClaims> {
    const [, payload = ""] = (await this.token(scope, signal)).split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as Partial<TokenClaims>;
    if (claims.oid === undefined || claims.tid === undefined) {
      throw new Error("the deployer's access token names no principal: it has no oid or no tid claim");
    }
    return { oid: claims.oid, tid: claims.tid };
  }

  private async request(scope: string, signal: AbortSignal): Promise<IssuedToken> {
    const { tenantId, clientId, clientSecret } = this.credentials;
    const url = `${authority}/${tenantId}/oauth2/v2.0/token`;
    const form = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret, scope };
    const send = (): Promise<HttpResponse> => {
      this.counters.token += 1;
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      return this.connection.send({ method: "POST", url, headers, body: new URLSearchParams(form).toString() }, signal);
    };
    const { rule = ownRule, waitScale: scale = 1 } = this.options;
    const policy = {
      attempts: typeof rule.attempts === "number" ? rule.attempts : 1,
      waits: rule.waits,
      scale,
      retries: (response: HttpResponse) => repeats(rule, response, () => ({ code: "", message: "" })),
      retriesUnanswered: true,
    };
    const response = await sendPatiently(send, policy, signal, () => (this.counters.retries += 1)).catch(noToken(url));
    if (response.status !== 200) {
      throw new TokenError(response.status, response.body, url);
    }
    const { access_token: value, expires_in: seconds } = JSON.parse(response.body) as {
      access_token: string;
      expires_in: number | string;
    };
    return { value, expires: Date.now() + Number(seconds) * 1000 };
  }
}

/** Without a token nothing has been asked of the service that the token is for. */
const noToken =
  (url: string) =>
  (error: unknown): never => {
    throw error instanceof UnansweredError ? new Error(`no answer from ${url}: ${error.message}`) : error;
  };
