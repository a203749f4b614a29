import * as pulumi from "@pulumi/pulumi";
import { ArgumentError, problemLine } from "../checks/argumentError";
import { subscriptionOf } from "../checks/identifiers";
import type { Check } from "../checks/refusal";
import { subscriptionId } from "./deployer";

/** Judges a resource ID by its subscription. */
export const inSubscription =
  (subscription: string): Check =>
  (id) =>
    subscriptionOf(id)?.toLowerCase() === subscription.toLowerCase()
      ? undefined
      : {
          needed: `one in the subscription that this program deploys to, ${subscription}`,
          fix: "Deploy with a provider of its own subscription, or choose another.",
        };

/**
 * The resource group of something that is there already. Resources below it are addressed by names, and the provider puts
 * its own subscription before them: another subscription's resource is refused, or its namesake would be written to.
 *
 * @param id a plain resource ID; a pending one is of this program and is not judged
 * @param told who refuses, and which input
 */
export function groupIn(
  id: pulumi.Input<string>,
  resourceGroupName: pulumi.Input<string>,
  told: { readonly component: string; readonly name: string; readonly input: string },
  parent: pulumi.Resource,
): pulumi.Input<string> {
  if (typeof id !== "string") return resourceGroupName;
  return pulumi.all([resourceGroupName, subscriptionId(parent)]).apply(([group, subscription]) => {
    const refusal = inSubscription(subscription)(id);
    if (refusal) throw new ArgumentError(told.component, told.name, [problemLine(told.input, id, refusal)]);
    return group;
  });
}
