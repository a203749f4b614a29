import * as pulumi from "@pulumi/pulumi";
import { ipRange } from "../checks/addresses";
import { Problems } from "../checks/argumentError";
import { lakeStoreId } from "../checks/identifiers";
import { autonamedStorageAccount, location, resourceGroupName } from "../checks/names";
import { write } from "../checks/refusal";
import { spelled } from "../checks/spelling";
import { storeName } from "../vault/exportChecks";
import {
  accessLists,
  checkAccess,
  DEFAULT_GEN1_PERMISSIONS,
  declareAccountRoles,
  type DataLakeGen1AccessArgs,
  type DataLakeGen1AccessList,
} from "./dataLakeGen1Access";
import { KeptPlace, rememberStanding } from "../updates/keptInPlace";
import { declareLakeStoreAccount } from "./dataLakeGen1Account";

/** The day on which Microsoft retired the service. */
export const GEN1_RETIREMENT_DATE = "2024-02-29";

/** Inputs of {@link DataLakeGen1}. */
export interface DataLakeGen1Args {
  /**
   * Resource ID of an account that exists. It is used and never owned: no run of the program changes or deletes it.
   * @default none: a new account, which needs allowRetiredService
   */
  readonly accountId?: pulumi.Input<string>;
  /**
   * Confirms that a new account of the retired service is wanted. Azure accepts one only with Microsoft's agreement.
   * @default false
   */
  readonly allowRetiredService?: boolean;
  /** Resource group of a new account. */
  readonly resourceGroupName?: pulumi.Input<string>;
  /**
   * Region of a new account in its short form, such as `westeurope`.
   * @default the provider's location
   */
  readonly location?: pulumi.Input<string>;
  /**
   * Name of a new account: 3 to 24 lowercase letters and digits, unique in all of Azure.
   * @default the component's name and eight digits
   */
  readonly accountName?: string;
  /**
   * Public IPv4 addresses or CIDR ranges from which a new account may be reached.
   * @default none
   */
  readonly allowedIpRanges?: string[];
  /** Tags of a new account. */
  readonly tags?: Record<string, pulumi.Input<string>>;
  /**
   * What daemons may do in the lake.
   * @default nothing
   */
  readonly access?: DataLakeGen1AccessArgs[];
}

const inputsOfNewAccount = ["resourceGroupName", "location", "accountName", "allowedIpRanges", "tags"] as const;

/**
 * A Data Lake Storage Gen1 account, for estates that still have one: the service was retired on 2024-02-29, and a new
 * lake is a DataLake. Access lists in it are data, which Azure Resource Manager cannot write; accessLists lists the
 * entries that are needed.
 *
 * @remarks
 * Without `accountId` the component is refused and points to DataLake, unless `allowRetiredService` confirms that a new account of
 * the retired service is intended. `accessLists` lists the entries that the lake's access lists need. Resource Manager cannot
 * write them; an owner of the lake does.
 *
 * @resource <name> | azure-native.datalakestore.Account | without `accountId`
 * @resource <name>-<daemon>-account-role | azure-native.authorization.RoleAssignment | one for each `access` with an `accountRole`
 * @see docs/how-to/data-lake-gen1.md
 *
 * @example
 * ```ts
 * const store = new DataLakeGen1("old-lake", {
 *   accountId: "/subscriptions/2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84/resourceGroups/rg-lake/providers/Microsoft.DataLakeStore/accounts/forecastlake",
 *   access: [{ daemon: "forecast-loader", principal: application, path: "/forecasts" }],
 * });
 * ```
 */
export class DataLakeGen1 extends pulumi.ComponentResource {
  /** Resource ID of the account. */
  public readonly accountId: pulumi.Output<string>;
  /** Name of the account: the store_name of Gen1's clients. */
  public readonly accountName: pulumi.Output<string>;
  /** `https://<account>.azuredatalakestore.net/`. */
  public readonly url: pulumi.Output<string>;
  /** The entries that the lake's access lists need for the access that is asked for. An owner of the lake sets them. */
  public readonly accessLists: pulumi.Output<DataLakeGen1AccessList[]>;

  /** @throws ArgumentError that lists every problem of the arguments. */
  constructor(name: string, args: DataLakeGen1Args, opts?: pulumi.ComponentResourceOptions) {
    super("azure-daemon-access:index:DataLakeGen1", name, {}, opts);
    const access = args.access ?? [];
    const problems = new Problems("DataLakeGen1", name);
    problems.requirePlain(args);
    check(problems, name, args);
    checkAccess(problems, access);
    problems.throwIfAny();

    this.accountId =
      args.accountId === undefined
        ? this.makeAccount(name, args, problems)
        : problems.idOnArrival("accountId", args.accountId, lakeStoreId);
    declareAccountRoles(name, this.accountId, access, problems, { parent: this });

    this.accountName = this.accountId.apply((id) => id.slice(id.lastIndexOf("/") + 1));
    this.url = pulumi.interpolate`https://${this.accountName}.azuredatalakestore.net/`;
    this.accessLists = pulumi.all(access.map(({ principal }) => spelled(principal.objectId))).apply((ids) =>
      accessLists(
        access.map(({ path, permissions = DEFAULT_GEN1_PERMISSIONS }, index) => ({
          principalId: ids[index] ?? "",
          path,
          permissions,
        })),
      ),
    );
    this.registerOutputs({ accountName: this.accountName, url: this.url });
  }

  private makeAccount(name: string, args: DataLakeGen1Args, problems: Problems): pulumi.Output<string> {
    const { resourceGroupName = "", accountName, location } = args;
    const place = new KeptPlace(problems, { resourceGroupName, name: accountName, input: "accountName", location });
    const account = declareLakeStoreAccount(name, { ...args, resourceGroupName }, place, { parent: this });
    const accountId = place.idOf(account);
    rememberStanding(this, place.standing(accountId));
    return accountId;
  }
}

function check(problems: Problems, name: string, args: DataLakeGen1Args): void {
  if (args.accountId !== undefined) {
    checkAdoption(problems, args);
    return;
  }
  if (args.allowRetiredService !== true) {
    problems.refuse("accountId", undefined, {
      needed: `the resource ID of an account that exists: Data Lake Storage Gen1 was retired on ${GEN1_RETIREMENT_DATE}, and Azure makes no new ones`,
      fix: "For a new lake use DataLake, which is Gen2; set allowRetiredService to true to create a new Gen1 account anyway.",
    });
    return;
  }
  if (args.resourceGroupName === undefined) {
    problems.refuse("resourceGroupName", undefined, {
      needed: "the resource group of the new account",
      fix: write("rg-daemons"),
    });
  }
  problems.checkInput("resourceGroupName", args.resourceGroupName, resourceGroupName);
  problems.checkInput("location", args.location, location);
  if (args.accountName === undefined) problems.check("name", name, autonamedStorageAccount);
  problems.checkOptional("accountName", args.accountName, storeName);
  problems.checkEach("allowedIpRanges", args.allowedIpRanges, ipRange);
  problems.checkTags("tags", args.tags);
  problems.checkDistinct("allowedIpRanges", args.allowedIpRanges, "each range once");
}

/** An account that exists is taken as it is: what describes a new one has no meaning beside it. */
function checkAdoption(problems: Problems, args: DataLakeGen1Args): void {
  problems.checkInput("accountId", args.accountId, lakeStoreId);
  for (const input of inputsOfNewAccount.filter((each) => args[each] !== undefined)) {
    problems.refuse(input, args[input], {
      needed: "only accountId, because an existing account is never changed",
      fix: `Leave ${input} out.`,
    });
  }
}
