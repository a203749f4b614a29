import * as pulumi from "@pulumi/pulumi";
import { assignRole } from "../access/roleAssignment";
import { isWithoutSubscription, roleDefinitionId, roleIn, type RoleTable } from "../access/roles";
import type { Problems } from "../checks/argumentError";
import { objectId, subscriptionOf } from "../checks/identifiers";
import { daemonName } from "../checks/names";
import { firstRepeated } from "../checks/oneOf";
import { type Check, write } from "../checks/refusal";
import type { Principal } from "../principal";

/** Read, write, and pass through. */
export const DEFAULT_GEN1_PERMISSIONS = "rwx";

/** What a daemon may do in a Data Lake Storage Gen1 account. */
export interface DataLakeGen1AccessArgs {
  /** Name of the daemon, as resources are named after it: 1 to 64 lowercase letters, digits and single hyphens. */
  readonly daemon: string;
  /**
   * The name that the daemon had before, for one update: its role on the account is kept.
   * @default none
   */
  readonly formerDaemon?: string;
  /** The identity that gets the access. */
  readonly principal: Principal;
  /** The directory, from the root on, such as `/forecasts`. `/` is the whole lake. */
  readonly path: string;
  /**
   * Rights in the directory and in what is created in it later, in POSIX letters: `rwx`, `r-x`.
   * @default "rwx"
   */
  readonly permissions?: string;
  /**
   * An Azure role on the account, for programs that manage accounts: `Reader`, or the ID of a role definition. Files
   * need none.
   * @default none
   */
  readonly accountRole?: string;
  /**
   * Lets accountRole be Contributor, or Owner, which no access list binds.
   * @default false
   */
  readonly allowPrivilegedRole?: boolean;
}

/** The entries that one directory's access list needs. */
export interface DataLakeGen1AccessList {
  /** The directory, from the root on. */
  readonly path: string;
  /** Entries as Gen1's clients take them: `user:<object ID>:rwx`, `default:user:<object ID>:rwx`. */
  readonly entries: string[];
}

/** Azure roles on a Data Lake Store account. They govern the account, and but for Owner say nothing of its files. */
export const lakeStoreRoles: RoleTable = {
  usual: { Reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7" },
  privileged: {
    Contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
    Owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  },
};

export const lakeStoreDirectory: Check = (value) =>
  value === "/" || (/^(?:\/[^/\p{Cc}]+)+$/u.test(value) && !/\/\.{1,2}(?:\/|$)/.test(value))
    ? undefined
    : { needed: "a directory's path from the root on, without a slash at its end", fix: write("/forecasts") };

export const lakeStorePermissions: Check = (value) =>
  /^(?!---)[r-][w-][x-]$/.test(value)
    ? undefined
    : { needed: "rights in POSIX's letters: r or -, w or -, x or -", fix: write("r-x") };

/** Judges every access. */
export function checkAccess(problems: Problems, access: readonly DataLakeGen1AccessArgs[]): void {
  access.forEach((each, index) => {
    const input = `access[${index}]`;
    problems.check(`${input}.daemon`, each.daemon, daemonName);
    problems.checkOptional(`${input}.formerDaemon`, each.formerDaemon, daemonName);
    problems.checkInput(`${input}.principal.objectId`, each.principal.objectId, objectId);
    problems.check(`${input}.path`, each.path, lakeStoreDirectory);
    problems.checkOptional(`${input}.permissions`, each.permissions, lakeStorePermissions);
    const role = roleIn(lakeStoreRoles, each.allowPrivilegedRole ?? false);
    problems.checkOptional(`${input}.accountRole`, each.accountRole, role);
  });
  const repeated = firstRepeated(access.map(({ daemon, path }) => `${daemon} at ${path}`));
  if (repeated) {
    const needed = "each directory once for a daemon";
    problems.refuse(`access[${repeated.index}]`, repeated.word, { needed, fix: "Remove one of them." });
  }
  const withRole = access.flatMap(({ daemon, accountRole }, index) => (accountRole ? [{ daemon, index }] : []));
  const twice = firstRepeated(withRole.map(({ daemon }) => daemon));
  if (twice) {
    problems.refuse(`access[${withRole[twice.index]?.index ?? 0}].accountRole`, twice.word, {
      needed: "one role on the account for a daemon",
      fix: "Give it with one of the daemon's directories.",
    });
  }
}

/** Declares the roles on the account that checked arguments ask for. */
export function declareAccountRoles(
  name: string,
  accountId: pulumi.Output<string>,
  access: readonly DataLakeGen1AccessArgs[],
  problems: Problems,
  opts: pulumi.CustomResourceOptions,
): void {
  access.forEach(({ daemon, formerDaemon, principal, accountRole }, index) => {
    if (accountRole === undefined) return;
    assignRole(
      `${name}-${daemon}-account-role`,
      {
        scope: accountId,
        roleDefinitionId: accountId.apply((id) =>
          roleDefinitionId(lakeStoreRoles, accountRole, subscriptionOf(id) ?? ""),
        ),
        principalId: problems.idOnArrival(`access[${index}].principal.objectId`, principal.objectId, objectId),
        principalType: "ServicePrincipal",
        deleteFirst: isWithoutSubscription(accountRole),
      },
      formerDaemon === undefined ? opts : { ...opts, aliases: [{ name: `${name}-${formerDaemon}-account-role` }] },
    );
  });
}

interface Wish {
  readonly principalId: string;
  readonly path: string;
  readonly permissions: string;
}

/**
 * The entries that give every wish: the rights on the directory, the same as its default for what is made in it later,
 * and the right to pass through each directory above.
 */
export function accessLists(wishes: readonly Wish[]): DataLakeGen1AccessList[] {
  const rights = new Map<string, Map<string, string>>();
  const add = (path: string, entry: string, letters: string): void => {
    const entries = rights.get(path) ?? new Map<string, string>();
    entries.set(entry, united(entries.get(entry) ?? "---", letters));
    rights.set(path, entries);
  };
  for (const wish of wishes) {
    for (const above of directoriesAbove(wish.path)) add(above, `user:${wish.principalId}`, "--x");
    add(wish.path, `user:${wish.principalId}`, wish.permissions);
    add(wish.path, `default:user:${wish.principalId}`, wish.permissions);
  }
  return [...rights]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, entries]) => ({ path, entries: [...entries].map(([entry, letters]) => `${entry}:${letters}`) }));
}

/** "/", "/a" for "/a/b". */
function directoriesAbove(path: string): string[] {
  const names = path.split("/").slice(1, -1);
  return path === "/" ? [] : ["/", ...names.map((_, index) => `/${names.slice(0, index + 1).join("/")}`)];
}

const united = (a: string, b: string): string =>
  Array.from("rwx", (letter) => (a.includes(letter) || b.includes(letter) ? letter : "-")).join("");
