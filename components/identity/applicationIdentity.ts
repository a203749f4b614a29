import type * as pulumi from "@pulumi/pulumi";

/** An application registration, as its credentials know it. A DaemonApplication can be used as one. */
export interface ApplicationIdentity {
  /** `/applications/<object ID>`: the object ID of the application, not of its service principal. */
  readonly applicationId: pulumi.Input<string>;
}
