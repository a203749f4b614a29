import {
  aclOfMode,
  formatAcl,
  modifyAcl,
  parseAcl,
  parseAclKeys,
  parseMode,
  removeAcl,
  withMask,
  withPermissions,
  type Acl,
} from "../dataLake/acl";
import type { PathRecord } from "../dataLake/pathRecord";
import { empty, json, type AzureResponse } from "../http/message";
import { octalOf } from "./fileStatus";
import { illegalArgument, invalidAcl, notAuthorized } from "./refusal";
import { isSuperuser, mayControl, mayPath } from "./storeAccess";
import { existingPath, parsedQuery, query, type StoreRequest } from "./storeRequest";
import type { StoreRoute } from "./storeRouter";
import { isSticky } from "./storeTree";

const list = "a list such as user:{object ID}:rwx,default:user:{object ID}:rwx";

/** Calls on owners, permissions and access control lists. */
export const aclRoutes: readonly StoreRoute[] = [
  { operation: "MSGETACLSTATUS", method: "GET", handle: getAclStatus },
  { operation: "GETACLSTATUS", method: "GET", handle: getAclStatus },
  { operation: "SETACL", method: "PUT", handle: (store) => change(store, replaced(given(store, parseAcl))) },
  {
    operation: "MODIFYACLENTRIES",
    method: "PUT",
    handle: (store) => change(store, modified(given(store, parseAcl))),
  },
  {
    operation: "REMOVEACLENTRIES",
    method: "PUT",
    handle: (store) => change(store, removed(given(store, parseKeys))),
  },
  { operation: "REMOVEACL", method: "PUT", handle: (store) => change(store, ownEntries) },
  {
    operation: "REMOVEDEFAULTACL",
    method: "PUT",
    handle: (store) => change(store, (acl) => acl.filter(({ isDefault }) => !isDefault)),
  },
  { operation: "SETPERMISSION", method: "PUT", handle: setPermission },
  { operation: "SETOWNER", method: "PUT", handle: setOwner },
];

function getAclStatus(store: StoreRequest): AzureResponse {
  mayPath(store, {});
  const record = existingPath(store);
  const { acl, owner, group } = record;
  const entries = formatAcl(acl).split(",");
  const permission = octalOf(record).slice(-3);
  return json(200, { AclStatus: { entries, owner, group, permission, stickyBit: isSticky(record) } });
}

function setPermission(store: StoreRequest): AzureResponse {
  const record = controlledPath(store);
  const text = query(store, "permission") ?? "";
  const mode = parsedQuery(store, "permission", parseMode, "an octal number such as 770");
  const permitted = store.tree.change(record, { acl: withPermissions(record.acl, aclOfMode(mode)) });
  store.tree.setSticky(permitted, /^1[0-7]{3}$/.test(text));
  return empty(200);
}

/** Only superusers give a path to another owner; its owner may change the group to one that is theirs. */
function setOwner(store: StoreRequest): AzureResponse {
  const record = controlledPath(store);
  const [owner = record.owner, group = record.group] = [query(store, "owner"), query(store, "group")];
  const { objectId } = store.caller;
  if (!isSuperuser(store) && (owner !== record.owner || (group !== record.group && group !== objectId))) {
    throw notAuthorized(store.operation);
  }
  if (query(store, "owner") === undefined && query(store, "group") === undefined) {
    throw illegalArgument("owner", undefined, "given, nor is group: one of them is needed");
  }
  store.tree.change(record, { owner, group });
  return empty(200);
}

/** The path of a request, whose list the caller may change. Who may not pass to it is not told whether it is there. */
function controlledPath(store: StoreRequest): PathRecord {
  mayPath(store, {});
  const record = existingPath(store);
  mayControl(store, record);
  return record;
}

function change(store: StoreRequest, next: (acl: Acl) => Acl): AzureResponse {
  const record = controlledPath(store);
  const acl = next(record.acl);
  if (!record.isDirectory && acl.some(({ isDefault }) => isDefault)) {
    throw invalidAcl("only directories may have a default ACL.");
  }
  store.tree.change(record, { acl });
  return empty(200);
}

const given = (store: StoreRequest, parse: (text: string) => Acl | undefined): Acl =>
  parsedQuery(store, "aclspec", parse, list);

/** Entries to remove may carry their permissions, which say nothing then. */
const parseKeys = (text: string): Acl | undefined => parseAclKeys(text.replace(/:[r-][w-][x-](?=,|$)/g, ":"));

/** The list of one kind takes the place of the one that was there; the other kind stays. */
const replaced =
  (entries: Acl) =>
  (acl: Acl): Acl => {
    const kinds = [false, true].map((isDefault) => {
      const next = entries.filter((entry) => entry.isDefault === isDefault);
      return next.length > 0 ? next : acl.filter((entry) => entry.isDefault === isDefault);
    });
    const whole = kinds.flat();
    if (ownEntries(entries).length !== 3 && entries.some(({ isDefault }) => !isDefault)) {
      throw invalidAcl("the user, group and other entries are required.");
    }
    return withMask(withOwnDefaults(whole));
  };

const modified =
  (entries: Acl) =>
  (acl: Acl): Acl =>
    modifyAcl(withOwnDefaults([...acl, ...defaultsOf(entries, acl)]), entries);

const removed =
  (entries: Acl) =>
  (acl: Acl): Acl =>
    removeAcl(acl, entries);

/** The entries of the owner, the owning group and others. */
const ownEntries = (acl: Acl): Acl =>
  acl.filter(({ isDefault, type, id }) => !isDefault && type !== "mask" && id === "");

/** A first default entry, so that a list which has none yet gets the owner's own ones too. */
const defaultsOf = (entries: Acl, acl: Acl): Acl =>
  acl.some(({ isDefault }) => isDefault) ? [] : entries.filter(({ isDefault }) => isDefault);

/** A default list has entries for the owner, the group and others: where they are missing, those of the path itself. */
function withOwnDefaults(acl: Acl): Acl {
  const defaults = acl.filter(({ isDefault }) => isDefault);
  const missing = ownEntries(acl).filter(
    ({ type }) => !defaults.some((entry) => entry.type === type && entry.id === ""),
  );
  return defaults.length === 0 ? acl : [...acl, ...missing.map((entry) => ({ ...entry, isDefault: true }))];
}
