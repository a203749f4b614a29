import { ServiceError } from "../http/serviceError";

export interface GraphErrorDetail {
  readonly code: string;
  readonly message: string;
  readonly target: string;
}

/** A refusal in Graph's envelope. Its innerError and headers are added where the request is known. */
export function graphError(
  status: number,
  code: string,
  message: string,
  extras: {
    readonly details?: readonly GraphErrorDetail[];
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): ServiceError {
  const { details, headers = {} } = extras;
  return new ServiceError(code, {
    status,
    headers,
    body: { error: { code, message, ...(details === undefined ? {} : { details }) } },
  });
}

export const badRequest = (message: string, details?: readonly GraphErrorDetail[]): ServiceError =>
  graphError(400, "Request_BadRequest", message, details === undefined ? {} : { details });

export const resourceNotFound = (id: string): ServiceError =>
  graphError(
    404,
    "Request_ResourceNotFound",
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );

export const insufficientPrivileges = (): ServiceError =>
  graphError(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");

export const unreadableBody = (): ServiceError =>
  graphError(
    400,
    "BadRequest",
    "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
  );

export const invalidToken = (message: string): ServiceError =>
  graphError(401, "InvalidAuthenticationToken", message, {
    headers: {
      "www-authenticate":
        'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"',
    },
  });

export const valueRequired = (property: string, resource: string): ServiceError =>
  badRequest(`A value is required for property '${property}' of resource '${resource}'.`, [
    {
      code: "ValueRequired",
      message: `A value is required for property '${property}' of resource '${resource}'.`,
      target: property,
    },
  ]);

export const invalidValue = (property: string, resource: string): ServiceError =>
  badRequest(`Invalid value specified for property '${property}' of resource '${resource}'.`, [
    {
      code: "InvalidValue",
      message: `Invalid value specified for property '${property}' of resource '${resource}'.`,
      target: property,
    },
  ]);

export const unknownProperty = (property: string): ServiceError => badRequest(`Invalid property '${property}'.`);

export const readOnlyProperty = (property: string): ServiceError =>
  badRequest(`Property '${property}' is read-only and cannot be set.`);

export const unsupportedFilter = (property: string, resource: string): ServiceError =>
  graphError(
    400,
    "Request_UnsupportedQuery",
    `Unsupported or invalid query filter clause specified for property '${property}' of resource '${resource}'.`,
  );

export const advancedQueryRefused = (operator: string): ServiceError =>
  graphError(
    400,
    "Request_UnsupportedQuery",
    `Operator '${operator}' is not supported because the 'ConsistencyLevel:eventual' header is missing. Refer to https://aka.ms/graph-docs/advanced-queries for more information.`,
  );

/** What Graph carries out and local Azure does not. @param what for example "$search by mail" */
export const notCarriedOut = (what: string): ServiceError =>
  graphError(501, "NotImplemented", `Local Azure does not support ${what} in Microsoft Graph. Nothing was changed.`);

/** @param where what Graph begins with: which part of the query names the property */
export const propertyNotFound = (
  property: string,
  { resource }: { readonly resource: string },
  where: "Parsing OData Select and Expand failed: " | "Invalid filter clause: " | "",
): ServiceError =>
  graphError(
    400,
    "BadRequest",
    `${where}Could not find a property named '${property}' on type 'microsoft.graph.${resource.charAt(0).toLowerCase()}${resource.slice(1)}'.`,
  );

export const skipRefused = (): ServiceError => badRequest("'$skip' is not supported by the service.");

export const countRefused = (): ServiceError => badRequest("$count is not currently supported.");

export const sortingRefused = (): ServiceError =>
  graphError(400, "Request_UnsupportedQuery", "Sorting not supported for current query.");

export const unsupportedSort = (property: string, resource: string): ServiceError =>
  graphError(400, "Request_UnsupportedQuery", `Unsupported sort property '${property}' for '${resource}'.`);

export const searchNeedsEventual = (): ServiceError =>
  graphError(
    400,
    "Request_UnsupportedQuery",
    "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
  );
