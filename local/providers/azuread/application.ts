import { randomUUID } from "node:crypto";
import { requiredText, sameValue, textsOf, type MutableMap, type PropertyMap } from "../server/values";
import { applicationAttributes } from "./applicationAttributes";
import { applicationBody } from "./applicationBody";
import { applicationState } from "./applicationState";
import { agree } from "./comparison";
import { untilSeen } from "./consistency";
import { attempt, duplicateName } from "./failures";
import { quoted, type AlsoRetries, type GraphClient, type GraphObject } from "./graphClient";
import { objectIn, textIn } from "./graphValues";
import { changeOwners, ownerPlan, ownersOf, settleOwners } from "./owners";
import { lastPart, type Directory, type Found, type ResourceType } from "./resourceType";

/** Names that the provider gives for a moment, to learn whether a new application has reached all replicas. */
const temporaryName = "TERRAFORM_UPDATE_";

const notReplicated: AlsoRetries = (status) => status === 404 || status === 409;

export const application: ResourceType = {
  type: "azuread:index/application:Application",
  attributes: applicationAttributes,

  async create(directory, inputs, progress) {
    const { graph } = directory;
    const displayName = requiredText(inputs, "displayName");
    await refuseDuplicate(graph, inputs, undefined);
    const callerId = await directory.callerId();
    const plan = ownerPlan(graph, callerId, inputs["owners"]);
    const body = { ...applicationBody(inputs), "owners@odata.bind": plan.bindings };
    const created = await attempt("Could not create application", () => graph.post("/applications", body));
    const path = `/applications/${textIn(created["id"])}`;
    progress.id = path;
    for (const name of [temporaryName + randomUUID(), displayName]) {
      await attempt("Failed to patch application after creating", () =>
        graph.patch(path, { displayName: name }, notReplicated),
      );
    }
    await setPostResponse(graph, path, inputs, {});
    await attempt("Could not set the owners of the application", () => settleOwners(graph, path, callerId, plan));
    return present(await untilFound(directory, path, inputs), path);
  },

  async read({ graph }, id, previous) {
    const path = `/applications/${lastPart(id)}`;
    const found = await attempt(`Retrieving ${path}`, () => graph.get(path));
    if (found === undefined) {
      return undefined;
    }
    const owners = await attempt(`Could not retrieve owners for ${path}`, () => ownersOf(graph, path));
    const beta = await graph.get(`https://graph.microsoft.com/beta${path}?$select=oauth2RequirePostResponse`);
    const state: MutableMap = {
      ...applicationState(found),
      owners,
      oauth2PostResponseRequired: objectIn(beta)["oauth2RequirePostResponse"] === true,
      preventDuplicateNames: previous["preventDuplicateNames"] === true,
    };
    return { id: path, state };
  },

  async update(directory, id, inputs, previous) {
    const { graph, locks } = directory;
    const path = `/applications/${lastPart(id)}`;
    return locks.run(path, async () => {
      await refuseDuplicate(graph, inputs, lastPart(id));
      const stated = { ...inputs, tags: inputs["tags"] ?? previous["tags"] };
      const body = changedOnly(applicationBody(stated), stated, previous);
      await attempt(`Could not update application with object ID: "${lastPart(id)}"`, () => graph.patch(path, body));
      await setPostResponse(graph, path, inputs, previous);
      if (!sameValue(textsOf(previous["owners"]).sort(), textsOf(inputs["owners"]).sort())) {
        await attempt("Could not change the owners of the application", () =>
          changeOwners(graph, path, inputs["owners"]),
        );
      }
      return present(await application.read(directory, path, inputs), path);
    });
  },

  async delete({ graph }, id) {
    const path = `/applications/${lastPart(id)}`;
    await attempt(`deleting ${path}`, () => graph.delete(path));
    await untilSeen(`deletion of ${path}`, async () => (await graph.get(path)) === undefined, graph.signal);
  },

  async findPending(directory, inputs, known) {
    const { graph } = directory;
    const callerId = await directory.callerId();
    const displayName = requiredText(inputs, "displayName");
    for (const found of [...(await byName(graph, displayName)), ...(await halfNamed(graph))]) {
      const path = `/applications/${textIn(found["id"])}`;
      if (known.has(path)) {
        continue;
      }
      const owners = await ownersOf(graph, path);
      if (!owners.includes(callerId) && !sameValue(owners.sort(), textsOf(inputs["owners"]).sort())) {
        continue;
      }
      if (textIn(found["displayName"]) !== displayName) {
        await graph.patch(path, { displayName });
      }
      return { id: path };
    }
    return undefined;
  },
};

async function refuseDuplicate(graph: GraphClient, inputs: PropertyMap, ownId: string | undefined): Promise<void> {
  if (inputs["preventDuplicateNames"] !== true) {
    return;
  }
  const displayName = requiredText(inputs, "displayName");
  const found = await attempt("Could not check for existing application(s)", () => byName(graph, displayName));
  const other = found.find(({ id }) => id !== ownId);
  if (other !== undefined) {
    throw duplicateName("azuread_application", textIn(other["id"]), displayName);
  }
}

async function byName(graph: GraphClient, displayName: string): Promise<GraphObject[]> {
  const found = await graph.list("/applications", { $filter: `displayName eq ${quoted(displayName)}` });
  return found.filter((app) => app["displayName"] === displayName);
}

/** Applications whose creation was cut off while they bore their temporary name. */
function halfNamed(graph: GraphClient): Promise<GraphObject[]> {
  return graph.list("/applications", { $filter: `startswith(displayName,${quoted(temporaryName)})` });
}

/** Graph's v1.0 does not know this one property. */
async function setPostResponse(
  graph: GraphClient,
  path: string,
  inputs: PropertyMap,
  previous: PropertyMap,
): Promise<void> {
  const wanted = inputs["oauth2PostResponseRequired"];
  if ((wanted ?? false) !== (previous["oauth2PostResponseRequired"] ?? false)) {
    const body = { oauth2RequirePostResponse: wanted === true };
    await graph.patch(`https://graph.microsoft.com/beta${path}`, body, notReplicated);
  }
}

/** Properties that Graph is sensitive about are sent only where they change. */
function changedOnly(
  body: Record<string, unknown>,
  inputs: PropertyMap,
  previous: PropertyMap,
): Record<string, unknown> {
  const same = (name: string): boolean => {
    const attribute = applicationAttributes[name];
    return attribute !== undefined && agree(attribute, inputs[name], previous[name]);
  };
  const { appRoles, identifierUris, optionalClaims, requiredResourceAccess, ...rest } = body;
  return {
    ...rest,
    ...(same("appRoles") ? {} : { appRoles }),
    ...(same("identifierUris") ? {} : { identifierUris }),
    ...(same("optionalClaims") ? {} : { optionalClaims }),
    ...(same("requiredResourceAccesses") ? {} : { requiredResourceAccess }),
  };
}

async function untilFound(directory: Directory, path: string, inputs: PropertyMap): Promise<Found | undefined> {
  let found: Found | undefined;
  await untilSeen(
    path,
    async () => {
      found = await application.read(directory, path, inputs);
      return found !== undefined;
    },
    directory.graph.signal,
  );
  return found;
}

function present(found: Found | undefined, path: string): Found {
  if (found === undefined) {
    throw new Error(`${path} was not found after it was written`);
  }
  return found;
}
