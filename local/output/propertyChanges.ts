import type { StepEventMetadata } from "@pulumi/pulumi/automation";
import { readable } from "./values";

/** One property that differs. */
export interface PropertyChange {
  /** Path of the property, as "tags.team". */
  readonly property: string;
  readonly old: unknown;
  readonly new: unknown;
}

/** Which properties a step changes, or a refresh found changed. */
export function propertyChanges({ detailedDiff, diffs, old, new: next }: StepEventMetadata): PropertyChange[] {
  const details = Object.entries(detailedDiff ?? {});
  const paths =
    details.length > 0
      ? details.map(([path, { inputDiff }]) => ({ path, inputDiff }))
      : (diffs ?? []).map((path) => ({ path, inputDiff: true }));
  return paths.map(({ path, inputDiff }) => ({
    property: path,
    old: at(inputDiff ? old?.inputs : old?.outputs, path),
    new: at(next?.inputs, path) ?? at(next?.outputs, path),
  }));
}

/** The value at a path like `a.b[0]["c d"]`. */
function at(properties: Readonly<Record<string, unknown>> | undefined, path: string): unknown {
  const keys = [...path.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, plain]) => quoted ?? index ?? plain ?? "",
  );
  let value: unknown = properties;
  for (const key of keys) {
    value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  return readable(value);
}
