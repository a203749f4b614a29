import type * as pulumi from "@pulumi/pulumi";

/**
 * An identity that access is given to. A DaemonApplication and a DaemonManagedIdentity can be used as one; elsewhere,
 * write the IDs.
 * The client ID and the object ID are different IDs of one identity, and neither can stand in the other's place.
 */
export interface Principal {
  /** Application (client) ID, a GUID: what the daemon signs in with. */
  readonly clientId: pulumi.Input<string>;
  /** Object ID of the service principal, a GUID: what roles are assigned to. */
  readonly objectId: pulumi.Input<string>;
  /** Directory (tenant) ID, a GUID. */
  readonly tenantId: pulumi.Input<string>;
  /** Resource ID of a user-assigned managed identity. Left out where the identity is an application. */
  readonly resourceId?: pulumi.Input<string>;
}
