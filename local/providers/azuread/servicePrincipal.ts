import { randomUUID } from "node:crypto";
import { requiredText, sameValue, textsOf, type PropertyMap } from "../server/values";
import { flag, lengthBetween, list, map, notEmpty, object, oneOf, output, set, text, uuid } from "./attributes";
import { about, alreadyExists, attempt, ProviderError } from "./failures";
import { featureTags, oldFeatures, tagsOf } from "./features";
import { GraphError, quoted, type GraphClient, type GraphObject } from "./graphClient";
import { flagOf, listOf, mapOf, objectIn, textIn, textOrNull } from "./graphValues";
import { untilShown } from "./consistency";
import { changeOwners, ownerPlan, ownersOf, settleOwners } from "./owners";
import { appRole, permissionScope } from "./permissions";
import { principalState } from "./principalState";
import { principalWords } from "./idWords";
import { newPrincipal, removed } from "./retryRules";
import { createdNow, lastPart, type Directory, type Found, type ResourceType } from "./resourceType";

export const servicePrincipal: ResourceType = {
  type: "azuread:index/servicePrincipal:ServicePrincipal",
  timeouts: { create: 10, update: 10 },
  attributes: {
    accountEnabled: flag("account_enabled", { default: true }),
    alternativeNames: set("alternative_names", text("alternative_names", { validate: notEmpty })),
    appRoleAssignmentRequired: flag("app_role_assignment_required"),
    appRoleIds: map("app_role_ids", output),
    appRoles: list("app_roles", appRole, output),
    applicationTenantId: text("application_tenant_id", output),
    clientId: text("client_id", { required: true, forceNew: true, validate: uuid }),
    description: text("description", { validate: lengthBetween(0, 1024) }),
    displayName: text("display_name", output),
    featureTags: featureTags({ conflictsWith: ["features", "tags"] }),
    features: oldFeatures({ conflictsWith: ["featureTags", "tags"] }),
    homepageUrl: text("homepage_url", output),
    loginUrl: text("login_url"),
    logoutUrl: text("logout_url", output),
    notes: text("notes", { validate: lengthBetween(0, 1024) }),
    notificationEmailAddresses: set("notification_email_addresses", text("notification_email_addresses")),
    oauth2PermissionScopeIds: map("oauth2_permission_scope_ids", output),
    oauth2PermissionScopes: list("oauth2_permission_scopes", permissionScope, output),
    objectId: text("object_id", output),
    owners: set("owners", text("owners", { validate: uuid })),
    preferredSingleSignOnMode: text("preferred_single_sign_on_mode", {
      validate: oneOf("", "oidc", "password", "saml", "notSupported"),
    }),
    redirectUris: list("redirect_uris", text("redirect_uris"), output),
    samlMetadataUrl: text("saml_metadata_url", output),
    samlSingleSignOn: object("saml_single_sign_on", { relayState: text("relay_state") }),
    servicePrincipalNames: list("service_principal_names", text("service_principal_names"), output),
    signInAudience: text("sign_in_audience", output),
    tags: set("tags", text("tags"), { computed: true, conflictsWith: ["features", "featureTags"] }),
    type: text("type", output),
    useExisting: flag("use_existing"),
  },

  async create(directory, inputs, progress) {
    const { graph } = directory;
    const existing = await attempt("Could not list existing service principals", () => byAppId(graph, inputs));
    if (existing !== undefined) {
      const id = `/servicePrincipals/${textIn(existing["id"])}`;
      if (!flagOf(inputs["useExisting"])) {
        throw alreadyExists("azuread_service_principal", textIn(existing["id"]));
      }
      progress.id = id;
      return write(directory, id, inputs, {});
    }
    const callerId = await directory.callerId();
    const plan = ownerPlan(graph, callerId, inputs["owners"]);
    const body = {
      ...principalBody(inputs),
      appId: inputs["clientId"],
      description: `TERRAFORM_UPDATE_${randomUUID()}`,
      "owners@odata.bind": plan.bindings,
    };
    const created = await attempt("Could not create service principal", () =>
      graph.post("/servicePrincipals", body, newPrincipal),
    );
    const id = `/servicePrincipals/${textIn(created["id"])}`;
    progress.id = id;
    await patchNew(graph, id, { description: textOrNull(inputs["description"]) });
    await settleOwners(graph, id, callerId, plan, principalWords(id));
    return createdNow(await servicePrincipal.read(directory, id, inputs));
  },

  async read({ graph }, id, previous) {
    const path = `/servicePrincipals/${lastPart(id)}`;
    const words = principalWords(path);
    const found = await attempt(`Retrieving ${words}`, () => graph.get(path));
    if (found === undefined) {
      return undefined;
    }
    const beta = await attempt(`Retrieving ${words} (beta API)`, () =>
      graph.get(`https://graph.microsoft.com/beta${path}?$select=samlMetadataUrl`),
    );
    const owners = await attempt(about("owners", `Could not retrieve owners for ${words}`), () =>
      ownersOf(graph, path),
    );
    const { useExisting } = previous;
    const state = {
      ...principalState(found),
      owners,
      samlMetadataUrl: textIn(objectIn(beta)["samlMetadataUrl"]),
      ...(useExisting === undefined ? {} : { useExisting: flagOf(useExisting) }),
    };
    return { id: path, state };
  },

  update: (directory, id, inputs, previous) => write(directory, `/servicePrincipals/${lastPart(id)}`, inputs, previous),

  async delete({ graph }, id, state) {
    const path = `/servicePrincipals/${lastPart(id)}`;
    try {
      await attempt(about("id", `Deleting ${principalWords(path)}`), () => graph.delete(path));
    } catch (error) {
      // One that was only taken over may well not be ours to delete.
      if (!flagOf(state["useExisting"])) {
        throw error;
      }
      return;
    }
    await untilShown(removed, `deletion of ${path}`, async () => (await graph.get(path)) === undefined, graph);
  },

  async findPending({ graph }, inputs, known) {
    const found = await byAppId(graph, inputs);
    const id = found && `/servicePrincipals/${textIn(found["id"])}`;
    return id === undefined || known.has(id) ? undefined : { id };
  },
};

