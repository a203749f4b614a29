import {
  blobContainer,
  lakeStoreAccount,
  storageAccount,
  vault,
  vaultSecret,
  workspace,
  application,
  userAssignedIdentity,
  type ResourceType,
} from "../../../policy/rule/resourceTypes";
import type { Estates } from "../estate/estate";
import { isOf } from "../estate/resource";
import type { ResourceChange } from "../preview/steps";

/** A thing that holds data or an identity, and does not outlive the change. */
export interface DataLoss {
  readonly resource: string;
  readonly type: string;
  readonly urn: string;
  readonly change: "delete" | "replace";
  /** What it holds. */
  readonly holds: string;
  /** True where Pulumi leaves it in Azure. */
  readonly retained: boolean;
}

const holders: readonly (readonly [type: ResourceType, holds: string])[] = [
  [vault, "secrets"],
  [vaultSecret, "a secret and its versions"],
  [storageAccount, "all its file systems"],
  [blobContainer, "files"],
  [workspace, "experiments, models and endpoints"],
  [lakeStoreAccount, "files"],
  [application, "an identity: its consent, and every right that is given to it elsewhere"],
  [userAssignedIdentity, "an identity: every right that is given to it elsewhere"],
];

export function dataLossIn(changes: readonly ResourceChange[], { before }: Estates): DataLoss[] {
  const earlier = new Map(before.resources.map((resource) => [resource.urn, resource]));
  return changes.flatMap(({ urn, name, type, change }) => {
    const resource = earlier.get(urn);
    const holds = resource && holders.find(([each]) => isOf(resource, each))?.[1];
    if (holds === undefined || (change !== "delete" && change !== "replace")) return [];
    return [{ resource: name, type, urn, change, holds, retained: resource?.isRetained === true }];
  });
}
