import { header, type AzureRequest, type AzureResponse } from "../http/message";
import { resourceNotFound } from "./errors";
import { alternateKeyOf } from "./lookup";

/** Whether a PATCH may make what it does not find: it names it by a key that clients choose, and prefers so. */
const createsIfMissing = (request: AzureRequest): boolean =>
  (header(request, "prefer") ?? "").split(",").some((each) => each.trim().toLowerCase() === "create-if-missing");

/**
 * Changes an object that a path names by a key of its; makes it where there is none and the request prefers that.
 * @param create gets the key, which the new object must bear
 * @throws ServiceError 404
 */
export function upsert<T>(
  request: AzureRequest,
  segment: string,
  present: T | undefined,
  actions: { readonly change: (present: T) => AzureResponse; readonly create: (key: string) => AzureResponse },
): AzureResponse {
  if (present !== undefined) {
    return actions.change(present);
  }
  const named = alternateKeyOf(segment);
  if (named === undefined || !createsIfMissing(request)) {
    throw resourceNotFound(named?.value ?? segment);
  }
  return actions.create(decodeURIComponent(named.value));
}
