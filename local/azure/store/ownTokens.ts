import { createHmac, timingSafeEqual } from "node:crypto";
import type { Clock } from "../clock";
import type { StateKey } from "./stateKey";

const header = Buffer.from(JSON.stringify({ alg: "HS256", typ: "JWT" })).toString("base64url");

type Claims = Readonly<Record<string, unknown>>;

/** Tokens that a service gives out and takes back itself, as JSON Web Tokens that no one else can read the key of. */
export class OwnTokens {
  private readonly key: string;

  /** @param purpose keeps the tokens of one use from being taken for another's */
  constructor(
    stateKey: StateKey,
    private readonly clock: Clock,
    purpose: string,
  ) {
    this.key = stateKey.derive(`tokens/${purpose}`);
  }

  /** @returns the token and the second at which it expires, since 1970 */
  issue(claims: Claims, seconds: number): { readonly token: string; readonly expires: number } {
    const now = Math.floor(this.clock.now().getTime() / 1000);
    const expires = now + seconds;
    const body = `${header}.${encoded({ ...claims, iat: now, nbf: now, exp: expires })}`;
    return { token: `${body}.${this.signature(body)}`, expires };
  }

  /** The claims of a token of ours that has not expired; undefined of any other. */
  read(token: string): Claims | undefined {
    const [head = "", claims = "", signature = "", ...rest] = token.split(".");
    const [given, wanted] = [Buffer.from(signature), Buffer.from(this.signature(`${head}.${claims}`))];
    if (rest.length > 0 || given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
      return undefined;
    }
    const read = JSON.parse(Buffer.from(claims, "base64url").toString("utf8")) as Claims & { readonly exp: number };
    return read.exp * 1000 > this.clock.now().getTime() ? read : undefined;
  }

  private signature(body: string): string {
    return createHmac("sha256", this.key).update(body).digest("base64url");
  }
}

const encoded = (claims: Claims): string => Buffer.from(JSON.stringify(claims)).toString("base64url");
