import {
  flag,
  integer,
  lengthBetween,
  list,
  map,
  notEmpty,
  object,
  oneOf,
  output,
  set,
  text,
  uuid,
  type Attribute,
  type Attributes,
} from "./attributes";
import { featureTags } from "./features";
import { appRole, permissionScope, resourceAccess } from "./permissions";

const audiences = [
  "AzureADMyOrg",
  "AzureADMultipleOrgs",
  "AzureADandPersonalMicrosoftAccount",
  "PersonalMicrosoftAccount",
];

const redirectUris = set("redirect_uris", text("redirect_uris"), { maxItems: 256 });

const claims = (longName: string): Attribute =>
  list(
    longName,
    object(longName, {
      additionalProperties: list("additional_properties", text("additional_properties")),
      essential: flag("essential"),
      name: text("name", { required: true }),
      source: text("source"),
    }),
  );

export const applicationAttributes: Attributes = {
  api: object("api", {
    knownClientApplications: set("known_client_applications", text("known_client_applications", { validate: uuid })),
    mappedClaimsEnabled: flag("mapped_claims_enabled"),
    oauth2PermissionScopes: set("oauth2_permission_scope", permissionScope),
    requestedAccessTokenVersion: integer("requested_access_token_version", { default: 1 }),
  }),
  appRoleIds: map("app_role_ids", output),
  appRoles: set("app_role", appRole),
  clientId: text("client_id", output),
  description: text("description", { validate: lengthBetween(0, 1024) }),
  deviceOnlyAuthEnabled: flag("device_only_auth_enabled"),
  disabledByMicrosoft: text("disabled_by_microsoft", output),
  displayName: text("display_name", { required: true, validate: notEmpty }),
  fallbackPublicClientEnabled: flag("fallback_public_client_enabled"),
  featureTags: featureTags({ conflictsWith: ["tags"] }),
  groupMembershipClaims: set("group_membership_claims", text("group_membership_claims")),
  identifierUris: set("identifier_uris", text("identifier_uris", { validate: notEmpty })),
  logoUrl: text("logo_url", output),
  marketingUrl: text("marketing_url"),
  notes: text("notes", { validate: notEmpty }),
  oauth2PermissionScopeIds: map("oauth2_permission_scope_ids", output),
  oauth2PostResponseRequired: flag("oauth2_post_response_required"),
  objectId: text("object_id", output),
  optionalClaims: object("optional_claims", {
    accessTokens: claims("access_token"),
    idTokens: claims("id_token"),
    saml2Tokens: claims("saml2_token"),
  }),
  owners: set("owners", text("owners", { validate: uuid }), { maxItems: 100 }),
  preventDuplicateNames: flag("prevent_duplicate_names", { default: false }),
  privacyStatementUrl: text("privacy_statement_url"),
  publicClient: object("public_client", { redirectUris }),
  publisherDomain: text("publisher_domain", output),
  requiredResourceAccesses: set("required_resource_access", resourceAccess),
  serviceManagementReference: text("service_management_reference"),
  signInAudience: text("sign_in_audience", { default: "AzureADMyOrg", validate: oneOf(...audiences) }),
  singlePageApplication: object("single_page_application", { redirectUris }),
  supportUrl: text("support_url"),
  tags: set("tags", text("tags"), { computed: true, conflictsWith: ["featureTags"] }),
  templateId: text("template_id", output),
  termsOfServiceUrl: text("terms_of_service_url"),
  web: object("web", {
    homepageUrl: text("homepage_url"),
    implicitGrant: object("implicit_grant", {
      accessTokenIssuanceEnabled: flag("access_token_issuance_enabled"),
      idTokenIssuanceEnabled: flag("id_token_issuance_enabled"),
    }),
    logoutUrl: text("logout_url"),
    redirectUris,
  }),
};
