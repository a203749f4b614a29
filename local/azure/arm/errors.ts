import { json } from "../http/message";
import { ServiceError } from "../http/serviceError";
import { pollSoon } from "./asyncOperations";

type Headers = Readonly<Record<string, string>>;

/** A refusal in ARM's envelope. */
export const armError = (status: number, code: string, message: string, headers: Headers = {}): ServiceError =>
  new ServiceError(code, json(status, { error: { code, message } }, headers));

/** Refusals that ARM makes itself carry this header; those of resource providers say "service". */
const gateway: Headers = { "x-ms-failure-cause": "gateway" };

export const resourceNotFound = (type: string, name: string, resourceGroup: string): ServiceError =>
  armError(
    404,
    "ResourceNotFound",
    `The Resource '${type}/${name}' under resource group '${resourceGroup}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
    gateway,
  );

export const parentResourceNotFound = (parent: string): ServiceError =>
  armError(
    404,
    "ParentResourceNotFound",
    `Can not perform requested operation on nested resource. Parent resource '${parent}' not found.`,
    gateway,
  );

export const resourceGroupNotFound = (name: string): ServiceError =>
  armError(404, "ResourceGroupNotFound", `Resource group '${name}' could not be found.`, gateway);

export const resourceGroupBeingDeleted = (name: string): ServiceError =>
  armError(
    409,
    "ResourceGroupBeingDeleted",
    `The resource group '${name}' is in deprovisioning state and cannot perform this operation.`,
    gateway,
  );

export const subscriptionNotFound = (id: string): ServiceError =>
  armError(404, "SubscriptionNotFound", `The subscription '${id}' could not be found.`, gateway);

export const invalidSubscriptionId = (id: string): ServiceError =>
  armError(
    400,
    "InvalidSubscriptionId",
    `The provided subscription identifier '${id}' is malformed or invalid.`,
    gateway,
  );

export const missingSubscription = (): ServiceError =>
  armError(
    404,
    "MissingSubscription",
    "The request did not have a subscription or a valid tenant level resource provider.",
    gateway,
  );

export const missingApiVersion = (): ServiceError =>
  armError(
    400,
    "MissingApiVersionParameter",
    "The api-version query parameter (?api-version=) is required for all requests.",
    gateway,
  );

export const invalidApiVersion = (apiVersion: string): ServiceError =>
  armError(
    400,
    "InvalidApiVersionParameter",
    `The api-version '${apiVersion}' is invalid. It must be a date such as '2024-03-01', with '-preview' after it where the version is one.`,
    gateway,
  );

export const invalidQueryParameter = (name: string, reason: string): ServiceError =>
  armError(400, "InvalidQueryParameter", `The query parameter '${name}' is invalid. ${reason}`, gateway);

export const invalidContent = (reason: string): ServiceError =>
  armError(
    400,
    "InvalidRequestContent",
    `The request content was invalid and could not be deserialized: '${reason}'.`,
    gateway,
  );

export const invalidNamespace = (namespace: string): ServiceError =>
  armError(404, "InvalidResourceNamespace", `The resource namespace '${namespace}' is invalid.`, gateway);

export const invalidResourceType = (type: string, namespace: string, apiVersion: string): ServiceError =>
  armError(
    404,
    "InvalidResourceType",
    `The resource type '${type}' could not be found in the namespace '${namespace}' for api version '${apiVersion}'.`,
    gateway,
  );

export const notRegistered = (namespace: string): ServiceError =>
  armError(
    409,
    "MissingSubscriptionRegistration",
    `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`,
    gateway,
  );

export const authorizationFailed = (
  caller: { readonly clientId: string; readonly objectId: string },
  action: string,
  scope: string,
): ServiceError =>
  armError(
    403,
    "AuthorizationFailed",
    `The client '${caller.clientId}' with object id '${caller.objectId}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    gateway,
  );

/** Like {@link authorizationFailed}, for a resource that a request links to. */
export const linkedAuthorizationFailed = (
  caller: { readonly clientId: string; readonly objectId: string },
  action: string,
  scope: string,
  linked: { readonly action: string; readonly scope: string },
): ServiceError =>
  armError(
    403,
    "LinkedAuthorizationFailed",
    `The client '${caller.clientId}' with object id '${caller.objectId}' has permission to perform action '${action}' on scope '${scope}'; however, it does not have permission to perform action(s) '${linked.action}' on the linked scope(s) '${linked.scope}' (respectively) or the linked scope(s) are invalid.`,
    gateway,
  );

/** A lock stands in the way, whatever rights the caller has. */
export const scopeLocked = (scope: string, operation: "write" | "delete", locked: readonly string[]): ServiceError =>
  armError(
    409,
    "ScopeLocked",
    `The scope '${scope}' cannot perform ${operation} operation because following scope(s) are locked: '${locked.join("','")}'. Please remove the lock and try again.`,
    gateway,
  );

/** Clients of azcore try again after this one, and only after this 409. */
export const anotherOperationInProgress = (id: string): ServiceError =>
  armError(
    409,
    "AnotherOperationInProgress",
    `Another operation on this or dependent resource is in progress: '${id}'. Try again when it has ended.`,
    { ...pollSoon, "x-ms-failure-cause": "service" },
  );

export const invalidTagNames = (names: readonly string[]): ServiceError =>
  armError(
    400,
    "InvalidTagNameCharacters",
    `The tag names '${names.join(",")}' have reserved characters '<,>,%,&,\\,?,/' or control characters.`,
    gateway,
  );

export const tooManyTags = (count: number, limit: number): ServiceError =>
  armError(400, "TooManyTags", `The resource has ${count} tags. It may have ${limit} at most.`, gateway);

export const locationRequired = (): ServiceError =>
  armError(400, "LocationRequired", "The location property is required for this definition.", gateway);

export const locationNotAvailable = (location: string, type: string, regions: readonly string[]): ServiceError =>
  armError(
    400,
    "LocationNotAvailableForResourceType",
    `The provided location '${location}' is not available for resource type '${type}'. List of available regions for the resource type is '${regions.join(",")}'.`,
    gateway,
  );

export const invalidResourceLocation = (
  name: string,
  resourceGroup: string,
  existing: string,
  given: string,
): ServiceError =>
  armError(
    409,
    "InvalidResourceLocation",
    `The resource '${name}' already exists in location '${existing}' in resource group '${resourceGroup}'. A resource with the same name cannot be created in location '${given}'. Please select a new resource name.`,
    gateway,
  );

export const unsupported = (method: string, path: string): ServiceError =>
  armError(
    501,
    "NotImplemented",
    `Local Azure does not support ${method} ${path}. Its README lists the supported operations.`,
  );
