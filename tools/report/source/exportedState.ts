import { z } from "zod";
import { Properties } from "../../review/estate/properties";
import type { Estate, Estates } from "../../review/estate/estate";
import type { Resource } from "../../review/estate/resource";
import { isInternal, stackType } from "../../engine/types";
import { nameInUrn } from "../../engine/urns";
import { valuesOf } from "../../review/preview/values";
import { UsageError } from "../../cli/failure";
import { stackOf } from "../model/parties";

const properties = z.record(z.string(), z.unknown()).nullish();

const stateSchema = z.object({
  version: z.number(),
  deployment: z.object({
    resources: z
      .array(
        z.object({
          urn: z.string(),
          type: z.string(),
          id: z.string().nullish(),
          parent: z.string().nullish(),
          protect: z.boolean().nullish(),
          retainOnDelete: z.boolean().nullish(),
          delete: z.boolean().nullish(),
          inputs: properties,
          outputs: properties,
          created: z.string().nullish(),
          dependencies: z.array(z.string()).nullish(),
          propertyDependencies: z.record(z.string(), z.array(z.string()).nullish()).nullish(),
        }),
      )
      .nullish(),
  }),
});
type StateResource = NonNullable<z.infer<typeof stateSchema>["deployment"]["resources"]>[number];

/** A stack as its exported state has it. */
export interface ExportedState {
  /** "project/stack". */
  readonly id: string;
  readonly estates: Estates;
}

/**
 * Reads what `pulumi stack export` prints. Secrets are encrypted there, and never looked at.
 *
 * @param text the document
 * @param from where it comes from, for an error
 * @param found hears each secret that the state holds in plain text, as `--show-secrets` exports it
 * @throws UsageError where it is no exported state
 */
export function readExportedState(text: string, from: string, found: (secret: string) => void): ExportedState {
  const parsed = stateSchema.safeParse(jsonOf(text));
  if (!parsed.success) {
    throw new UsageError(`${from} is not an exported state. Make one with \`pulumi stack export --file state.json\`.`);
  }
  const all = (parsed.data.deployment.resources ?? []).filter((each) => each.delete !== true);
  const root = all.find(({ type }) => type === stackType);
  const urn = (root ?? all[0])?.urn;
  if (urn === undefined)
    throw new UsageError(`${from} is the state of a stack without resources: there is nothing to report.`);
  const estate: Estate = {
    resources: all.filter(({ type }) => !isInternal(type)).map((each) => resourceOf(each, found)),
    outputs: new Properties(valuesOf(root?.outputs ?? {}, found)),
  };
  return { id: stackOf(urn), estates: { before: estate, after: estate, replaced: new Set() } };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function resourceOf(state: StateResource, found: (secret: string) => void): Resource {
  const byProperty = Object.entries(state.propertyDependencies ?? {}).map(
    ([name, urns]) => [name, urns ?? []] as const,
  );
  return {
    urn: state.urn,
    type: state.type,
    name: nameInUrn(state.urn),
    id: state.id ?? undefined,
    parent: state.parent ?? "",
    isProtected: state.protect === true,
    isRetained: state.retainOnDelete === true,
    inputs: new Properties(valuesOf(state.inputs ?? {}, found)),
    outputs: new Properties(valuesOf(state.outputs ?? {}, found)),
    origins: { all: state.dependencies ?? [], byProperty: Object.fromEntries(byProperty) },
    ...(typeof state.created === "string" && { created: state.created }),
  };
}
