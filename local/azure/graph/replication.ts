import type { Directory } from "../entra/directory";
import type { AzureRequest } from "../http/message";
import { objectBody, type GraphContext } from "./context";
import { badRequest, resourceNotFound } from "./errors";
import { alternateKeyOf } from "./lookup";
import { textOf } from "./schema/property";
import { applicationMissing } from "./servicePrincipals/servicePrincipals";

const guids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const reference = "@odata.";

/**
 * Refuses a change where the replica that takes it has not heard of an object yet that the change names. What it has heard of
 * is changed as it stands in the directory itself.
 *
 * @param path the request's path, as it is routed
 * @param seen the directory as the replica has it
 * @throws ServiceError
 */
export function refuseUnseen(request: AzureRequest, path: string, context: GraphContext, seen: Directory): void {
  const [, set = "", id = "", action = ""] = path.split("/");
  const isUnseen = (key: string): boolean => unseen(context.directory, seen, key);
  const named = alternateKeyOf(id)?.value ?? id;
  if (named !== "" && isUnseen(named)) {
    throw resourceNotFound(named);
  }
  if (request.method !== "POST") {
    return;
  }
  if (set === "servicePrincipals" && id === "") {
    const appId = textOf(objectBody(request)["appId"]);
    if (isUnseen(appId)) {
      throw applicationMissing(appId, context.caller);
    }
  }
  if (action === "appRoleAssignedTo" || action === "appRoleAssignments") {
    const { principalId, resourceId } = objectBody(request);
    if ([principalId, resourceId].some((end) => isUnseen(textOf(end)))) {
      throw badRequest("Not a valid reference update.");
    }
  }
  for (const key of references(request)) {
    if (isUnseen(key)) {
      throw resourceNotFound(key);
    }
  }
}

/** Whether there is an object of this object ID or application ID which the replica has not heard of. */
function unseen(whole: Directory, seen: Directory, key: string): boolean {
  const has = (directory: Directory): boolean =>
    directory.principal(key) !== undefined ||
    directory.applications.get(key) !== undefined ||
    directory.applications.byAppId(key) !== undefined;
  return has(whole) && !has(seen);
}

/** The IDs of the objects that a body refers to. */
function references(request: AzureRequest): readonly string[] {
  const isReferring = request.path.endsWith("/$ref");
  const bound = Object.entries(isReferring ? objectBody(request) : {}).filter(([name]) => name.startsWith(reference));
  return bound.flatMap(([, value]) => textOf(value).match(guids) ?? []);
}
