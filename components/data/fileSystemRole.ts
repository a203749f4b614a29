import * as pulumi from "@pulumi/pulumi";
import { subscriptionIn } from "../access/ownSubscription";
import { assignRole } from "../access/roleAssignment";
import { isWithoutSubscription, lakeRoles, roleDefinitionId, roleIn } from "../access/roles";
import type { Problems } from "../checks/argumentError";
import { fileSystemName } from "../checks/names";
import { didYouMean } from "../checks/nearest";
import { type LakeIdentity, ownedOf } from "./lakeIdentity";

export const DEFAULT_LAKE_ROLE = "Storage Blob Data Contributor";

/** What a daemon may do in one file system of a lake. */
export interface FileSystemRoleArgs {
  /** The lake: a DataLake, or the IDs of one. */
  readonly account: LakeIdentity;
  /** The file system the role is for. The daemon gets no access to the lake's other file systems. */
  readonly fileSystem: string;
  /**
   * `Storage Blob Data Reader`, `Storage Blob Data Contributor`, or the ID of a role definition.
   * @default "Storage Blob Data Contributor"
   */
  readonly role?: string;
  /**
   * Lets role be Storage Blob Data Owner, which no access control list binds, or another privileged role.
   * @default false
   */
  readonly allowPrivilegedRole?: boolean;
}

/** Judges the file system's name and the role. */
export function checkFileSystemRole(problems: Problems, prefix: string, args: FileSystemRoleArgs): void {
  problems.check(`${prefix}fileSystem`, args.fileSystem, fileSystemName);
  const lake = ownedOf(args.account);
  const known = lake?.account && lake.fileSystems;
  if (known && !known.has(args.fileSystem) && !fileSystemName(args.fileSystem)) {
    problems.refuse(`${prefix}fileSystem`, args.fileSystem, {
      needed: "a file system that the lake has",
      fix: didYouMean(args.fileSystem, known.keys(), "Add it to the lake's fileSystems."),
    });
  }
  const role = args.role ?? DEFAULT_LAKE_ROLE;
  problems.check(`${prefix}role`, role, roleIn(lakeRoles, args.allowPrivilegedRole ?? false));
}

/** Declares the role assignment of checked arguments. */
export function declareFileSystemRole(
  name: string,
  args: FileSystemRoleArgs,
  principalId: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource },
): void {
  const role = args.role ?? DEFAULT_LAKE_ROLE;
  const lake = ownedOf(args.account);
  const fileSystem = lake?.fileSystems.get(args.fileSystem);
  assignRole(
    `${name}-lake-role`,
    {
      scope: pulumi.interpolate`${args.account.accountId}/blobServices/default/containers/${args.fileSystem}`,
      roleDefinitionId: subscriptionIn(args.account.accountId, opts.parent, lake?.account).apply((id) =>
        roleDefinitionId(lakeRoles, role, id),
      ),
      principalId,
      principalType: "ServicePrincipal",
      deleteFirst: isWithoutSubscription(role),
    },
    pulumi.mergeOptions(opts, {
      // The scope is a name that we put together, so nothing else says that the file system comes first.
      ...(fileSystem && { dependsOn: fileSystem }),
      // Under a lock it cannot go by itself; it goes with the account.
      ...(lake?.locked === true && lake.account && { deletedWith: lake.account }),
    }),
  );
}
