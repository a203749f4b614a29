import type { PropertyMap } from "../server/values";
import { featuresIn, oldFeaturesIn } from "./features";
import type { GraphObject } from "./graphClient";
import { flagIn, objectIn, textIn, textsIn } from "./graphValues";
import { idsByValue, rolesIn, scopesIn } from "./permissions";

/** A service principal as the state keeps it, apart from its owners. The function that looks one up shares this. */
export function principalState(found: GraphObject): PropertyMap {
  const tags = textsIn(found["tags"]);
  const clientId = textIn(found["appId"]);
  return {
    accountEnabled: flagIn(found["accountEnabled"]),
    alternativeNames: textsIn(found["alternativeNames"]),
    appRoleAssignmentRequired: flagIn(found["appRoleAssignmentRequired"]),
    appRoleIds: idsByValue(found["appRoles"]),
    appRoles: rolesIn(found["appRoles"]),
    applicationTenantId: textIn(found["appOwnerOrganizationId"]),
    clientId,
    description: textIn(found["description"]),
    displayName: textIn(found["displayName"]),
    featureTags: featuresIn(tags),
    features: oldFeaturesIn(tags),
    homepageUrl: textIn(found["homepage"]),
    loginUrl: textIn(found["loginUrl"]),
    logoutUrl: textIn(found["logoutUrl"]),
    notes: textIn(found["notes"]),
    notificationEmailAddresses: textsIn(found["notificationEmailAddresses"]),
    oauth2PermissionScopeIds: idsByValue(found["oauth2PermissionScopes"]),
    oauth2PermissionScopes: scopesIn(found["oauth2PermissionScopes"]),
    objectId: textIn(found["id"]),
    preferredSingleSignOnMode: textIn(found["preferredSingleSignOnMode"]),
    redirectUris: textsIn(found["replyUrls"]),
    samlSingleSignOn: { relayState: textIn(objectIn(found["samlSingleSignOnSettings"])["relayState"]) },
    servicePrincipalNames: textsIn(found["servicePrincipalNames"]).filter((name) => name !== clientId),
    signInAudience: textIn(found["signInAudience"]),
    tags,
    type: textIn(found["servicePrincipalType"]),
  };
}
