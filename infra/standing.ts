import * as pulumi from "@pulumi/pulumi";
import { standingOf } from "../components/updates/keptInPlace";

/** The option of what is declared after the vaults and lakes of a stack, which are never made anew. */
export type AfterStanding = Required<Pick<pulumi.ComponentResourceOptions, "dependsOn">>;

/**
 * Holds resources back until it is seen that no component is asked for in another place than it stands: a run that is refused
 * for that has changed nothing. What is about to be made holds nobody back.
 *
 * @param later a component that is declared afterwards
 */
export function afterStanding(
  components: readonly (object | undefined)[],
  later: Promise<object | undefined> = Promise.resolve(undefined),
): AfterStanding {
  const known = components.flatMap((component) => (component ? [standingOf(component)] : []));
  const last = pulumi.output(later.then((component) => (component ? standingOf(component) : [])));
  return { dependsOn: pulumi.all([...known, last]).apply(() => []) };
}
