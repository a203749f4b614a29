import type { Cloud } from "../cloud";
import type { Caller } from "../entra/caller";
import type { Router } from "../http/router";

/** What the front door has found out about a request before a resource provider sees it. */
export interface ArmContext {
  readonly subscriptionId: string;
  /** Name of an existing resource group, in the case it was created with. */
  readonly resourceGroup?: string;
  readonly caller: Caller;
  readonly cloud: Cloud;
  readonly apiVersion: string;
}

/** One service behind Azure Resource Manager. */
export interface ResourceProvider {
  /** For example "Microsoft.KeyVault". */
  readonly namespace: string;
  /**
   * Routes with full paths, for example
   * `/subscriptions/:subscription/resourceGroups/:group/providers/Microsoft.KeyVault/vaults/:vault`.
   */
  readonly routes: Router<ArmContext>;
  /** Called when a resource group is deleted: removes everything the provider has in it. */
  readonly removeGroup?: (resourceGroupId: string) => void;
}
