import { lakeStoreAccount, storageAccount, userAssignedIdentity, vault, workspace } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { texts } from "../../rule/settings";

const settings = { regions: texts([], "Regions that may be used, for example westeurope. Default: any.") };

export const approvedRegions = rule({
  name: "resource-in-approved-region",
  on: [vault, storageAccount, workspace, lakeStoreAccount, userAssignedIdentity],
  what: "A resource is in an approved region",
  why: "Laws decide in which regions data may be stored.",
  fix: "set location to one of the setting regions",
  source: [],
  severity: "medium",
  level: "mandatory",
  settings,
  check(resource, report, { regions }) {
    if (regions.length === 0 || !resource.has("location") || resource.pending("location")) return;
    const region = plain(resource.text("location") ?? "");
    if (!regions.some((one) => plain(one) === region)) report(`location is ${region}`);
  },
});

/** Azure writes a region as "West Europe" or "westeurope". */
const plain = (region: string): string => region.replaceAll(" ", "").toLowerCase();
