import type { PropertyMap, Value } from "../server/values";
import { tagsOf } from "./features";
import { flagOf, listOf, mapOf, textOrNull } from "./graphValues";
import { accessToGraph, rolesToGraph, scopesToGraph } from "./permissions";

/** The application that inputs describe, whole: what they leave out is sent empty, as the real provider does. */
export function applicationBody(inputs: PropertyMap): Record<string, unknown> {
  const api = mapOf(inputs["api"]);
  const web = mapOf(inputs["web"]);
  const grant = mapOf(web["implicitGrant"]);
  return {
    api: {
      acceptMappedClaims: flagOf(api["mappedClaimsEnabled"]),
      knownClientApplications: listOf(api["knownClientApplications"]),
      oauth2PermissionScopes: scopesToGraph(api["oauth2PermissionScopes"]),
      requestedAccessTokenVersion: api["requestedAccessTokenVersion"] ?? 1,
    },
    appRoles: rolesToGraph(inputs["appRoles"]),
    description: textOrNull(inputs["description"]),
    displayName: inputs["displayName"],
    groupMembershipClaims: groupClaims(inputs["groupMembershipClaims"]),
    identifierUris: listOf(inputs["identifierUris"]),
    info: {
      marketingUrl: textOrNull(inputs["marketingUrl"]),
      privacyStatementUrl: textOrNull(inputs["privacyStatementUrl"]),
      supportUrl: textOrNull(inputs["supportUrl"]),
      termsOfServiceUrl: textOrNull(inputs["termsOfServiceUrl"]),
    },
    isDeviceOnlyAuthSupported: flagOf(inputs["deviceOnlyAuthEnabled"]),
    isFallbackPublicClient: flagOf(inputs["fallbackPublicClientEnabled"]),
    notes: textOrNull(inputs["notes"]),
    optionalClaims: optionalClaims(mapOf(inputs["optionalClaims"])),
    publicClient: { redirectUris: listOf(mapOf(inputs["publicClient"])["redirectUris"]) },
    requiredResourceAccess: accessToGraph(inputs["requiredResourceAccesses"]),
    serviceManagementReference: textOrNull(inputs["serviceManagementReference"]),
    signInAudience: inputs["signInAudience"],
    spa: { redirectUris: listOf(mapOf(inputs["singlePageApplication"])["redirectUris"]) },
    tags: tagsOf(inputs),
    web: {
      homePageUrl: textOrNull(web["homepageUrl"]),
      implicitGrantSettings: {
        enableAccessTokenIssuance: flagOf(grant["accessTokenIssuanceEnabled"]),
        enableIdTokenIssuance: flagOf(grant["idTokenIssuanceEnabled"]),
      },
      logoutUrl: textOrNull(web["logoutUrl"]),
      redirectUris: listOf(web["redirectUris"]),
    },
  };
}

function groupClaims(value: Value | undefined): string | null {
  const claims = listOf(value).map(String);
  return claims.length === 0 ? null : claims.join(",");
}

function optionalClaims(claims: PropertyMap): Record<string, unknown> {
  return {
    accessToken: listOf(claims["accessTokens"]),
    idToken: listOf(claims["idTokens"]),
    saml2Token: listOf(claims["saml2Tokens"]),
  };
}
