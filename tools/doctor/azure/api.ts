import type { TokenCredential } from "@azure/core-auth";
import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
  type HttpClient,
} from "@azure/core-rest-pipeline";
import { setTimeout as pause } from "node:timers/promises";
import { PagedList } from "../../azure/pagedList";
import { Throttled, throttlingTold } from "../../throttling/throttled";
import { boundedCredential, type SureCredential } from "../../verify/boundedCalls";
import { failureOf, refusalIn, type Failure } from "./failure";

/** What a service answered. */
export interface Answer {
  /** HTTP status; 0 where nobody answered. */
  readonly status: number;
  /** The body as JSON; undefined where there is none. */
  readonly body: unknown;
  /** Why not, of any status but a success. */
  readonly refusal?: Failure;
}

/** The services that are asked. */
export const services = {
  arm: { root: "https://management.azure.com", scope: "https://management.azure.com/.default" },
  graph: { root: "https://graph.microsoft.com/v1.0", scope: "https://graph.microsoft.com/.default" },
  vault: { root: "", scope: "https://vault.azure.net/.default" },
} as const;

export type ServiceName = keyof typeof services;

/** Asks Azure's services as the deployer. */
export interface Api {
  /** @param address below the service's root, or whole */
  get(service: ServiceName, address: string): Promise<Answer>;
  post(service: ServiceName, address: string, body: unknown): Promise<Answer>;
  /** The claims of the deployer's token for a service. @throws where it gets no token */
  claims(service: ServiceName): Promise<Claims>;
}

/** What an access token says of whoever holds it, as far as doctor looks at it. */
export interface Claims {
  /** Object ID. */
  readonly oid: string;
  readonly tid: string;
  /** Client ID: of the deployer, or of the client that a person signed in with. */
  readonly appid: string;
  /** Whether it is a person's. */
  readonly isPerson: boolean;
  /** Application permissions. */
  readonly roles: readonly string[];
  /** Template IDs of directory roles. */
  readonly wids: readonly string[];
}

export interface HttpApiOptions {
  /** How long one call may take, in seconds. */
  readonly callSeconds: number;
  /** Gets a line before each wait that a service asks for. */
  readonly progress: (line: string) => void;
  /** Waits for that many milliseconds. @default a timer */
  readonly sleep?: (ms: number) => Promise<unknown>;
  /** Sends the requests. @default over HTTPS */
  readonly client?: HttpClient;
}

/** How long all waits that services ask for may take, in milliseconds. */
const patience = 60_000;
/** The wait where a service asks for one and does not say how long, in milliseconds. */
const unstatedWait = 5_000;

/**
 * Over HTTPS, through the proxy of HTTPS_PROXY, with the Azure SDKs' own retries. A service that has had too many requests gets the
 * time that it asks for, within a minute in all.
 */
export class HttpApi implements Api {
  private readonly pipeline = createPipelineFromOptions({});
  private readonly client: HttpClient;
  private readonly credential: SureCredential;
  private readonly tokens = new Map<ServiceName, Promise<string>>();
  private patience = patience;

  constructor(
    credential: TokenCredential,
    private readonly options: HttpApiOptions,
  ) {
    this.credential = boundedCredential(credential, options.callSeconds);
    this.client = options.client ?? createDefaultHttpClient();
    this.pipeline.addPolicy(throttlingTold, { afterPhase: "Retry" });
  }

  get(service: ServiceName, address: string): Promise<Answer> {
    return this.send("GET", service, address);
  }

  post(service: ServiceName, address: string, body: unknown): Promise<Answer> {
    return this.send("POST", service, address, body);
  }

  async claims(service: ServiceName): Promise<Claims> {
    return claimsOf(await this.token(service));
  }

  private async send(method: "GET" | "POST", service: ServiceName, address: string, body?: unknown): Promise<Answer> {
    const request = createPipelineRequest({
      url: address.startsWith("https://") ? address : `${services[service].root}${address}`,
      method,
      headers: createHttpHeaders({
        accept: "application/json",
        authorization: `Bearer ${await this.token(service)}`,
        ...(body !== undefined && { "content-type": "application/json" }),
      }),
      abortSignal: AbortSignal.timeout(this.options.callSeconds * 1000),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    try {
      const { status, bodyAsText } = await this.pipeline.sendRequest(this.client, request);
      const answer = { status, body: jsonOf(bodyAsText) };
      return status < 300 ? answer : { ...answer, refusal: refusalIn(status, answer.body) };
    } catch (error) {
      if (error instanceof Throttled) {
        return (await this.waited(error, request.url))
          ? this.send(method, service, address, body)
          : { status: error.statusCode, body: jsonOf(error.response.bodyAsText), refusal: throttledRefusal(error) };
      }
      // Nobody answered: that is told like a refusal, and keeps nothing else from being asked.
      return { status: 0, body: undefined, refusal: failureOf(error) };
    }
  }

  /** Waits as a service asks; false where that is longer than what is left of the patience. */
  private async waited({ wait = unstatedWait }: Throttled, url: string): Promise<boolean> {
    if (wait > this.patience) return false;
    this.patience -= wait;
    const seconds = Math.ceil(wait / 1000);
    this.options.progress(`${new URL(url).host} has had too many requests; waiting ${seconds} s.`);
    await (this.options.sleep ?? pause)(wait);
    return true;
  }

  private token(service: ServiceName): Promise<string> {
    const known = this.tokens.get(service) ?? this.newToken(service);
    this.tokens.set(service, known);
    return known;
  }

  private async newToken(service: ServiceName): Promise<string> {
    const { token } = await this.credential.getToken(services[service].scope);
    return token;
  }
}

/** Every entry of a list, page by page; or the first answer that is no success. A list that can't be read to the end is refused. */
export async function everyPage(api: Api, service: ServiceName, address: string): Promise<Answer> {
  const list = new PagedList(address);
  while (list.next !== undefined) {
    const answer = await api.get(service, list.next);
    if (answer.refusal !== undefined) return answer;
    list.take(answer.body);
  }
  const { entries, problem } = list;
  return problem === undefined ? { status: 200, body: entries } : { status: 200, body: undefined, refusal: problem };
}

const throttledRefusal = ({ statusCode, response }: Throttled): Failure =>
  refusalIn(statusCode, jsonOf(response.bodyAsText));

function jsonOf(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? "") as unknown;
  } catch {
    return undefined;
  }
}

/** What an access token says, unchecked: it is the deployer's own. */
export function claimsOf(token: string): Claims {
  const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8");
  const claims = JSON.parse(payload) as Record<string, unknown>;
  const text = (name: string): string => (typeof claims[name] === "string" ? claims[name] : "");
  const list = (name: string): string[] => (Array.isArray(claims[name]) ? claims[name].map(String) : []);
  return {
    oid: text("oid"),
    tid: text("tid"),
    appid: text("appid") || text("azp"),
    isPerson: "scp" in claims,
    roles: list("roles"),
    wids: list("wids"),
  };
}
