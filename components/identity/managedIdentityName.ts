import type * as pulumi from "@pulumi/pulumi";

/** A user-assigned identity, as Azure Resource Manager knows it. A DaemonManagedIdentity can be used as one. */
export interface ManagedIdentityName {
  /** The identity's resource group. */
  readonly resourceGroupName: pulumi.Input<string>;
  /** Its name. */
  readonly identityName: pulumi.Input<string>;
}
