import { z } from "zod";
import { ServiceError } from "../../http/serviceError";
import type { AzureRequest } from "../../http/message";
import { subscription } from "../../landingZone/layout";
import { parseResourcePath } from "../resourcePath";
import type { ArmContext, ResourceProvider } from "../resourceProvider";
import { regionalTypes } from "../resourceTypes";
import { subscriptionScope } from "./resourceGroupRecord";

const resourceSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  location: z.string().optional(),
});

/** A resource as its provider shows it. */
export type Resource = z.output<typeof resourceSchema>;

const listSchema = z.object({ value: z.array(resourceSchema) });

type Asker = Pick<ArmContext, "caller" | "cloud" | "apiVersion">;

/** Finds resources by asking their providers what they would answer to a GET. */
export class ResourceIndex {
  constructor(private readonly providers: readonly ResourceProvider[]) {}

  /** A resource by its ID; undefined where there is none. */
  async get(id: string, asker: Asker): Promise<Resource | undefined> {
    return resourceSchema.safeParse(await this.ask(id, asker)).data;
  }

  /** Every regional resource, of one resource group or of the whole subscription. */
  async list(resourceGroup: string | undefined, asker: Asker): Promise<Resource[]> {
    const scope =
      resourceGroup === undefined ? subscriptionScope : `${subscriptionScope}/resourceGroups/${resourceGroup}`;
    const lists = await Promise.all(regionalTypes.map((type) => this.ask(`${scope}/providers/${type}`, asker)));
    return lists.flatMap((list) => listSchema.safeParse(list).data?.value ?? []);
  }

  private async ask(path: string, asker: Asker): Promise<unknown> {
    const parsed = parseResourcePath(path);
    const namespace = parsed?.providers[0]?.namespace.toLowerCase();
    const provider = this.providers.find((candidate) => candidate.namespace.toLowerCase() === namespace);
    const context = {
      ...asker,
      subscriptionId: subscription.id,
      ...(parsed?.resourceGroup === undefined ? {} : { resourceGroup: parsed.resourceGroup }),
    };
    try {
      const response = await provider?.routes.route(get(path, asker.apiVersion), context);
      return response?.status === 200 ? response.body : undefined;
    } catch (error) {
      if (error instanceof ServiceError && error.response.status === 404) {
        return undefined;
      }
      throw error;
    }
  }
}

const get = (path: string, apiVersion: string): AzureRequest => ({
  id: "resource-index",
  method: "GET",
  host: "management.azure.com",
  path,
  query: new URLSearchParams({ "api-version": apiVersion }),
  headers: {},
  body: Buffer.alloc(0),
});
