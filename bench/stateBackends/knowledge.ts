import type { Stack } from "@pulumi/pulumi/automation";
import type { LocalAzure } from "../../local/azure/localAzure";
import { resourceHeader } from "../../local/providers/rest/resourceInHand";
import type { Known } from "./run";

interface State {
  readonly resources?: readonly { readonly urn: string }[];
  readonly pending_operations?: readonly { readonly resource: { readonly urn: string } }[];
}

/** URNs of the resources that Azure makes from now on. */
export function madeIn(azure: LocalAzure): ReadonlySet<string> {
  const made = new Set<string>();
  azure.requests.listen(({ method, status }, { headers }) => {
    const urn = headers[resourceHeader];
    const isMade = (method === "PUT" || method === "POST") && status >= 200 && status < 300;
    if (isMade && typeof urn === "string") made.add(decodeURIComponent(urn));
  });
  return made;
}

/** How much of what Azure has made a stack's state knows. */
export async function knownOf(stack: Stack, made: ReadonlySet<string>): Promise<Known> {
  const { deployment } = (await stack.exportStack()) as { deployment: State };
  const { resources = [], pending_operations: operations = [] } = deployment;
  const inState = new Set(resources.map(({ urn }) => urn));
  const pending = new Set(operations.map(({ resource }) => resource.urn));
  const counts = { inState: 0, pending: 0, unknown: 0 };
  for (const urn of made) counts[inState.has(urn) ? "inState" : pending.has(urn) ? "pending" : "unknown"] += 1;
  return counts;
}
