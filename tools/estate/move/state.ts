import { z } from "zod";
import { CommandError } from "../../cli/failure";
import { stackType } from "../../engine/types";
import { nameInUrn } from "../../engine/urns";

const urns = z.array(z.string());

const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  parent: z.string().optional(),
  provider: z.string().optional(),
  dependencies: urns.optional(),
  propertyDependencies: z.record(z.string(), urns.nullable()).optional(),
  deletedWith: z.string().optional(),
  replaceWith: urns.optional(),
  protect: z.boolean().optional(),
  outputs: z.record(z.string(), z.unknown()).optional(),
});

const exported = z.looseObject({
  deployment: z.looseObject({
    resources: z.array(resource).nullish(),
    pending_operations: z.array(z.unknown()).nullish(),
  }),
});

/** A resource in a stack's state, with what the engine keeps of it. */
export type StateResource = z.infer<typeof resource>;
/** A stack's state, as `pulumi stack export` prints it. */
export type StackState = z.infer<typeof exported>;

export const readState = (text: string): StackState => exported.parse(JSON.parse(text));

export const resourcesOf = ({ deployment }: StackState): readonly StateResource[] => deployment.resources ?? [];

export const withResources = (state: StackState, resources: readonly StateResource[]): StackState => ({
  ...state,
  deployment: { ...state.deployment, resources: [...resources] },
});

export const rootOf = (state: StackState): StateResource | undefined =>
  resourcesOf(state).find(({ type, parent }) => type === stackType && (parent ?? "") === "");

/** The root that every stack has that was ever deployed. */
export function knownRoot(state: StackState, stack: string): StateResource {
  const root = rootOf(state);
  if (root) return root;
  throw new CommandError(
    `${stack} has no resources yet, so no daemon can move into it or out of it.`,
    `deploy it once: npx daemon-access estate up --create --stack ${stack}`,
  );
}

const DAEMON = "azure-daemon-access:index:DaemonAccess";

/** The daemon's component and all below it, in the state's order; empty where it is not there. */
export function resourcesOfDaemon(state: StackState, component: string): readonly StateResource[] {
  const root = rootOf(state)?.urn;
  const own = new Set<string>();
  // The engine writes a parent before its children.
  return resourcesOf(state).filter((each) => {
    const isComponent = each.type === DAEMON && each.parent === root && nameInUrn(each.urn) === component;
    if (!isComponent && !own.has(each.parent ?? "")) return false;
    own.add(each.urn);
    return true;
  });
}