/** The first change of a new service principal tells whether it is there yet. The real provider does not try again. */
async function patchNew(graph: GraphClient, id: string, body: object): Promise<void> {
  try {
    await graph.patch(id, body);
  } catch (error) {
    const isMissing = error instanceof GraphError && error.status === 404;
    const summary = isMissing
      ? "Timed out whilst waiting for new service principal to be replicated in Azure AD"
      : "Failed to patch service principal after creating";
    throw new ProviderError(summary, (error as Error).message, error);
  }
}

async function write(directory: Directory, id: string, inputs: PropertyMap, previous: PropertyMap): Promise<Found> {
  const { graph } = directory;
  const stated = { ...inputs, tags: inputs["tags"] ?? previous["tags"] };
  await attempt(`Updating ${principalWords(id)}`, () => graph.patch(id, principalBody(stated)));
  if (!sameValue(textsOf(previous["owners"]).sort(), textsOf(inputs["owners"]).sort())) {
    await changeOwners(graph, id, inputs["owners"], principalWords(id));
  }
  return written(directory, id, inputs);
}

async function written(directory: Directory, id: string, inputs: PropertyMap): Promise<Found> {
  const found = await servicePrincipal.read(directory, id, inputs);
  if (found === undefined) {
    throw new ProviderError(`Retrieving ${principalWords(id)}`, "it was not found after it was written");
  }
  return found;
}

async function byAppId(graph: GraphClient, inputs: PropertyMap): Promise<GraphObject | undefined> {
  const [found] = await graph.list("/servicePrincipals", {
    $filter: `appId eq ${quoted(requiredText(inputs, "clientId"))}`,
  });
  return found;
}

function principalBody(inputs: PropertyMap): Record<string, unknown> {
  const { relayState } = mapOf(inputs["samlSingleSignOn"]);
  return {
    accountEnabled: flagOf(inputs["accountEnabled"] ?? true),
    alternativeNames: listOf(inputs["alternativeNames"]),
    appRoleAssignmentRequired: flagOf(inputs["appRoleAssignmentRequired"]),
    description: textOrNull(inputs["description"]),
    loginUrl: textOrNull(inputs["loginUrl"]),
    notes: textOrNull(inputs["notes"]),
    notificationEmailAddresses: listOf(inputs["notificationEmailAddresses"]),
    preferredSingleSignOnMode: textOrNull(inputs["preferredSingleSignOnMode"]),
    samlSingleSignOnSettings: relayState === undefined ? null : { relayState: textOrNull(relayState) },
    tags: tagsOf(inputs),
  };
}
