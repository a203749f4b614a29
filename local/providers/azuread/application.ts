import { randomUUID } from "node:crypto";
import { requiredText, sameValue, textsOf, type MutableMap, type PropertyMap } from "../server/values";
import { applicationAttributes } from "./applicationAttributes";
import { applicationBody } from "./applicationBody";
import { applicationState } from "./applicationState";
import { untilShown } from "./consistency";
import { agrees, changedOnly, disableLeaving } from "./applicationChange";
import { about, attempt, attemptTold, duplicateName, plannedDuplicateName } from "./failures";
import { quoted, type GraphClient, type GraphObject } from "./graphClient";
import { objectIn, textIn } from "./graphValues";
import { changeOwners, ownerPlan, ownersOf, settleOwners } from "./owners";
import { applicationWords } from "./idWords";
import { newApplication, removed } from "./retryRules";
import { refuseRepeatedPermissions } from "./repeatedPermissions";
import type { CallRule } from "../rest/retryRule";
import { createdNow, lastPart, type Found, type ResourceType } from "./resourceType";

/** Names that the provider gives for a moment, to learn whether a new application has reached all replicas. */
const temporaryName = "TERRAFORM_UPDATE_";

export const application: ResourceType = {
  type: "azuread:index/application:Application",
  timeouts: { create: 10, update: 10 },
  attributes: applicationAttributes,

  async plan({ graph }, inputs, previous) {
    // The real provider looks at a new name of an application that is there too, but takes no other for a duplicate then.
    if (previous === undefined && typeof inputs["displayName"] === "string") {
      const found = await duplicateOf(graph, inputs, undefined, "could not check for existing application(s)");
      if (found !== undefined) {
        throw plannedDuplicateName("azuread_application", found, inputs["displayName"]);
      }
    }
    refuseRepeatedPermissions(inputs);
  },

  async create(directory, inputs, progress) {
    const { graph } = directory;
    const displayName = requiredText(inputs, "displayName");
    await refuseDuplicate(graph, inputs, undefined, "name");
    const callerId = await directory.callerId();
    const plan = ownerPlan(graph, callerId, inputs["owners"]);
    const body = { ...applicationBody(inputs), "owners@odata.bind": plan.bindings };
    const created = await attempt("Could not create application", () => graph.post("/applications", body));
    const path = `/applications/${textIn(created["id"])}`;
    progress.id = path;
    for (const name of [temporaryName + randomUUID(), displayName]) {
      await attempt(`Failed to patch application with object ID "${lastPart(path)}" after creating`, () =>
        graph.patch(path, { displayName: name }, newApplication),
      );
    }
    if (inputs["oauth2PostResponseRequired"] !== undefined) {
      await setPostResponse(graph, path, inputs, newApplication);
    }
    await settleOwners(graph, path, callerId, plan, `application with object ID: "${lastPart(path)}"`);
    return createdNow(await application.read(directory, path, inputs));
  },

  async read({ graph }, id, previous) {
    const path = `/applications/${lastPart(id)}`;
    const words = applicationWords(path);
    const found = await attempt(about("id", `Retrieving ${words}`), () => graph.get(path));
    if (found === undefined) {
      return undefined;
    }
    const beta = await attempt(`Retrieving additional properties for ${words}`, () =>
      graph.get(`https://graph.microsoft.com/beta${path}?$select=oauth2RequirePostResponse`),
    );
    const owners = await attempt(about("owners", `Could not retrieve owners for ${words}`), () =>
      ownersOf(graph, path),
    );
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
      await refuseDuplicate(graph, inputs, lastPart(id), "display_name");
      const stated = { ...inputs, tags: inputs["tags"] ?? previous["tags"] };
      const body = changedOnly(applicationBody(stated), stated, previous);
      await disableLeaving(graph, path, inputs, previous);
      await attempt(`Could not update application with object ID: "${lastPart(id)}"`, () => graph.patch(path, body));
      if (!agrees("oauth2PostResponseRequired", inputs, previous)) {
        await setPostResponse(graph, path, inputs);
      }
      if (!sameValue(textsOf(previous["owners"]).sort(), textsOf(inputs["owners"]).sort())) {
        await changeOwners(graph, path, inputs["owners"], `application with object ID: "${lastPart(path)}"`);
      }
      return present(await application.read(directory, path, inputs), path);
    });
  },

  async delete({ graph }, id) {
    const path = `/applications/${lastPart(id)}`;
    await attemptTold(about("id", `deleting ${applicationWords(path)}`), () => graph.delete(path));
    await untilShown(removed, `deletion of ${path}`, async () => (await graph.get(path)) === undefined, graph);
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

async function refuseDuplicate(
  graph: GraphClient,
  inputs: PropertyMap,
  ownId: string | undefined,
  attribute: string,
): Promise<void> {
  const summary = about(attribute, "Could not check for existing application(s)");
  const found = await duplicateOf(graph, inputs, ownId, summary);
  if (found !== undefined) {
    throw duplicateName("azuread_application", found, requiredText(inputs, "displayName"));
  }
}

/** The object ID of another application that bears the name, where the program minds. */
async function duplicateOf(
  graph: GraphClient,
  inputs: PropertyMap,
  ownId: string | undefined,
  summary: string,
): Promise<string | undefined> {
  if (inputs["preventDuplicateNames"] !== true) {
    return undefined;
  }
  const found = await attempt(summary, () => byName(graph, requiredText(inputs, "displayName")));
  const other = found.find(({ id }) => id !== ownId);
  return other && textIn(other["id"]);
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
async function setPostResponse(graph: GraphClient, path: string, inputs: PropertyMap, call?: CallRule): Promise<void> {
  const body = { oauth2RequirePostResponse: inputs["oauth2PostResponseRequired"] === true };
  await attempt(`Failed to set \`oauth2_post_response_required\` for ${applicationWords(path)}`, () =>
    graph.patch(`https://graph.microsoft.com/beta${path}`, body, call),
  );
}

function present(found: Found | undefined, path: string): Found {
  if (found === undefined) {
    throw new Error(`${path} was not found after it was written`);
  }
  return found;
}
