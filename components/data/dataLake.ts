import * as storage from "@pulumi/azure-native/storage";
import * as pulumi from "@pulumi/pulumi";
import { inAnyCase, within } from "../access/anyCase";
import { groupIn } from "../access/ownSubscription";
import { Problems } from "../checks/argumentError";
import { waiverInputs } from "../policies/waivers";
import { placeOf } from "../checks/identifiers";
import type { Refusal } from "../checks/refusal";
import { oneSpelling } from "../checks/spelling";
import { declareAccount, declareBesides } from "./dataLakeAccount";
import type { DataLakeArgs } from "./dataLakeArgs";
import { checkDataLake } from "./dataLakeChecks";
import { KeptPlace, rememberStanding } from "../updates/keptInPlace";
import { rememberLake } from "./lakeIdentity";

/**
 * A data lake (Data Lake Storage Gen2) and its file systems: access only with Entra ID, over TLS 1.2 and from
 * configured networks. With accountId, file systems of an existing account.
 *
 * @remarks
 * A new account has a hierarchical namespace, accepts TLS 1.2 and Microsoft Entra ID tokens only, and denies every network that is
 * not named. With `accountId`, only the file systems are declared.
 *
 * @resource <name> | azure-native.storage.StorageAccount | without `accountId`
 * @resource <name>-<file system> | azure-native.storage.BlobContainer | one for each file system
 * @resource <name>-dfs-endpoint, <name>-blob-endpoint | azure-native.network.PrivateEndpoint | with `privateEndpoint`
 * @resource <name>-dfs-dns, <name>-blob-dns | azure-native.network.PrivateDnsZoneGroup | with the zones of `privateEndpoint`
 * @resource <name>-soft-delete | azure-native.storage.BlobServiceProperties | with `softDeleteDays`
 * @resource <name>-lifecycle | azure-native.storage.ManagementPolicy | with `lifecycle`
 * @resource <name>-diagnostics | azure-native.monitor.DiagnosticSetting | with `diagnostics`
 * @resource <name>-lock | azure-native.authorization.ManagementLockByScope | with `lock`
 * @see docs/how-to/delivery.md
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
    super("azure-daemon-access:index:DataLake", name, waiverInputs(args.waivers), opts);
    const problems = new Problems("DataLake", name);
    problems.requirePlain(args);
    checkDataLake(problems, name, args);
    problems.throwIfAny();

    const { accountId, accountName } =
      args.accountId === undefined
        ? this.makeAccount(name, args, problems)
        : this.takeAccount(name, args.accountId, args);

    this.accountId = accountId;
    this.accountName = accountName;
    this.url = pulumi.interpolate`https://${accountName}.dfs.core.windows.net/`;
    this.fileSystems = pulumi.output(args.fileSystems);
    this.registerOutputs({ accountName: this.accountName, url: this.url });
  }

  private makeAccount(name: string, args: DataLakeArgs, problems: Problems): Account {
    const children = { parent: this };
    const resourceGroupName = args.resourceGroupName ?? "";
    const { accountName, location } = args;
    const asked = { resourceGroupName: args.resourceGroupName, name: accountName, input: "accountName", location };
    const kept = new KeptPlace(problems, asked);
    const account = declareAccount(name, args, resourceGroupName, kept, children);
    const accountId = pulumi.all([kept.idOf(account), account.isHnsEnabled]).apply(([id, isHnsEnabled]) => {
      if (isHnsEnabled !== true) throw problems.late("accountName", accountName, HIERARCHICAL);
      return id;
    });
    const dependsOn = kept.standing(accountId);
    rememberStanding(this, dependsOn);
    const place = { resourceGroupName, accountName: account.name };
    const beside = { ...children, dependsOn };
    const inside = within(account.id, ["resourceGroupName", "accountName"], { ...beside, deletedWith: account });
    const fileSystems = declareFileSystems(args.fileSystems, (each) => fileSystem(name, each, place, inside));
    declareBesides(name, account, args, resourceGroupName, [...fileSystems.values()], beside);
    rememberLake(this, { fileSystems, account, locked: args.lock === true });
    return { accountId, accountName: account.name };
  }

  /** The account stays its owner's; of it, only the file systems that are asked for are this program's. */
  private takeAccount(name: string, given: string, { fileSystems }: DataLakeArgs): Account {
    const accountId = oneSpelling(given);
    const { resourceGroupName: group, name: accountName } = placeOf(accountId);
    const told = { component: "DataLake", name, input: "accountId" };
    if (fileSystems.length > 0) {
      const place = { resourceGroupName: groupIn(accountId, group, told, this), accountName };
      const declared = declareFileSystems(fileSystems, (each) =>
        inAnyCase(place, { parent: this }, (options) => fileSystem(name, each, place, options)),
      );
      rememberLake(this, { fileSystems: declared, locked: false });
    }
    return { accountId: pulumi.output(accountId), accountName: pulumi.output(accountName) };
  }
}

/** Of an account that was taken over. Azure gives none a hierarchical namespace by an update. */
const HIERARCHICAL: Refusal = {
  needed: "an account with a hierarchical namespace",
  fix: "Convert it first (az storage account hns-migration start), and after that run pulumi refresh.",
};

interface Account {
  readonly accountId: pulumi.Output<string>;
  readonly accountName: pulumi.Output<string>;
}

interface Place {
  readonly resourceGroupName: pulumi.Input<string>;
  readonly accountName: pulumi.Input<string>;
}

const declareFileSystems = (
  names: readonly string[],
  declare: (name: string) => storage.BlobContainer,
): ReadonlyMap<string, storage.BlobContainer> => new Map(names.map((each) => [each, declare(each)]));

const fileSystem = (
  name: string,
  containerName: string,
  place: Place,
  opts: pulumi.CustomResourceOptions,
): storage.BlobContainer =>
  new storage.BlobContainer(
    `${name}-${containerName}`,
    { ...place, containerName, publicAccess: storage.PublicAccess.None },
    opts,
  );
