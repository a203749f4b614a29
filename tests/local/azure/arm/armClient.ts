import { resourceGroupId, type IdentityName } from "../../../../local/azure/landingZone/layout";
import type { LocalAzureForTests } from "../../../support/localAzure";

export const management = "https://management.azure.com";

export const group = resourceGroupId;

export interface ArmReply {
  readonly status: number;
  readonly headers: { get(name: string): string | null } & Iterable<[string, string]>;
  readonly body: unknown;
}

/** The error of an envelope. */
export const errorOf = ({ body }: ArmReply): { code: string; message: string } =>
  (body as { error: { code: string; message: string } }).error;

/** Raw requests to ARM, as one of the landing zone's identities. */
export class Arm {
  private readonly tokens = new Map<IdentityName, Promise<string>>();

  constructor(private readonly azure: LocalAzureForTests) {}

  url(path: string, query = ""): string {
    return `${management}${path}?api-version=2024-03-01${query}`;
  }

  get(as: IdentityName, path: string, query = ""): Promise<ArmReply> {
    return this.raw(as, "GET", this.url(path, query));
  }

  put(as: IdentityName, path: string, body: object): Promise<ArmReply> {
    return this.raw(as, "PUT", this.url(path), JSON.stringify(body));
  }

  send(as: IdentityName, method: string, path: string, body?: object, query = ""): Promise<ArmReply> {
    return this.raw(as, method, this.url(path, query), body === undefined ? undefined : JSON.stringify(body));
  }

  async raw(
    as: IdentityName,
    method: string,
    url: string,
    body?: string,
    headers: Record<string, string> = {},
  ): Promise<ArmReply> {
    const response = await this.azure.fetch(url, {
      method,
      headers: { authorization: `Bearer ${await this.tokenOf(as)}`, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") === true && text !== "";
    return { status: response.status, headers: response.headers, body: isJson ? (JSON.parse(text) as unknown) : text };
  }

  /** Polls an operation's address until it no longer runs; answers each poll. */
  async follow(as: IdentityName, url: string): Promise<ArmReply[]> {
    const replies: ArmReply[] = [];
    for (;;) {
      const reply = await this.raw(as, "GET", url);
      replies.push(reply);
      const running = reply.status === 202 || (reply.body as { status?: string }).status === "InProgress";
      if (!running || replies.length > 10) {
        return replies;
      }
    }
  }

  private tokenOf(as: IdentityName): Promise<string> {
    const known = this.tokens.get(as) ?? this.azure.token(as, `${management}/.default`);
    this.tokens.set(as, known);
    return known;
  }
}
