import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation";
import { isInternal, typeName } from "../../engine/types";
import { nameInUrn } from "../../engine/urns";

/** What becomes of a resource. */
export const changeKinds = ["create", "update", "replace", "delete", "import", "read", "same", "other"] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** One resource and all the engine's steps on it. */
export interface ResourceChange {
  readonly urn: string;
  readonly name: string;
  /** As "azuread.Application". */
  readonly type: string;
  readonly change: ChangeKind;
  /** Paths of the properties that differ. Their values are not told. */
  readonly properties: readonly string[];
  /** The engine's own words for its steps, each once. */
  readonly steps: readonly string[];
}

/** By which step a resource is told, the strongest first. */
const strength: readonly (readonly [ops: readonly string[], change: ChangeKind])[] = [
  [["create-replacement", "replace", "import-replacement", "read-replacement"], "replace"],
  [["create"], "create"],
  [["import"], "import"],
  [["update"], "update"],
  [["delete", "delete-replaced", "remove-pending-replace"], "delete"],
  [["read", "discard", "discard-replaced"], "read"],
  [["same", "refresh"], "same"],
];

/** The steps of a preview, each once: the engine tells each as it begins and, with more, as it ends. */
export function stepsIn(events: readonly EngineEvent[]): StepEventMetadata[] {
  const steps = new Map<string, StepEventMetadata>();
  for (const { resourcePreEvent, resOutputsEvent, resOpFailedEvent } of events) {
    const metadata = (resourcePreEvent ?? resOutputsEvent ?? resOpFailedEvent)?.metadata;
    if (metadata) steps.set(`${metadata.op} ${metadata.urn}`, metadata);
  }
  return [...steps.values()];
}

/** Every resource once, by the strongest of its steps. The engine's own resources are left out. */
export function changesIn(steps: readonly StepEventMetadata[]): ResourceChange[] {
  const byUrn = new Map<string, StepEventMetadata[]>();
  for (const step of steps.filter(({ type }) => !isInternal(type))) {
    byUrn.set(step.urn, [...(byUrn.get(step.urn) ?? []), step]);
  }
  return [...byUrn].map(([urn, own]) => {
    const ops = own.map(({ op }) => op);
    return {
      urn,
      name: nameInUrn(urn),
      type: typeName(own[0]?.type ?? ""),
      change: changeOf(ops),
      properties: [...new Set(own.flatMap(propertiesOf))].sort(),
      steps: ops,
    };
  });
}

const changeOf = (ops: readonly string[]): ChangeKind =>
  strength.find(([known]) => known.some((op) => ops.includes(op)))?.[1] ?? "other";

function propertiesOf({ detailedDiff, diffs }: StepEventMetadata): string[] {
  const detailed = Object.keys(detailedDiff ?? {});
  return detailed.length > 0 ? detailed : [...(diffs ?? [])];
}

/** How many resources come to each end. */
export function countsOf(changes: readonly ResourceChange[]): Record<ChangeKind, number> {
  const count = (kind: ChangeKind): number => changes.filter(({ change }) => change === kind).length;
  return Object.fromEntries(changeKinds.map((kind) => [kind, count(kind)])) as Record<ChangeKind, number>;
}
