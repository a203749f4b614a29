import type * as pulumi from "@pulumi/pulumi";

/** A user-assigned identity, as Azure Resource Manager knows it. A DaemonManagedIdentity is one by its shape. */
export interface ManagedIdentityName {
  /** The resource group that it lies in. */
  readonly resourceGroupName: pulumi.Input<string>;
  /** Its name. */
  readonly identityName: pulumi.Input<string>;
}
