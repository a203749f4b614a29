import type { JsonObject, JsonValue, ServicePrincipalRecord } from "../../entra/records";
import type { GraphContext } from "../context";
import { keyView, passwordView } from "../credentials/views";
import { isObject, without } from "../schema/property";
import { servicePrincipalDefaults } from "../schema/servicePrincipal";

/** A service principal as Graph shows it: much of it is its application's. */
export function servicePrincipalView(
  servicePrincipal: ServicePrincipalRecord,
  context: Pick<GraphContext, "directory" | "version">,
  options: { readonly keys?: boolean } = {},
): JsonObject {
  const { directory } = context;
  const displayName = directory.displayNameOf(servicePrincipal);
  return {
    id: servicePrincipal.id,
    deletedDateTime: servicePrincipal.deletedDateTime,
    accountEnabled: servicePrincipal.accountEnabled,
    appDisplayName: displayName,
    appId: servicePrincipal.appId,
    appOwnerOrganizationId: directory.tenant.id,
    createdDateTime: null,
    ...servicePrincipalDefaults,
    ...without(servicePrincipal.properties, "api"),
    ...fromApplication(servicePrincipal, context),
    displayName,
    keyCredentials: (servicePrincipal.keys ?? []).map((key) => keyView(key, options.keys === true)),
    passwordCredentials: (servicePrincipal.passwords ?? []).map((password) => passwordView(password, null)),
    servicePrincipalType: servicePrincipal.servicePrincipalType,
    ...(context.version === "beta" ? { samlMetadataUrl: null } : {}),
  };
}

function fromApplication(
  servicePrincipal: ServicePrincipalRecord,
  { directory }: Pick<GraphContext, "directory">,
): JsonObject {
  const application = directory.applications.byAppId(servicePrincipal.appId);
  if (application === undefined) {
    return { servicePrincipalNames: [...directory.namesOf(servicePrincipal)] };
  }
  const { properties } = application;
  const part = (name: string, key: string): JsonValue | undefined => {
    const value = properties[name];
    return isObject(value) ? value[key] : undefined;
  };
  const redirects = ["web", "publicClient", "spa"].flatMap((name) => (part(name, "redirectUris") ?? []) as JsonValue[]);
  return {
    appDescription: properties["description"] ?? null,
    appRoles: properties["appRoles"] ?? [],
    homepage: part("web", "homePageUrl") ?? null,
    info: properties["info"] ?? servicePrincipalDefaults["info"] ?? null,
    logoutUrl: part("web", "logoutUrl") ?? null,
    oauth2PermissionScopes: part("api", "oauth2PermissionScopes") ?? [],
    replyUrls: redirects,
    servicePrincipalNames: [...directory.namesOf(servicePrincipal)],
    signInAudience: properties["signInAudience"] ?? "AzureADMyOrg",
  };
}
