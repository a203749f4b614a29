import { TokenRefused, type Caller } from "../entra/caller";
import type { Cloud } from "../cloud";
import { header, type AzureRequest } from "../http/message";
import { rangeHolds } from "../network/addressRange";
import { clientAddress } from "../network/clientAddress";
import type { AccountRecord } from "./accountRecord";
import { aclAllows } from "./acl";
import type { LakeRequest } from "./lakeRequest";
import type { SharedAccess } from "./sharedAccess";
import { ancestorsOf, parentOf, type PathRecord } from "./pathRecord";
import {
  firewall,
  invalidAuthentication,
  keysNotPermitted,
  keysNotSupported,
  noAuthentication,
  permissionMismatch,
  storageAudience,
} from "./refusal";

const containers = "Microsoft.Storage/storageAccounts/blobServices/containers";
const blobs = `${containers}/blobs`;

/** What a caller wants of a path: the data actions of which one is enough, or else rights in access control lists. */
export interface PathNeed {
  readonly dataActions: readonly string[];
  /** Rights on the path itself, for example "r"; none where only the way to it matters. */
  readonly onPath?: string;
  /** Rights on the directory above it, for example "wx". */
  readonly onParent?: string;
  /** Permissions of a shared access signature of which one is enough; none where no signature of a container is. */
  readonly signed?: string;
}

export const needs = {
  read: { dataActions: [`${blobs}/read`], onPath: "r", signed: "r" },
  look: { dataActions: [`${blobs}/read`], signed: "r" },
  list: { dataActions: [`${blobs}/read`], onPath: "rx", signed: "l" },
  create: { dataActions: [`${blobs}/write`, `${blobs}/add/action`], onParent: "wx", signed: "cw" },
  write: { dataActions: [`${blobs}/write`], onPath: "w", signed: "w" },
  append: { dataActions: [`${blobs}/write`, `${blobs}/add/action`], onPath: "w", signed: "aw" },
  delete: { dataActions: [`${blobs}/delete`], onParent: "wx", signed: "d" },
  moveFrom: { dataActions: [`${blobs}/move/action`, `${blobs}/delete`], onParent: "wx" },
  moveTo: { dataActions: [`${blobs}/write`], onParent: "wx" },
} as const satisfies Record<string, PathNeed>;

/** The caller of a data request, by its token. @throws Refusal */
export async function authenticate(cloud: Cloud, request: AzureRequest, account: AccountRecord): Promise<Caller> {
  const authorization = header(request, "authorization") ?? "";
  if (/^sharedkey/i.test(authorization)) {
    throw account.properties.allowSharedKeyAccess === false ? keysNotPermitted() : keysNotSupported();
  }
  const ownAudiences = ["dfs", "blob"].map((service) => `https://${account.name}.${service}.core.windows.net`);
  try {
    return await cloud.tokens.authenticate(request, [storageAudience, ...ownAudiences]);
  } catch (error) {
    if (error instanceof TokenRefused) {
      throw error.problem === "missing" ? noAuthentication() : invalidAuthentication();
    }
    throw error;
  }
}

/** @throws Refusal where the account's firewall keeps the client out */
export function passFirewall({ properties }: AccountRecord): void {
  const { publicNetworkAccess, networkAcls } = properties;
  const isLetIn =
    networkAcls.defaultAction === "Allow" || networkAcls.ipRules.some(({ value }) => rangeHolds(value, clientAddress));
  if (publicNetworkAccess === "Disabled" || !isLetIn) {
    throw firewall();
  }
}

/** Checks the right to a file system itself, or with no name to all of them. @throws Refusal */
export function mayFileSystem(lake: LakeRequest, right: "read" | "write" | "delete", name = lake.fileSystem): void {
  if (lake.sharedAccess !== undefined) {
    throw permissionMismatch();
  }
  const scope = name === "" ? lake.account.id : fileSystemScope(lake.account, name);
  if (!lake.cloud.access.allows(lake.caller.objectId, `${containers}/${right}`, scope)) {
    throw permissionMismatch();
  }
}

/** Checks a right to a path: role assignments first, then the access control lists on the way. @throws Refusal */
export function mayPath(lake: LakeRequest, need: PathNeed, path = lake.path, fileSystem = lake.fileSystem): void {
  if (lake.sharedAccess !== undefined) {
    checkSigned(lake.sharedAccess, need, fileSystem);
    return;
  }
  const scope = fileSystemScope(lake.account, fileSystem);
  const allowed = need.dataActions.some((action) => lake.cloud.access.allowsData(lake.caller.objectId, action, scope));
  if (!allowed && !allowedByLists(lake, need, path, fileSystem)) {
    throw permissionMismatch();
  }
}

/** Only a path's owner and holders of the right to change ownership may change its list. @throws Refusal */
export function mayControl(
  lake: LakeRequest,
  record: PathRecord | undefined,
  change: "permissions" | "ownership",
): void {
  const action = change === "permissions" ? "modifyPermissions/action" : "manageOwnership/action";
  const scope = fileSystemScope(lake.account, lake.fileSystem);
  if (lake.sharedAccess !== undefined) {
    throw permissionMismatch();
  }
  const isOwner = record?.owner === lake.caller.objectId && change === "permissions";
  if (!isOwner && !lake.cloud.access.allowsData(lake.caller.objectId, `${blobs}/${action}`, scope)) {
    throw permissionMismatch();
  }
}

/** A signature's own permissions are all that its bearer has. */
function checkSigned(granted: SharedAccess, { signed = "" }: PathNeed, fileSystem: string): void {
  const allowed =
    fileSystem === granted.fileSystem && Array.from(signed).some((each) => granted.permissions.includes(each));
  if (!allowed) {
    throw permissionMismatch();
  }
}

function allowedByLists(lake: LakeRequest, need: PathNeed, path: string, fileSystem: string): boolean {
  if (lake.account.properties.isHnsEnabled !== true || lake.fileSystems.get(fileSystem) === undefined) {
    return false;
  }
  const tree = lake.fileSystems.treeOf(fileSystem);
  const principals = lake.cloud.directory.groups.membership.principalsOf(lake.caller.objectId);
  const allows = (at: string, wanted: string): boolean => {
    const record = tree.get(at);
    return record !== undefined && aclAllows(record, principals, wanted);
  };
  // The way to the root leads through the root itself.
  const way = path === "" ? [""] : ancestorsOf(path);
  return (
    way.every((ancestor) => allows(ancestor, "x")) &&
    (need.onPath === undefined || allows(path, need.onPath)) &&
    (need.onParent === undefined || allows(parentOf(path), need.onParent))
  );
}

const fileSystemScope = (account: AccountRecord, name: string): string =>
  `${account.id}/blobServices/default/containers/${name}`;
