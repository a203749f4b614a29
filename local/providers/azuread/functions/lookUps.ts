import { without, textOf, type PropertyMap, type Value } from "../../server/values";
import { applicationState } from "../applicationState";
import { attempt, ProviderError } from "../failures";
import { quoted, type GraphClient, type GraphObject } from "../graphClient";
import { textIn } from "../graphValues";
import { ownersOf } from "../owners";
import { principalState } from "../principalState";

/** Looks a service principal up by its object ID, display name or client ID, whichever is given first. */
export async function getServicePrincipal(graph: GraphClient, args: PropertyMap): Promise<PropertyMap> {
  const objectId = textOf(args["objectId"]);
  const found =
    objectId === undefined
      ? await filtered(
          graph,
          "/servicePrincipals",
          filterOf(args, { displayName: "displayName", clientId: "appId" }),
          "service principal",
        )
      : await byId(graph, "/servicePrincipals", objectId);
  const { samlSingleSignOn, ...state } = principalState(found);
  return {
    ...state,
    samlMetadataUrl: "",
    samlSingleSignOns: [samlSingleSignOn ?? {}],
    id: `/servicePrincipals/${textIn(found["id"])}`,
  };
}

/** Looks an application up by its object ID, client ID, display name or identifier URI. */
export async function getApplication(graph: GraphClient, args: PropertyMap): Promise<PropertyMap> {
  const objectId = textOf(args["objectId"]);
  const identifierUri = textOf(args["identifierUri"]);
  const filter =
    filterOf(args, { clientId: "appId", displayName: "displayName" }) ??
    (identifierUri === undefined ? undefined : `identifierUris/any(uri:uri eq ${quoted(identifierUri)})`);
  const found =
    objectId === undefined
      ? await filtered(graph, "/applications", filter, "application")
      : await byId(graph, "/applications", objectId);
  const path = `/applications/${textIn(found["id"])}`;
  const { api, optionalClaims, publicClient, singlePageApplication, web, ...state } = without(
    applicationState(found),
    "templateId",
  );
  return {
    ...state,
    // The function has lists where the resource has at most one.
    apis: oneIn(api),
    optionalClaims: oneIn(optionalClaims),
    publicClients: oneIn(publicClient),
    singlePageApplications: oneIn(singlePageApplication),
    webs: oneIn(web),
    id: path,
    identifierUri: identifierUri ?? "",
    oauth2PostResponseRequired: false,
    owners: await ownersOf(graph, path),
  };
}

const oneIn = (value: Value | undefined): Value => (value === undefined ? [] : [value]);

async function byId(graph: GraphClient, collection: string, objectId: string): Promise<GraphObject> {
  const path = `${collection}/${objectId}`;
  const found = await attempt(`Retrieving ${path}`, () => graph.get(path));
  if (found === undefined) {
    throw new ProviderError(`${path} was not found`);
  }
  return found;
}

function filterOf(args: PropertyMap, names: Readonly<Record<string, string>>): string | undefined {
  for (const [argument, property] of Object.entries(names)) {
    const value = textOf(args[argument]);
    if (value !== undefined && value !== "") {
      return `${property} eq ${quoted(value)}`;
    }
  }
  return undefined;
}

async function filtered(
  graph: GraphClient,
  collection: string,
  filter: string | undefined,
  what: string,
): Promise<GraphObject> {
  if (filter === undefined) {
    throw new ProviderError(`One of the ${what}'s object ID, client ID or display name must be specified`);
  }
  const title = `${what.charAt(0).toUpperCase()}${what.slice(1)}`;
  const found = await attempt(`Listing ${what}s for filter "${filter}"`, () =>
    graph.list(collection, { $filter: filter }),
  );
  const [first] = found;
  if (first === undefined) {
    throw new ProviderError(`${title} not found`, `no ${what}s found matching filter: "${filter}"`);
  }
  if (found.length > 1) {
    throw new ProviderError(`Multiple ${what}s found`, `found multiple ${what}s matching filter: "${filter}"`);
  }
  return first;
}
