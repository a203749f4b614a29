import * as pulumi from "@pulumi/pulumi";
import { ArgumentError, problemLine } from "../checks/argumentError";
import { subscriptionOf } from "../checks/identifiers";
import type { Check, Refusal } from "../checks/refusal";
import { oneSpelling } from "../checks/spelling";
import { subscriptionId } from "./deployer";

/**
 * Judges a resource ID by its subscription. The providers address some things by resource group and name alone, and put
 * their own subscription before these: the namesake there would be read, or written to.
 */
export const inSubscription =
  (subscription: string, fix = "Deploy with a provider of its own subscription, or choose another."): Check =>
  (id) =>
    subscriptionOf(id)?.toLowerCase() === subscription.toLowerCase() ? undefined : elsewhere(subscription, fix);

const elsewhere = (subscription: string, fix: string): Refusal => ({
  needed: `one in the subscription that this program deploys to, ${subscription}`,
  fix,
});

/** Who refuses, and which input. */
export interface Told {
  readonly component: string;
  readonly name: string;
  readonly input: string;
  /** What to do, where that is not to take another one. */
  readonly fix?: string;
}

/** A resource ID that fails, once it is known, where it lies in another subscription than the provider of a component. */
export const ownId = (id: pulumi.Input<string>, told: Told, parent: pulumi.Resource): pulumi.Output<string> =>
  pulumi.all([id, subscriptionId(parent)]).apply(([arrived, subscription]) => {
    const refusal = inSubscription(subscription, told.fix)(arrived);
    if (refusal) throw new ArgumentError(told.component, told.name, [problemLine(told.input, arrived, refusal)]);
    return arrived;
  });

/**
 * The subscription that a resource ID says. Role definitions are named by the one in which they are assigned.
 *
 * @param maker the resource of this program with that ID, if it is one: its subscription is known before its ID is
 */
export const subscriptionIn = (
  id: pulumi.Input<string>,
  parent: pulumi.Resource,
  maker?: pulumi.Resource,
): pulumi.Output<string> =>
  isOwn(maker, parent)
    ? subscriptionId(parent)
    : pulumi.output(id).apply((known) => oneSpelling(subscriptionOf(known) ?? ""));

const isOwn = (maker: pulumi.Resource | undefined, parent: pulumi.Resource): boolean =>
  maker !== undefined && maker.getProvider("azure-native::") === parent.getProvider("azure-native::");

/**
 * The resource group of something that is there already, where that lies in the component's own subscription.
 *
 * @param id its resource ID; the one of a resource that the same provider makes in this program is not judged, because a
 *   preview would not know its resource group before it is made
 * @param maker the resource of this program with that ID, if it is one
 */
export function groupIn(
  id: pulumi.Input<string>,
  resourceGroupName: pulumi.Input<string>,
  told: Told,
  parent: pulumi.Resource,
  maker?: pulumi.Resource,
): pulumi.Input<string> {
  if (isOwn(maker, parent)) return resourceGroupName;
  return pulumi.all([resourceGroupName, ownId(id, told, parent)]).apply(([group]) => group);
}
