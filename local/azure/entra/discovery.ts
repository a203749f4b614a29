import { json, queryParameter, type AzureRequest, type AzureResponse } from "../http/message";
import { SignInRefused } from "./errors";
import type { SigningKey } from "./token/signingKey";
import { ownValue } from "../http/ownValue";

const authority = "https://login.microsoftonline.com";
const aliases = ["login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"];

const common = {
  token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt", "client_secret_basic"],
  response_modes_supported: ["query", "fragment", "form_post"],
  subject_types_supported: ["pairwise"],
  id_token_signing_alg_values_supported: ["RS256"],
  http_logout_supported: true,
  frontchannel_logout_supported: true,
  request_uri_parameter_supported: false,
  tenant_region_scope: "EU",
  cloud_instance_name: "microsoftonline.com",
  cloud_graph_host_name: "graph.windows.net",
  msgraph_host: "graph.microsoft.com",
  rbac_url: "https://pas.windows.net",
};

const claims = ["sub", "iss", "cloud_instance_name", "aud", "exp", "iat", "auth_time", "acr", "nonce", "tid", "ver"];

/** The tenant of personal accounts, which `consumers` stands for. */
const personalAccounts = "9188040d-6c67-4c5b-b112-36a304b66dad";

/** Whose tokens an authority for several tenants issues: `{tenantid}` stands for the one that somebody signs in at. */
const issuerTenants: Readonly<Record<string, string>> = {
  common: "{tenantid}",
  organizations: "{tenantid}",
  consumers: personalAccounts,
};

/** Whether a name in an address stands for several tenants, or for personal accounts. */
export const isMultiTenant = (name: string): boolean => Object.hasOwn(issuerTenants, name.toLowerCase());

const issuerTenant = (name: string): string => ownValue(issuerTenants, name) ?? name;

/** The OpenID configuration of the v2.0 endpoints. @param tenantName the tenant's ID, or the name of several tenants */
export function openIdConfigurationV2(tenantName: string): AzureResponse {
  const base = `${authority}/${tenantName}`;
  return json(200, {
    ...common,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_types_supported: ["code", "id_token", "code id_token", "id_token token"],
    scopes_supported: ["openid", "profile", "email", "offline_access"],
    issuer: `${authority}/${issuerTenant(tenantName)}/v2.0`,
    userinfo_endpoint: "https://graph.microsoft.com/oidc/userinfo",
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    claims_supported: claims,
    kerberos_endpoint: `${base}/kerberos`,
  });
}

/** The OpenID configuration of the first endpoints, which take a resource instead of scopes. */
export function openIdConfigurationV1(tenantName: string): AzureResponse {
  const base = `${authority}/${tenantName}`;
  return json(200, {
    ...common,
    token_endpoint: `${base}/oauth2/token`,
    jwks_uri: `${base}/discovery/keys`,
    response_types_supported: ["code", "id_token", "code id_token", "token id_token", "token"],
    scopes_supported: ["openid"],
    issuer: `https://sts.windows.net/${issuerTenant(tenantName)}/`,
    microsoft_multi_refresh_token: true,
    userinfo_endpoint: `${base}/openid/userinfo`,
    authorization_endpoint: `${base}/oauth2/authorize`,
    device_authorization_endpoint: `${base}/oauth2/devicecode`,
    end_session_endpoint: `${base}/oauth2/logout`,
    claims_supported: claims,
  });
}

/** The keys that access tokens are signed with. @param issuer as the configuration of that version states it */
export function keySet(key: SigningKey, issuer: string): AzureResponse {
  const { n, e } = key.publicKey.export({ format: "jwk" });
  return json(200, { keys: [{ kty: "RSA", use: "sig", kid: key.kid, x5t: key.kid, n, e, issuer }] });
}

/** Tells a client whether an authority is one of Microsoft's, and its other names. */
export function instanceDiscovery(request: AzureRequest, tenantId: string): AzureResponse {
  const asked = queryParameter(request, "authorization_endpoint");
  const host = asked === undefined || !URL.canParse(asked) ? undefined : new URL(asked).host.toLowerCase();
  if (asked !== undefined && (host === undefined || !aliases.includes(host))) {
    throw new SignInRefused(50049, 400, "invalid_instance", "Unknown or invalid instance.");
  }
  return json(200, {
    tenant_discovery_endpoint: `${authority}/${tenantId}/v2.0/.well-known/openid-configuration`,
    "api-version": queryParameter(request, "api-version") ?? "1.0",
    metadata: [{ preferred_network: "login.microsoftonline.com", preferred_cache: "login.windows.net", aliases }],
  });
}
