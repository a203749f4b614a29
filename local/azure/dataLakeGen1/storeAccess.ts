import type { Cloud } from "../cloud";
import { aclAllows } from "../dataLake/acl";
import { ancestorsOf, parentOf, type PathRecord } from "../dataLake/pathRecord";
import { TokenRefused, type Caller } from "../entra/caller";
import type { AzureRequest } from "../http/message";
import { addressRange } from "../network/addressRange";
import { clientAddress } from "../network/clientAddress";
import type { AccountRecord } from "./accountRecord";
import { blockedByFirewall, dataLakeAudience, notAuthorized, unauthenticated } from "./refusal";
import type { StoreRequest } from "./storeRequest";
import { isSticky } from "./storeTree";

/** Rights that a call needs, for example "wx", beside the right to pass through the directories above. */
export interface PathNeed {
  readonly onPath?: string;
  /** On the directory above; where that is yet to be made, on the nearest one that is there. */
  readonly onParent?: string;
}

/** @throws ServiceError */
export async function authenticate(cloud: Cloud, request: AzureRequest): Promise<Caller> {
  try {
    return await cloud.tokens.authenticate(request, [dataLakeAudience]);
  } catch (error) {
    if (error instanceof TokenRefused) {
      const { problem } = error;
      throw unauthenticated(problem === "missing" || problem === "expired" ? problem : "invalid");
    }
    throw error;
  }
}

/** @throws Refusal where the account's firewall keeps the client out */
export function passFirewall({ properties }: AccountRecord, operation: string): void {
  const client = numberOf(clientAddress);
  const isLetIn = properties.firewallRules.some(
    ({ startIpAddress, endIpAddress }) => numberOf(startIpAddress) <= client && client <= numberOf(endIpAddress),
  );
  if (properties.firewallState === "Enabled" && !isLetIn) {
    throw blockedByFirewall(operation, clientAddress);
  }
}

/**
 * Whether no list binds the caller. Azure makes Owners of the account superusers: those who may take this action and
 * assign roles too.
 */
export function isSuperuser({ cloud, caller, account }: StoreRequest): boolean {
  return ["Microsoft.DataLakeStore/accounts/Superuser/action", "Microsoft.Authorization/roleAssignments/write"].every(
    (action) => cloud.access.allows(caller.objectId, action, account.id),
  );
}

/** Checks rights to a path by the lists on the way to it. @throws Refusal */
export function mayPath(store: StoreRequest, need: PathNeed, path = store.path): void {
  if (isSuperuser(store)) {
    return;
  }
  const { tree } = store;
  const above = tree.nearestAbove(path);
  const record = tree.at(path);
  const allowed =
    ancestorsOf(path).every((ancestor) => allows(store, tree.at(ancestor), "x")) &&
    (need.onPath === undefined || allows(store, record, need.onPath)) &&
    (need.onParent === undefined || path === "" || allows(store, above, need.onParent));
  if (!allowed) {
    throw notAuthorized(store.operation);
  }
}

/** Checks the right to take a path out of its directory. @throws Refusal */
export function mayRemove(store: StoreRequest, path = store.path): void {
  mayPath(store, { onParent: "wx" }, path);
  const { objectId } = store.caller;
  const [parent, record] = [store.tree.at(parentOf(path)), store.tree.at(path)];
  const isOwner = parent?.owner === objectId || record?.owner === objectId;
  if (parent !== undefined && isSticky(parent) && !isOwner && !isSuperuser(store)) {
    throw notAuthorized(store.operation);
  }
}

/** Only a path's owner and superusers may change its list and permissions. @throws Refusal */
export function mayControl(store: StoreRequest, record: PathRecord): void {
  if (record.owner !== store.caller.objectId && !isSuperuser(store)) {
    throw notAuthorized(store.operation);
  }
}

/** What is not there forbids nothing: the call itself finds that out. */
const allows = ({ caller, cloud }: StoreRequest, record: PathRecord | undefined, wanted: string): boolean =>
  record === undefined || aclAllows(record, cloud.directory.groups.membership.principalsOf(caller.objectId), wanted);

const numberOf = (address: string): number => addressRange(address)?.first ?? -1;
