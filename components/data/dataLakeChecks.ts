import { ipRange } from "../checks/addresses";
import type { Problems } from "../checks/argumentError";
import { privateDnsZoneId, storageAccountId, subnetId } from "../checks/identifiers";
import {
  autonamedStorageAccount,
  fileSystemName,
  location,
  resourceGroupName,
  storageAccountName,
} from "../checks/names";
import { wholeNumber } from "../checks/numbers";
import { firstRepeated } from "../checks/oneOf";
import { type Check, type Refusal, type Tell, write } from "../checks/refusal";
import { LONGEST_TAG_NAME_OF_STORAGE } from "../checks/tags";
import { privateEndpointOwner } from "../network/privateEndpoint";
import { deleteLockOwner } from "../protection/deleteLock";
import { checkWaivers } from "../policies/waivers";
import { checkDiagnostics } from "../protection/diagnostics";
import type { DataLakeArgs } from "./dataLakeArgs";
import { DEFAULT_LAKE_SKU, lakeSku } from "./lakeSkus";
import { checkLifecycle } from "./lifecycle";

/** Azure Storage's limits of IP and of virtual network rules: "Limitations of the Azure Storage firewall". */
const MOST_NETWORK_RULES = 400;
export const softDeleteDays = wholeNumber(1, 365, "days");

export const dfsDnsZoneId = privateDnsZoneId("privatelink.dfs.core.windows.net");
export const blobDnsZoneId = privateDnsZoneId("privatelink.blob.core.windows.net");

/** Azure refuses it, so it is refused before anything is made. */
export const versioning: Check<boolean> = (value) =>
  value
    ? {
        needed: "false, because Azure keeps no versions in an account with a hierarchical namespace",
        fix: "Remove it; softDeleteDays keeps what is deleted.",
      }
    : undefined;

/** Why an existing account takes no settings. */
export const ownersChoice: Refusal = {
  needed: "nothing beside an existing one, because its owner decides its settings",
  fix: "Remove it, or let a new one be made.",
};

/** What an account's owner decides, and not whoever uses it. */
const ownersChoices = [
  "resourceGroupName",
  "location",
  "accountName",
  "sku",
  "allowedIpRanges",
  "allowedSubnetIds",
  "privateEndpoint",
  "lifecycle",
  "softDeleteDays",
  "versioning",
  "diagnostics",
  "lock",
  "protect",
  "infrastructureEncryption",
  "tags",
] as const satisfies readonly (keyof DataLakeArgs)[];

/** Judges all arguments of a DataLake. */
export function checkDataLake(problems: Problems, name: string, args: DataLakeArgs): void {
  if (args.accountId === undefined) checkNewAccount(problems, name, args);
  else checkExistingAccount(problems, args.accountId, args);
  problems.checkEach("fileSystems", args.fileSystems, fileSystemName);
  checkWaivers(problems, args.waivers);
  const repeated = firstRepeated(args.fileSystems);
  if (repeated) {
    const needed = "each file system once";
    problems.refuse(`fileSystems[${repeated.index}]`, repeated.word, { needed, fix: "Remove one of them." });
  }
  if (args.accountId === undefined) checkNetworks(problems, name, args);
}

function checkExistingAccount(problems: Problems, accountId: string, args: DataLakeArgs): void {
  problems.check("accountId", accountId, storageAccountId);
  for (const choice of ownersChoices.filter((each) => args[each] !== undefined)) {
    problems.refuse(choice, args[choice], ownersChoice);
  }
}

function checkNewAccount(problems: Problems, name: string, args: DataLakeArgs): void {
  if (args.resourceGroupName === undefined) problems.check("resourceGroupName", "", resourceGroupName);
  problems.checkInput("resourceGroupName", args.resourceGroupName, resourceGroupName);
  problems.checkInput("location", args.location, location);
  if (args.accountName === undefined) problems.check("name", name, autonamedStorageAccount);
  problems.checkOptional("accountName", args.accountName, storageAccountName);
  problems.checkOptional("sku", args.sku, lakeSku);
  if (args.fileSystems.length === 0) {
    problems.refuse("fileSystems", undefined, { needed: "one file system or more", fix: write("forecasts") });
  }
}

function checkNetworks(problems: Problems, name: string, args: DataLakeArgs): void {
  const { privateEndpoint, lifecycle, diagnostics, fileSystems, sku = DEFAULT_LAKE_SKU } = args;
  problems.checkEach("allowedIpRanges", args.allowedIpRanges, ipRange);
  args.allowedSubnetIds?.forEach((id, index) => {
    problems.checkInput(`allowedSubnetIds[${index}]`, id, subnetId);
  });
  problems.checkTags("tags", args.tags, LONGEST_TAG_NAME_OF_STORAGE);
  problems.checkCount("allowedIpRanges", args.allowedIpRanges, MOST_NETWORK_RULES, "ranges");
  problems.checkCount("allowedSubnetIds", args.allowedSubnetIds, MOST_NETWORK_RULES, "subnets");
  problems.checkDistinct("allowedIpRanges", args.allowedIpRanges, "each range once");
  problems.checkDistinct("allowedSubnetIds", args.allowedSubnetIds, "each subnet once");
  problems.checkInput("privateEndpoint.subnetId", privateEndpoint?.subnetId, subnetId);
  if (privateEndpoint) problems.check("name", name, privateEndpointOwner(["dfs", "blob"]));
  if (args.lock === true) problems.check("name", name, deleteLockOwner);
  problems.checkInput("privateEndpoint.dfsPrivateDnsZoneId", privateEndpoint?.dfsPrivateDnsZoneId, dfsDnsZoneId);
  problems.checkInput("privateEndpoint.blobPrivateDnsZoneId", privateEndpoint?.blobPrivateDnsZoneId, blobDnsZoneId);
  if (lifecycle) {
    const tell: Tell = (input, given, refusal) => {
      problems.refuse(input, given, refusal);
    };
    checkLifecycle(tell, lifecycle, { sku, fileSystems });
  }
  problems.checkOptional("softDeleteDays", args.softDeleteDays, softDeleteDays);
  problems.checkOptional("versioning", args.versioning, versioning);
  if (diagnostics) checkDiagnostics(problems, "diagnostics.", diagnostics);
}
