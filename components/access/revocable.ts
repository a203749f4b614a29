import * as pulumi from "@pulumi/pulumi";

/**
 * Options of a credential or a grant, which goes as soon as it leaves the program, whatever the component is told: retained
 * or protected, it would go on to open doors.
 */
export function revocable(opts: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions {
  return pulumi.mergeOptions(opts, { protect: false, retainOnDelete: false });
}
