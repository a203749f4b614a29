import type { PropertyMap } from "../../server/values";
import { graphScope } from "../graphClient";
import type { Directory } from "../resourceType";
import { getApplication, getServicePrincipal } from "./lookUps";
import { publishedAppIds } from "./publishedAppIds";
import { getUser, getUsers } from "./users";

type Function = (directory: Directory, args: PropertyMap) => Promise<PropertyMap>;

const functions: Readonly<Record<string, Function>> = {
  getApplication: ({ graph }, args) => getApplication(graph, args),
  getApplicationPublishedAppIds: () => Promise.resolve({ id: "appIds", result: publishedAppIds }),
  getClientConfig,
  getServicePrincipal: ({ graph }, args) => getServicePrincipal(graph, args),
  getUser: ({ graph }, args) => getUser(graph, args),
  getUsers: ({ graph }, args) => getUsers(graph, args),
};

/** @param token for example `azuread:index/getClientConfig:getClientConfig` */
export async function invokeFunction(directory: Directory, token: string, args: PropertyMap): Promise<PropertyMap> {
  const found = functions[token.slice(token.lastIndexOf(":") + 1)];
  if (found === undefined) {
    throw new Error(
      `Function ${token} not found: local Azure's azuread provider has ${Object.keys(functions).join(", ")}`,
    );
  }
  return found(directory, args);
}

async function getClientConfig({ graph, credentials }: Directory): Promise<PropertyMap> {
  const { oid, tid } = await graph.tokens.claims(graphScope, graph.signal);
  const { clientId } = credentials;
  const id = Buffer.from(`${tid}-${oid}-${clientId}`).toString("base64");
  return { clientId, id, objectId: oid, tenantId: tid };
}
