import type { JsonObject } from "../../entra/records";
import { noVerifiedPublisher, url } from "./common";
import { boolean, guid, listOf, nullable, objectOf, opaque, text, type Shape } from "./property";

const shape: Shape = {
  accountEnabled: nullable(boolean),
  addIns: listOf(opaque),
  alternativeNames: listOf(text()),
  appId: guid,
  appRoleAssignmentRequired: boolean,
  description: nullable(text(1024)),
  displayName: nullable(text(256)),
  homepage: url,
  keyCredentials: listOf(opaque),
  loginUrl: url,
  logoutUrl: url,
  notes: nullable(text(1024)),
  notificationEmailAddresses: listOf(text()),
  passwordCredentials: listOf(opaque),
  preferredSingleSignOnMode: nullable(text()),
  preferredTokenSigningKeyThumbprint: nullable(text()),
  replyUrls: listOf(text()),
  samlSingleSignOnSettings: nullable(objectOf({ relayState: nullable(text()) })),
  servicePrincipalNames: listOf(text()),
  tags: listOf(text(256)),
  tokenEncryptionKeyId: nullable(guid),
};

const readOnly = [
  "id",
  "appDescription",
  "appDisplayName",
  "appOwnerOrganizationId",
  "appRoles",
  "applicationTemplateId",
  "createdDateTime",
  "deletedDateTime",
  "disabledByMicrosoftStatus",
  "info",
  "oauth2PermissionScopes",
  "resourceSpecificApplicationPermissions",
  "servicePrincipalType",
  "signInAudience",
  "verifiedPublisher",
];

export const servicePrincipalSchema = { resource: "ServicePrincipal", shape, readOnly };

/** What a service principal has where nothing was said. */
export const servicePrincipalDefaults: JsonObject = {
  alternativeNames: [],
  appDescription: null,
  applicationTemplateId: null,
  appRoleAssignmentRequired: false,
  description: null,
  disabledByMicrosoftStatus: null,
  homepage: null,
  loginUrl: null,
  logoutUrl: null,
  notes: null,
  notificationEmailAddresses: [],
  preferredSingleSignOnMode: null,
  preferredTokenSigningKeyThumbprint: null,
  replyUrls: [],
  samlSingleSignOnSettings: null,
  signInAudience: null,
  tags: [],
  tokenEncryptionKeyId: null,
  addIns: [],
  appRoles: [],
  info: null,
  keyCredentials: [],
  oauth2PermissionScopes: [],
  passwordCredentials: [],
  resourceSpecificApplicationPermissions: [],
  verifiedPublisher: noVerifiedPublisher,
};
