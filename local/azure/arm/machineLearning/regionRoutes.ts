import { json } from "../../http/message";
import type { Router } from "../../http/router";
import { locationNotAvailable } from "../errors";
import { isRegion, regions, shortLocation } from "../regions";
import type { ArmContext } from "../resourceProvider";
import type { Shop } from "./inWorkspace";
import { workspaceType } from "./workspaceRecord";

const path = "/subscriptions/:subscription/providers/Microsoft.MachineLearningServices/locations/:location";

/** Cores that a subscription may use in a region, as Azure first allows. */
const dedicatedCores = 24;
const clusters = 500;

/** Sizes of machine that clusters are usually made of: name, family, cores, memory in GB. */
const sizes = [
  ["Standard_D2_v2", "standardDv2Family", 2, 7],
  ["Standard_DS3_v2", "standardDSv2Family", 4, 14],
  ["Standard_DS12_v2", "standardDSv2Family", 4, 28],
  ["Standard_D4s_v3", "standardDSv3Family", 4, 16],
  ["Standard_F4s_v2", "standardFSv2Family", 4, 8],
  ["Standard_E4s_v3", "standardESv3Family", 4, 32],
  ["Standard_NC6s_v3", "standardNCSv3Family", 6, 112],
] as const;

/** What a region has, and how much of it the subscription uses. */
export function addRegionRoutes(routes: Router<ArmContext>, { children }: Shop): void {
  routes
    .on("GET", `${path}/usages`, (_request, parameters) => {
      const location = regionOf(parameters);
      const used = children.ofType("computes").filter((compute) => compute.location === location).length;
      return json(200, {
        value: [
          usage(location, "Clusters", "Clusters", used, clusters),
          usage(location, "TotalDedicatedCores", "Total Cluster Dedicated Regional vCPUs", 0, dedicatedCores),
        ],
      });
    })
    .on("GET", `${path}/quotas`, (_request, parameters) => {
      const { id, type, name, limit, unit } = usage(
        regionOf(parameters),
        "TotalDedicatedCores",
        "Total Cluster Dedicated Regional vCPUs",
        0,
        dedicatedCores,
      );
      return json(200, { value: [{ id, type, name, limit, unit }] });
    })
    .on("GET", `${path}/vmSizes`, (_request, parameters) => {
      regionOf(parameters);
      return json(200, {
        value: sizes.map(([name, family, vCPUs, memoryGB]) => ({
          name,
          family,
          vCPUs,
          gpus: name.includes("_NC") ? 1 : 0,
          osVhdSizeMB: 1_047_552,
          maxResourceVolumeMB: 28_672,
          memoryGB,
          lowPriorityCapable: true,
          premiumIO: true,
          supportedComputeTypes: ["AmlCompute", "ComputeInstance"],
        })),
      });
    });
}

function regionOf({ location = "" }: Readonly<Record<string, string>>): string {
  if (!isRegion(location)) {
    throw locationNotAvailable(location, workspaceType, Object.keys(regions));
  }
  return shortLocation(location);
}

function usage(location: string, value: string, localizedValue: string, currentValue: number, limit: number) {
  return {
    id: `/providers/Microsoft.MachineLearningServices/locations/${location}/usages/${value}`,
    amlWorkspaceLocation: location,
    type: "Microsoft.MachineLearningServices/usages",
    unit: "Count",
    currentValue,
    limit,
    name: { value, localizedValue },
  };
}
