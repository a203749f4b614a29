import { z } from "zod";
import { PagedList } from "../azure/pagedList";
import { CommandError } from "../cli/failure";

const graphUrl = "https://graph.microsoft.com/v1.0";
const armUrl = "https://management.azure.com";

export type Service = "graph" | "arm";
export interface Answer {
  readonly status: number;
  readonly body: string;
}
/** Sends a GET with the reader's identity. */
export type Get = (service: Service, url: string) => Promise<Answer>;

const refusal = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** A service's refusal, in its own words. */
export class AzureRefusal extends CommandError {
  readonly code: string;

  constructor(
    url: string,
    readonly status: number,
    body: string,
  ) {
    const { code, message } = refusalIn(body);
    super(`GET ${url}: ${status} ${code}: ${message}`);
    this.code = code;
  }
}

/** Reads Microsoft Graph and Azure Resource Manager. What isn't there is undefined, or an empty list. */
export class AzureReader {
  constructor(private readonly get: Get) {}

  /** @param path below v1.0 */
  graph(path: string): Promise<unknown> {
    return this.one("graph", graphUrl + path);
  }

  graphList(path: string): Promise<unknown[]> {
    return this.list("graph", graphUrl + path);
  }

  /** @param path a resource ID with its query, which names the api-version */
  arm(path: string): Promise<unknown> {
    return this.one("arm", armUrl + path);
  }

  armList(path: string): Promise<unknown[]> {
    return this.list("arm", armUrl + path);
  }

  private async one(service: Service, url: string): Promise<unknown> {
    const { status, body } = await this.get(service, url);
    if (status === 404) return undefined;
    if (status !== 200) throw new AzureRefusal(url, status, body);
    return JSON.parse(body) as unknown;
  }

  private async list(service: Service, url: string): Promise<unknown[]> {
    const list = new PagedList(url);
    while (list.next !== undefined) {
      const found = await this.one(service, list.next);
      if (found === undefined) break;
      list.take(found);
    }
    if (list.problem !== undefined) throw new CommandError(`GET ${url}: ${list.problem.message}`);
    return list.entries;
  }
}

function refusalIn(body: string): { readonly code: string; readonly message: string } {
  try {
    return refusal.parse(JSON.parse(body)).error;
  } catch {
    return { code: "Unknown", message: "The service gave no reason." };
  }
}
