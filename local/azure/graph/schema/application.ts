import type { JsonObject } from "../../entra/records";
import {
  addIns,
  appRole,
  emptyInfo,
  informationalUrl,
  noVerifiedPublisher,
  permissionScope,
  redirectUris,
  url,
} from "./common";
import { boolean, filledText, guid, listOf, nullable, objectOf, oneOf, opaque, text, type Shape } from "./property";

const shape: Shape = {
  addIns,
  api: objectOf({
    acceptMappedClaims: nullable(boolean),
    knownClientApplications: listOf(guid),
    oauth2PermissionScopes: listOf(permissionScope),
    preAuthorizedApplications: listOf(
      objectOf({ appId: guid, delegatedPermissionIds: listOf(guid), permissionIds: listOf(guid) }),
    ),
    requestedAccessTokenVersion: nullable(oneOf(1, 2)),
  }),
  appRoles: listOf(appRole),
  defaultRedirectUri: nullable(text()),
  description: nullable(text(1024)),
  displayName: filledText(256),
  groupMembershipClaims: nullable(text()),
  identifierUris: listOf(filledText(255)),
  info: informationalUrl,
  isDeviceOnlyAuthSupported: nullable(boolean),
  isFallbackPublicClient: nullable(boolean),
  keyCredentials: listOf(opaque),
  logo: opaque,
  nativeAuthenticationApisEnabled: nullable(oneOf("none", "all")),
  notes: nullable(text()),
  optionalClaims: nullable(
    objectOf({ accessToken: listOf(opaque), idToken: listOf(opaque), saml2Token: listOf(opaque) }),
  ),
  parentalControlSettings: objectOf({ countriesBlockedForMinors: listOf(text()), legalAgeGroupRule: text() }),
  passwordCredentials: listOf(opaque),
  publicClient: objectOf({ redirectUris }),
  requestSignatureVerification: nullable(opaque),
  requiredResourceAccess: listOf(
    objectOf({ resourceAppId: guid, resourceAccess: listOf(objectOf({ id: guid, type: oneOf("Role", "Scope") })) }),
    50,
  ),
  samlMetadataUrl: url,
  serviceManagementReference: nullable(text()),
  servicePrincipalLockConfiguration: nullable(opaque),
  signInAudience: oneOf(
    "AzureADMyOrg",
    "AzureADMultipleOrgs",
    "AzureADandPersonalMicrosoftAccount",
    "PersonalMicrosoftAccount",
  ),
  spa: objectOf({ redirectUris }),
  tags: listOf(text(256)),
  tokenEncryptionKeyId: nullable(guid),
  web: objectOf({
    homePageUrl: url,
    implicitGrantSettings: objectOf({
      enableAccessTokenIssuance: nullable(boolean),
      enableIdTokenIssuance: nullable(boolean),
    }),
    logoutUrl: url,
    redirectUriSettings: listOf(objectOf({ uri: text(), index: nullable(opaque) })),
    redirectUris,
  }),
};

const readOnly = [
  "id",
  "appId",
  "applicationTemplateId",
  "certification",
  "createdDateTime",
  "deletedDateTime",
  "disabledByMicrosoftStatus",
  "publisherDomain",
  "uniqueName",
  "verifiedPublisher",
];

export const applicationSchema = { resource: "Application", shape, readOnly };

/** What the first endpoints' version lacks. */
export const betaApplicationSchema = {
  ...applicationSchema,
  shape: { ...shape, oauth2RequirePostResponse: boolean, isManagementRestricted: nullable(boolean) },
};

/** What an application has where nothing was said. */
export const applicationDefaults: JsonObject = {
  applicationTemplateId: null,
  disabledByMicrosoftStatus: null,
  description: null,
  groupMembershipClaims: null,
  identifierUris: [],
  isDeviceOnlyAuthSupported: null,
  isFallbackPublicClient: null,
  notes: null,
  serviceManagementReference: null,
  signInAudience: "AzureADMyOrg",
  tags: [],
  uniqueName: null,
  tokenEncryptionKeyId: null,
  samlMetadataUrl: null,
  defaultRedirectUri: null,
  certification: null,
  optionalClaims: null,
  servicePrincipalLockConfiguration: null,
  requestSignatureVerification: null,
  addIns: [],
  api: {
    acceptMappedClaims: null,
    knownClientApplications: [],
    requestedAccessTokenVersion: null,
    oauth2PermissionScopes: [],
    preAuthorizedApplications: [],
  },
  appRoles: [],
  info: emptyInfo,
  parentalControlSettings: { countriesBlockedForMinors: [], legalAgeGroupRule: "Allow" },
  publicClient: { redirectUris: [] },
  requiredResourceAccess: [],
  verifiedPublisher: noVerifiedPublisher,
  web: {
    homePageUrl: null,
    logoutUrl: null,
    redirectUris: [],
    implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false },
    redirectUriSettings: [],
  },
  spa: { redirectUris: [] },
};
