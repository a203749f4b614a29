import { requiredText, type PropertyMap } from "../server/values";
import { output, text, uuid } from "./attributes";
import { about, attempt, attemptTold, ProviderError } from "./failures";
import { assignmentWords } from "./idWords";
import { GraphError, type GraphClient, type GraphObject } from "./graphClient";
import { textIn } from "./graphValues";
import { newGrant } from "./retryRules";
import { createdNow, type ResourceType } from "./resourceType";

export const appRoleAssignment: ResourceType = {
  type: "azuread:index/appRoleAssignment:AppRoleAssignment",
  attributes: {
    appRoleId: text("app_role_id", { required: true, forceNew: true, validate: uuid }),
    principalDisplayName: text("principal_display_name", output),
    principalObjectId: text("principal_object_id", { required: true, forceNew: true, validate: uuid }),
    principalType: text("principal_type", output),
    resourceDisplayName: text("resource_display_name", output),
    resourceObjectId: text("resource_object_id", { required: true, forceNew: true, validate: uuid }),
  },

  async create(directory, inputs, progress) {
    const { graph } = directory;
    const resourceId = requiredText(inputs, "resourceObjectId");
    await findResource(graph, resourceId);
    const { appRoleId, principalObjectId: principalId } = inputs;
    const created = await attempt("Could not create app role assignment", () =>
      graph.post(
        `/servicePrincipals/${resourceId}/appRoleAssignedTo`,
        { appRoleId, principalId, resourceId },
        newGrant,
      ),
    );
    const id = idOf(resourceId, created);
    progress.id = id;
    return createdNow(await appRoleAssignment.read(directory, id, {}));
  },

  async read({ graph }, id) {
    const found = await attempt(`retrieving ${assignmentWords(id)}`, () => graph.get(id));
    return found === undefined ? undefined : { id, state: stateOf(found) };
  },

  async delete({ graph }, id) {
    await attemptTold(about("id", `Deleting ${assignmentWords(id)}`), () => graph.delete(id));
  },

  async findPending({ graph }, inputs, known) {
    const resourceId = requiredText(inputs, "resourceObjectId");
    const present = await graph.list(`/servicePrincipals/${resourceId}/appRoleAssignedTo`);
    const { appRoleId, principalObjectId } = inputs;
    const found = present.find((one) => one["appRoleId"] === appRoleId && one["principalId"] === principalObjectId);
    const id = found && idOf(resourceId, found);
    return id === undefined || known.has(id) ? undefined : { id };
  },
};

async function findResource(graph: GraphClient, resourceId: string): Promise<void> {
  const resource = `for resource (Object ID: "${resourceId}")`;
  try {
    await graph.present(`/servicePrincipals/${resourceId}`);
  } catch (error) {
    const isMissing = error instanceof GraphError && error.status === 404;
    const summary = isMissing
      ? about("principal_object_id", `Service principal not found ${resource}`)
      : `Could not retrieve service principal ${resource}`;
    throw new ProviderError(summary, (error as Error).message, error);
  }
}

const idOf = (resourceId: string, assignment: GraphObject): string =>
  `/servicePrincipals/${resourceId}/appRoleAssignedTo/${textIn(assignment["id"])}`;

function stateOf(found: GraphObject): PropertyMap {
  return {
    appRoleId: textIn(found["appRoleId"]),
    principalDisplayName: textIn(found["principalDisplayName"]),
    principalObjectId: textIn(found["principalId"]),
    principalType: textIn(found["principalType"]),
    resourceDisplayName: textIn(found["resourceDisplayName"]),
    resourceObjectId: textIn(found["resourceId"]),
  };
}
