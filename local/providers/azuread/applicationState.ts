import type { PropertyMap, Value } from "../server/values";
import { featuresIn } from "./features";
import type { GraphObject } from "./graphClient";
import { flagIn, objectIn, objectsIn, textIn, textsIn } from "./graphValues";
import { accessIn, idsByValue, rolesIn, scopesIn } from "./permissions";

/** An application as the state keeps it, apart from its owners and what Graph doesn't tell. */
export function applicationState(app: GraphObject): PropertyMap {
  const api = objectIn(app["api"]);
  const info = objectIn(app["info"]);
  const web = objectIn(app["web"]);
  const tags = textsIn(app["tags"]);
  return {
    api: {
      knownClientApplications: textsIn(api["knownClientApplications"]),
      mappedClaimsEnabled: flagIn(api["acceptMappedClaims"]),
      oauth2PermissionScopes: scopesIn(api["oauth2PermissionScopes"]),
      requestedAccessTokenVersion: Number(api["requestedAccessTokenVersion"] ?? 1),
    },
    appRoleIds: idsByValue(app["appRoles"]),
    appRoles: rolesIn(app["appRoles"]),
    clientId: textIn(app["appId"]),
    description: textIn(app["description"]),
    deviceOnlyAuthEnabled: flagIn(app["isDeviceOnlyAuthSupported"]),
    disabledByMicrosoft: textIn(app["disabledByMicrosoftStatus"]),
    displayName: textIn(app["displayName"]),
    fallbackPublicClientEnabled: flagIn(app["isFallbackPublicClient"]),
    featureTags: featuresIn(tags),
    groupMembershipClaims: textIn(app["groupMembershipClaims"])
      .split(",")
      .filter((claim) => claim !== ""),
    identifierUris: textsIn(app["identifierUris"]),
    logoUrl: textIn(info["logoUrl"]),
    marketingUrl: textIn(info["marketingUrl"]),
    notes: textIn(app["notes"]),
    oauth2PermissionScopeIds: idsByValue(api["oauth2PermissionScopes"]),
    objectId: textIn(app["id"]),
    optionalClaims: claimsIn(objectIn(app["optionalClaims"])),
    privacyStatementUrl: textIn(info["privacyStatementUrl"]),
    publicClient: { redirectUris: textsIn(objectIn(app["publicClient"])["redirectUris"]) },
    publisherDomain: textIn(app["publisherDomain"]),
    requiredResourceAccesses: accessIn(app["requiredResourceAccess"]),
    serviceManagementReference: textIn(app["serviceManagementReference"]),
    signInAudience: textIn(app["signInAudience"]),
    singlePageApplication: { redirectUris: textsIn(objectIn(app["spa"])["redirectUris"]) },
    supportUrl: textIn(info["supportUrl"]),
    tags,
    templateId: textIn(app["applicationTemplateId"]),
    termsOfServiceUrl: textIn(info["termsOfServiceUrl"]),
    web: webIn(web),
  };
}

function webIn(web: Readonly<Record<string, unknown>>): Value {
  const grant = objectIn(web["implicitGrantSettings"]);
  return {
    homepageUrl: textIn(web["homePageUrl"]),
    implicitGrant: {
      accessTokenIssuanceEnabled: flagIn(grant["enableAccessTokenIssuance"]),
      idTokenIssuanceEnabled: flagIn(grant["enableIdTokenIssuance"]),
    },
    logoutUrl: textIn(web["logoutUrl"]),
    redirectUris: textsIn(web["redirectUris"]),
  };
}

function claimsIn(claims: Readonly<Record<string, unknown>>): Value {
  const read = (value: unknown): Value =>
    objectsIn(value).map(({ name, essential, source, additionalProperties }) => ({
      additionalProperties: textsIn(additionalProperties),
      essential: flagIn(essential),
      name: textIn(name),
      source: textIn(source),
    }));
  return {
    accessTokens: read(claims["accessToken"]),
    idTokens: read(claims["idToken"]),
    saml2Tokens: read(claims["saml2Token"]),
  };
}
