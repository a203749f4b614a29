import type { AzureRequest, AzureResponse } from "../http/message";
import { header, queryParameter } from "../http/message";
import { ServiceError } from "../http/serviceError";

/** A refusal to sign a client in, before it is put into words for one request. */
export class SignInRefused extends Error {
  constructor(
    /** The number after "AADSTS". */
    readonly aadsts: number,
    readonly status: number,
    /** OAuth 2.0 error code. */
    readonly error: string,
    text: string,
  ) {
    super(text);
    this.name = "SignInRefused";
  }
}

/** Puts a refusal into Entra's envelope. */
export function signInError(
  refused: SignInRefused,
  request: AzureRequest,
  now: Date,
  headers: Readonly<Record<string, string>>,
): ServiceError {
  const timestamp = now
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d+Z$/, "Z");
  const correlationId = correlationIdOf(request);
  const description = [
    `AADSTS${refused.aadsts}: ${refused.message}`,
    `Trace ID: ${request.id}`,
    `Correlation ID: ${correlationId}`,
    `Timestamp: ${timestamp}`,
  ];
  const response: AzureResponse = {
    status: refused.status,
    headers,
    body: {
      error: refused.error,
      error_description: description.join(" "),
      error_codes: [refused.aadsts],
      timestamp,
      trace_id: request.id,
      correlation_id: correlationId,
      error_uri: `https://login.microsoftonline.com/error?code=${refused.aadsts}`,
    },
  };
  return new ServiceError(`AADSTS${refused.aadsts}`, response);
}

/** The client's own ID of the request; the request's where it sent none. */
export function correlationIdOf(request: AzureRequest): string {
  return header(request, "client-request-id") ?? queryParameter(request, "client-request-id") ?? request.id;
}

export const tenantNotFound = (tenant: string, error: "invalid_request" | "invalid_tenant"): SignInRefused =>
  new SignInRefused(
    90002,
    400,
    error,
    `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  );

export const tenantMalformed = (tenant: string): SignInRefused =>
  new SignInRefused(
    900023,
    400,
    "invalid_request",
    `Specified tenant identifier '${tenant}' is neither a valid DNS name, nor a valid external domain.`,
  );

export const tenantUnnamed = (): SignInRefused =>
  new SignInRefused(
    50059,
    400,
    "invalid_request",
    "No tenant-identifying information found in either the request or implied by any provided credentials.",
  );

export const parameterMissing = (name: string): SignInRefused =>
  new SignInRefused(
    900144,
    400,
    "invalid_request",
    `The request body must contain the following parameter: '${name}'.`,
  );

export const grantUnsupported = (grant: string): SignInRefused =>
  new SignInRefused(70003, 400, "unsupported_grant_type", `The app requested an unsupported grant type '${grant}'.`);

export const applicationNotFound = (clientId: string, tenantName: string): SignInRefused =>
  new SignInRefused(
    700016,
    400,
    "unauthorized_client",
    `Application with identifier '${clientId}' was not found in the directory '${tenantName}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  );

export const servicePrincipalMissing = (clientId: string, tenantId: string): SignInRefused =>
  new SignInRefused(
    7000229,
    401,
    "invalid_client",
    `The client application ${clientId} is missing service principal in the tenant ${tenantId}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119`,
  );

export const applicationDisabled = (clientId: string, displayName: string): SignInRefused =>
  new SignInRefused(7000112, 400, "unauthorized_client", `Application '${clientId}'(${displayName}) is disabled.`);

export const credentialMissing = (): SignInRefused =>
  new SignInRefused(
    7000216,
    401,
    "invalid_client",
    "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
  );

export const secretInvalid = (clientId: string): SignInRefused =>
  new SignInRefused(
    7000215,
    401,
    "invalid_client",
    `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
  );

export const secretExpired = (clientId: string): SignInRefused =>
  new SignInRefused(
    7000222,
    401,
    "invalid_client",
    `The provided client secret keys for app '${clientId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`,
  );

export const scopeMissing = (scope: string): SignInRefused =>
  new SignInRefused(
    70011,
    400,
    "invalid_scope",
    `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
  );

export const scopeNotDefault = (scope: string): SignInRefused =>
  new SignInRefused(
    1002012,
    400,
    "invalid_scope",
    `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
  );

export const scopeOfSeveralResources = (scope: string): SignInRefused =>
  new SignInRefused(
    28000,
    400,
    "invalid_scope",
    `Provided value for the input parameter scope is not valid because it contains more than one resource. Scope ${scope} is not valid.`,
  );

export const resourceNotFound = (resource: string, tenantName: string): SignInRefused =>
  new SignInRefused(
    500011,
    400,
    "invalid_resource",
    `The resource principal named ${resource} was not found in the tenant named ${tenantName}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
  );

export const roleRequired = (
  clientId: string,
  clientName: string,
  resourceId: string,
  resourceName: string,
): SignInRefused =>
  new SignInRefused(
    501051,
    400,
    "invalid_grant",
    `Application '${clientId}'(${clientName}) is not assigned to a role for the application '${resourceId}'(${resourceName}).`,
  );
