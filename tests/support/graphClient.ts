import type { IdentityName } from "../../local/azure/landingZone/layout";
import type { LocalAzureForTests } from "./localAzure";

export interface GraphReply {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** The JSON body as it came; an empty object where there is none. */
  readonly body: GraphBody;
}

/** A Graph body, loosely: the tests say what they expect of it. */
export interface GraphBody {
  readonly [name: string]: unknown;
  readonly id?: string;
  readonly appId?: string;
  readonly value?: readonly GraphBody[];
  readonly error?: {
    readonly code: string;
    readonly message: string;
    readonly details?: readonly { readonly code: string; readonly target: string }[];
  };
}

export const graphScope = "https://graph.microsoft.com/.default";
export const graphRoot = "https://graph.microsoft.com/v1.0";

/** Calls Microsoft Graph with a landing zone identity's token. */
export class GraphClient {
  constructor(
    private readonly azure: LocalAzureForTests,
    private readonly identity: IdentityName,
  ) {}

  readonly get = (path: string, headers?: Record<string, string>): Promise<GraphReply> =>
    this.send("GET", path, undefined, headers);
  readonly post = (path: string, body: unknown): Promise<GraphReply> => this.send("POST", path, body);
  readonly patch = (path: string, body: unknown): Promise<GraphReply> => this.send("PATCH", path, body);
  readonly delete = (path: string): Promise<GraphReply> => this.send("DELETE", path);

  /** @param path below v1.0, or a whole address */
  async send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<GraphReply> {
    const url = path.startsWith("https:") ? path : graphRoot + path;
    const reply = await this.azure.call(this.identity, graphScope, method, url, body, headers);
    return { ...reply, body: reply.body === "" ? {} : (reply.body as GraphBody) };
  }

  /** Creates an application and, unless told otherwise, its service principal. */
  async createDaemon(
    displayName: string,
    application: Record<string, unknown> = {},
  ): Promise<{ readonly id: string; readonly appId: string; readonly principalId: string }> {
    const created = await this.post("/applications", { displayName, ...application });
    const { id, appId } = requireIds(created);
    const principal = await this.post("/servicePrincipals", { appId });
    return { id, appId, principalId: requireIds(principal).id };
  }

  async addPassword(applicationId: string, credential: Record<string, unknown> = {}): Promise<string> {
    const reply = await this.post(`/applications/${applicationId}/addPassword`, { passwordCredential: credential });
    return String(reply.body["secretText"]);
  }
}

function requireIds({ status, body }: GraphReply): { id: string; appId: string } {
  if (status !== 201 || body.id === undefined || body.appId === undefined) {
    throw new Error(`expected a new object, got ${status} ${JSON.stringify(body)}`);
  }
  return { id: body.id, appId: body.appId };
}
