import type * as pulumi from "@pulumi/pulumi";
import { Problems } from "../checks/argumentError";
import { secretUri } from "./outputChecks";

/**
 * A secret's URI that fails where it is none, or has a version: a version would hold its reader back at every rotation.
 *
 * @param helper whose argument it is, for the error
 * @throws ArgumentError at once for a plain value
 */
export function checkedSecretUri(helper: string, given: pulumi.Input<string>): pulumi.Output<string> {
  const problems = new Problems(helper, "secretUri");
  problems.checkInput("secretUri", given, secretUri);
  problems.throwIfAny();
  return problems.onArrival("secretUri", given, secretUri);
}
