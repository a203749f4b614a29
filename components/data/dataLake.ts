import * as storage from "@pulumi/azure-native/storage";
import * as pulumi from "@pulumi/pulumi";
import { inAnyCase } from "../access/anyCase";
import { groupIn } from "../access/ownSubscription";
import { Problems } from "../checks/argumentError";
import { placeOf } from "../checks/identifiers";
import { oneSpelling } from "../checks/spelling";
import { declareAccount, declareBesides } from "./dataLakeAccount";
import type { DataLakeArgs } from "./dataLakeArgs";
import { checkDataLake } from "./dataLakeChecks";
import { rememberLake } from "./lakeIdentity";

/**
 * A data lake (Data Lake Storage Gen2) and its file systems: Entra ID alone signs in, over TLS 1.2 and from named
 * networks. With accountId, file systems of an account that is there already.
 *
 * @example
 * ```ts
 * const lake = new DataLake("stdaemons", { resourceGroupName: "rg-daemons", fileSystems: ["forecasts"] });
 * ```
 */
export class DataLake extends pulumi.ComponentResource {
  /** Resource ID of the storage account. */
  public readonly accountId: pulumi.Output<string>;
  /** Name of the storage account. */
  public readonly accountName: pulumi.Output<string>;
  /** `https://<account>.dfs.core.windows.net/`. */
  public readonly url: pulumi.Output<string>;
  /** Names of the file systems. */
  public readonly fileSystems: pulumi.Output<string[]>;

  /** @throws ArgumentError that lists every problem of the arguments. */
  constructor(name: string, args: DataLakeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-daemon-access:index:DataLake", name, {}, opts);
    const problems = new Problems("DataLake", name);
    problems.requirePlain(args);
    checkDataLake(problems, name, args);
    problems.throwIfAny();

    const { accountId, accountName } =
      args.accountId === undefined ? this.makeAccount(name, args) : this.takeAccount(name, args.accountId, args);

    this.accountId = accountId;
    this.accountName = accountName;
    this.url = pulumi.interpolate`https://${accountName}.dfs.core.windows.net/`;
    this.fileSystems = pulumi.output(args.fileSystems);
    this.registerOutputs({ accountName: this.accountName, url: this.url });
  }

  private makeAccount(name: string, args: DataLakeArgs): Account {
    const children = { parent: this };
    const resourceGroupName = args.resourceGroupName ?? "";
    const account = declareAccount(name, args, resourceGroupName, children);
    const place = { resourceGroupName, accountName: account.name };
    const fileSystems = declareFileSystems(name, args.fileSystems, place, { ...children, deletedWith: account });
    declareBesides(name, account, args, resourceGroupName, [...fileSystems.values()], children);
    rememberLake(this, { fileSystems, account, locked: args.lock === true });
    return { accountId: account.id, accountName: account.name };
  }

  /** The account stays its owner's; of it, only the file systems that are asked for are this program's. */
  private takeAccount(name: string, given: string, { fileSystems }: DataLakeArgs): Account {
    const accountId = oneSpelling(given);
    const { resourceGroupName: group, name: accountName } = placeOf(accountId);
    const told = { component: "DataLake", name, input: "accountId" };
    if (fileSystems.length > 0) {
      const place = { resourceGroupName: groupIn(accountId, group, told, this), accountName };
      const declared = declareFileSystems(name, fileSystems, place, { parent: this });
      rememberLake(this, { fileSystems: declared, locked: false });
    }
    return { accountId: pulumi.output(accountId), accountName: pulumi.output(accountName) };
  }
}

interface Account {
  readonly accountId: pulumi.Output<string>;
  readonly accountName: pulumi.Output<string>;
}

function declareFileSystems(
  name: string,
  names: readonly string[],
  place: { readonly resourceGroupName: pulumi.Input<string>; readonly accountName: pulumi.Input<string> },
  opts: pulumi.CustomResourceOptions,
): ReadonlyMap<string, storage.BlobContainer> {
  const declare = (containerName: string): storage.BlobContainer =>
    inAnyCase(place, opts, (options) => {
      const args = { ...place, containerName, publicAccess: storage.PublicAccess.None };
      return new storage.BlobContainer(`${name}-${containerName}`, args, options);
    });
  return new Map(names.map((each) => [each, declare(each)]));
}
