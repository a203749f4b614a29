import type { JsonObject } from "../../entra/records";
import { boolean, filledText, guid, listOf, nullable, objectOf, oneOf, opaque, text, type Check } from "./property";

const url: Check = nullable(text());

export const appRole = objectOf({
  allowedMemberTypes: listOf(oneOf("User", "Application")),
  description: filledText(1024),
  displayName: filledText(256),
  id: guid,
  isEnabled: boolean,
  origin: nullable(text()),
  value: nullable(text(120)),
});

export const permissionScope = objectOf({
  adminConsentDescription: nullable(text()),
  adminConsentDisplayName: nullable(text()),
  id: guid,
  isEnabled: boolean,
  origin: nullable(text()),
  type: nullable(oneOf("User", "Admin")),
  userConsentDescription: nullable(text()),
  userConsentDisplayName: nullable(text()),
  value: nullable(text(120)),
});

export const redirectUris = listOf(text(256), 256);

export const informationalUrl = objectOf({
  logoUrl: url,
  marketingUrl: url,
  privacyStatementUrl: url,
  supportUrl: url,
  termsOfServiceUrl: url,
});

export const addIns = listOf(objectOf({ id: guid, type: text(), properties: listOf(opaque) }));

export const emptyInfo: JsonObject = {
  logoUrl: null,
  marketingUrl: null,
  privacyStatementUrl: null,
  supportUrl: null,
  termsOfServiceUrl: null,
};

export const noVerifiedPublisher: JsonObject = {
  displayName: null,
  verifiedPublisherId: null,
  addedDateTime: null,
};

export { url };
