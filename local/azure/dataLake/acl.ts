/** One entry of a POSIX access control list. */
export interface AclEntry {
  /** A default entry: what a directory's new children inherit. */
  readonly isDefault: boolean;
  readonly type: "user" | "group" | "mask" | "other";
  /** Object ID of a named user or group; empty for the owner's own entries. */
  readonly id: string;
  /** For example "rw-". */
  readonly permissions: string;
}

export type Acl = readonly AclEntry[];

const entryPattern = /^(default:)?(user|group|mask|other):([^:]*):([r-][w-][x-])$/;
const symbolicPattern = /^[r-][w-][x-][r-][w-][x-][r-][w-][xtT-]\+?$/;

/** Reads `user::rwx,group::r-x,…`; undefined where it is none. */
export function parseAcl(text: string): Acl | undefined {
  const entries = text.split(",").map((entry) => {
    const [, isDefault, type, id = "", permissions = ""] = entryPattern.exec(entry.trim()) ?? [];
    return type === undefined
      ? undefined
      : { isDefault: isDefault !== undefined, type: type as AclEntry["type"], id, permissions };
  });
  return entries.every((entry) => entry !== undefined) ? entries : undefined;
}

/** Reads entries to remove, which name no permissions: `user:{id},default:group:{id}`; undefined where they are none. */
export function parseAclKeys(text: string): Acl | undefined {
  return parseAcl(
    text
      .split(",")
      .map((entry) => `${entry.trim()}${/:/.test(entry.replace("default:", "")) ? "" : ":"}:---`)
      .join(","),
  );
}

export const formatAcl = (acl: Acl): string =>
  acl
    .map(({ isDefault, type, id, permissions }) => `${isDefault ? "default:" : ""}${type}:${id}:${permissions}`)
    .join(",");

/** Reads permissions such as "rwxr-x---" or "0750" as a mode; undefined where they are neither. A sticky bit is dropped. */
export function parseMode(text: string): number | undefined {
  if (/^[01]?[0-7]{3}$/.test(text)) {
    return parseInt(text.slice(-3), 8);
  }
  return symbolicPattern.test(text)
    ? parseInt(
        text
          .slice(0, 9)
          .replace(/[rwxt]/g, "1")
          .replace(/[-T]/g, "0"),
        2,
      )
    : undefined;
}

/** The owner, owning group and other entries of a mode such as 0o750. */
export const aclOfMode = (mode: number): Acl => [
  { isDefault: false, type: "user", id: "", permissions: triple(mode >> 6) },
  { isDefault: false, type: "group", id: "", permissions: triple(mode >> 3) },
  { isDefault: false, type: "other", id: "", permissions: triple(mode) },
];

/** "rwxr-x---", with a plus where there are more entries than these three. */
export function permissionsOf(acl: Acl): string {
  const own = (type: AclEntry["type"]): string | undefined => accessEntry(acl, type, "")?.permissions;
  const shown = `${own("user") ?? "---"}${own("mask") ?? own("group") ?? "---"}${own("other") ?? "---"}`;
  return acl.length > 3 ? `${shown}+` : shown;
}

/** The list after new permissions: named and default entries stay, and a mask takes the group's place. */
export function withPermissions(acl: Acl, permissions: Acl): Acl {
  return acl.map((entry) => {
    if (entry.isDefault || entry.id !== "" || (hasMask(acl, false) && entry.type === "group")) {
      return entry;
    }
    const source = accessEntry(permissions, entry.type === "mask" ? "group" : entry.type, "");
    return source === undefined ? entry : { ...entry, permissions: source.permissions };
  });
}

/** The list after some entries are set; others stay. A mask that is not among them is worked out anew. */
export function modifyAcl(acl: Acl, changes: Acl): Acl {
  const stays = removeAcl(acl, changes).filter(({ type, isDefault }) => type !== "mask" || hasMask(changes, isDefault));
  return withMask([...stays, ...changes]);
}

/** A list with named entries always has a mask: where none is given, it lets through what any of the group's class has. */
export function withMask(acl: Acl): Acl {
  const masks = [false, true].flatMap((isDefault) => {
    const entries = acl.filter((entry) => entry.isDefault === isDefault);
    const groupClass = entries.filter(({ type, id }) => type === "group" || (type === "user" && id !== ""));
    const isNamed = entries.some(({ id }) => id !== "");
    const letters = Array.from("rwx", (letter) =>
      groupClass.some(({ permissions }) => permissions.includes(letter)) ? letter : "-",
    );
    return isNamed && !hasMask(acl, isDefault)
      ? [{ isDefault, type: "mask" as const, id: "", permissions: letters.join("") }]
      : [];
  });
  return [...acl, ...masks];
}

export const removeAcl = (acl: Acl, gone: Acl): Acl =>
  acl.filter((entry) => !gone.some((other) => sameKey(entry, other)));

/** What a new child gets from its parent's default entries; undefined where there are none. */
export function inheritedAcl(parent: Acl, childIsDirectory: boolean): Acl | undefined {
  const defaults = parent.filter(({ isDefault }) => isDefault);
  if (defaults.length === 0) {
    return undefined;
  }
  const access = defaults.map((entry) => ({ ...entry, isDefault: false }));
  return childIsDirectory ? [...access, ...defaults] : access;
}

/** What has an access control list. */
interface Guarded {
  readonly acl: Acl;
  readonly owner: string;
  /** The owning group. */
  readonly group: string;
}

/**
 * Whether the list lets a principal do all of `wanted`, for example "wx".
 * @param principals object IDs of the caller, and after it of each group that it is in
 */
export function aclAllows(
  { acl, owner, group }: Guarded,
  [principal = "", ...groups]: readonly string[],
  wanted: string,
): boolean {
  const named = accessEntry(acl, "user", principal);
  const mask = accessEntry(acl, "mask", "")?.permissions ?? "rwx";
  const holds = (permissions: string | undefined): boolean =>
    Array.from(wanted).every((permission) => permissions?.includes(permission) === true);
  if (owner === principal) {
    return holds(accessEntry(acl, "user", "")?.permissions);
  }
  if (named !== undefined) {
    return holds(named.permissions) && holds(mask);
  }
  const ofGroups = acl.filter(
    (entry) => !entry.isDefault && entry.type === "group" && groups.includes(entry.id === "" ? group : entry.id),
  );
  // One entry must grant it all: entries do not add up, and whoever is in one of the groups is not among the others.
  return ofGroups.length > 0
    ? ofGroups.some(({ permissions }) => holds(permissions)) && holds(mask)
    : holds(accessEntry(acl, "other", "")?.permissions);
}

const triple = (bits: number): string => `${bits & 4 ? "r" : "-"}${bits & 2 ? "w" : "-"}${bits & 1 ? "x" : "-"}`;

const accessEntry = (acl: Acl, type: AclEntry["type"], id: string): AclEntry | undefined =>
  acl.find((entry) => !entry.isDefault && entry.type === type && entry.id === id);

const hasMask = (acl: Acl, isDefault: boolean): boolean =>
  acl.some((entry) => entry.type === "mask" && entry.isDefault === isDefault);

const sameKey = (a: AclEntry, b: AclEntry): boolean =>
  a.isDefault === b.isDefault && a.type === b.type && a.id === b.id;
