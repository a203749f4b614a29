import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, SignJWT } from "jose";

export interface TestIssuerOptions {
  /** The issuer as its tokens name it. */
  readonly issuer: string;
  /** The issuer that its discovery document names. @default its own */
  readonly documentOf?: string;
  /** Where the document says that the keys are. @default beside it */
  readonly keysAt?: string;
}

/** An issuer of OpenID Connect tokens on 127.0.0.1, such as a platform that runs daemons. */
export class TestIssuer {
  private constructor(
    private readonly server: Server,
    readonly issuer: string,
    private key: { readonly id: string; readonly privateKey: KeyObject },
  ) {}

  static async open({ issuer, documentOf = issuer, keysAt }: TestIssuerOptions): Promise<TestIssuer> {
    const opened = new TestIssuer(createServer(), issuer, newKey(1));
    opened.server.on("request", (request, response) => {
      void opened.document(request.url ?? "", documentOf, keysAt).then((document) => {
        response.writeHead(document === undefined ? 404 : 200, { "content-type": "application/json" });
        response.end(JSON.stringify(document));
      });
    });
    opened.server.listen(0, "127.0.0.1");
    await once(opened.server, "listening");
    return opened;
  }

  /** Where it answers. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** A token of the workload, valid for ten minutes unless its claims say otherwise. */
  token(claims: Readonly<Record<string, unknown>>, now = new Date()): Promise<string> {
    const seconds = Math.floor(now.getTime() / 1000);
    const usual = {
      iss: this.issuer,
      aud: "api://AzureADTokenExchange",
      iat: seconds,
      nbf: seconds,
      exp: seconds + 600,
    };
    return new SignJWT({ ...usual, ...claims })
      .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: this.key.id })
      .sign(this.key.privateKey);
  }

  /** Its public keys, as a file of them has it. */
  async keys(): Promise<Record<string, unknown>> {
    const { kty = "RSA", n, e } = await exportJWK(this.key.privateKey);
    return { keys: [{ kty, n, e, kid: this.key.id, use: "sig", alg: "RS256" }] };
  }

  /** Signs with another key from now on. */
  turnKey(): void {
    this.key = newKey(Number(this.key.id) + 1);
  }

  async close(): Promise<void> {
    const closed = once(this.server, "close");
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async document(path: string, issuer: string, keysAt?: string): Promise<unknown> {
    if (path === "/.well-known/openid-configuration") {
      return { issuer, jwks_uri: keysAt ?? `${this.issuer.replace(/\/$/, "")}/keys` };
    }
    return path === "/keys" ? await this.keys() : undefined;
  }
}

function newKey(number: number): { id: string; privateKey: KeyObject } {
  return { id: String(number), privateKey: generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey };
}
