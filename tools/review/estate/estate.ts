import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation";
import { noOrigins, originsIn, type Origins } from "../preview/plan";
import { isInternal, stackType } from "../../engine/types";
import { nameInUrn } from "../../engine/urns";
import { stepsIn } from "../preview/steps";
import { valuesOf } from "../preview/values";
import { Properties } from "./properties";
import type { Resource } from "./resource";

/** All resources of a stack at one time. */
export interface Estate {
  readonly resources: readonly Resource[];
  /** The stack's outputs. */
  readonly outputs: Properties;
}

/** A stack before and after a change. */
export interface Estates {
  readonly before: Estate;
  readonly after: Estate;
  /** URNs of what is made anew, and whose present self is then deleted. */
  readonly replaced: ReadonlySet<string>;
}

type State = NonNullable<StepEventMetadata["old"]>;

/** Steps after which the resource's new state is not there. */
const leaving = /^(delete|discard|remove)/;

/**
 * Reads both sides of a preview.
 *
 * @param found hears each secret that the events hold
 */
export function readEstates(events: readonly EngineEvent[], plan: unknown, found: (text: string) => void): Estates {
  const origins = originsIn(plan);
  const before = new Map<string, Resource>();
  const after = new Map<string, Resource>();
  const replaced = new Set<string>();
  const steps = stepsIn(events).sort((one, other) => Number(leaving.test(one.op)) - Number(leaving.test(other.op)));
  for (const { op, urn, type, old, new: next } of steps) {
    if (isInternal(type)) continue;
    if (op.includes("replace") && next) replaced.add(urn);
    // A deletion may be of a leftover that an earlier update did not get to; the present self then has another step.
    if (old && !(leaving.test(op) && before.has(urn))) before.set(urn, resourceOf(urn, old, noOrigins, found));
    if (next && !leaving.test(op)) after.set(urn, resourceOf(urn, next, origins.get(urn) ?? noOrigins, found));
  }
  return {
    before: { resources: [...before.values()], outputs: outputsOf(events, "old", found) },
    after: { resources: [...after.values()], outputs: outputsOf(events, "new", found) },
    replaced,
  };
}

/** Under its URN of today: a resource that is renamed by an alias is one resource. */
function resourceOf(urn: string, state: State, origins: Origins, found: (text: string) => void): Resource {
  return {
    urn,
    type: state.type,
    name: nameInUrn(urn),
    id: state.id === "" ? undefined : state.id,
    parent: state.parent,
    isProtected: state.protect === true,
    isRetained: state.retainOnDelete === true,
    inputs: new Properties(valuesOf(state.inputs, found)),
    outputs: new Properties(valuesOf(state.outputs, found)),
    origins,
  };
}

/** The engine tells the stack twice: as the program begins without outputs, and with them as it ends. */
function outputsOf(events: readonly EngineEvent[], side: "old" | "new", found: (text: string) => void): Properties {
  const states = events.flatMap(({ resOutputsEvent }) => {
    const metadata = resOutputsEvent?.metadata;
    return metadata?.type === stackType ? [metadata[side]?.outputs ?? {}] : [];
  });
  return new Properties(valuesOf(states.pop() ?? {}, found));
}
