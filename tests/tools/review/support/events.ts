import type { EngineEvent, OpType, StepEventMetadata } from "@pulumi/pulumi/automation";
import type { PreviewedEvents } from "../../../../tools/review/preview/source";
import { markedSecret } from "../../../support/engineMarks";

/** A secret as the engine's events carry it: marked, and its plain text as JSON where secrets are shown. */
export const marked = (plaintext: string): Record<string, unknown> =>
  markedSecret({ plaintext: JSON.stringify(plaintext) });

type Properties = Readonly<Record<string, unknown>>;

/** One side of a resource. */
export interface Side {
  readonly id?: string;
  readonly inputs?: Properties;
  readonly outputs?: Properties;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
}

/** A resource of a stack that is being changed. */
export interface Told {
  readonly type: string;
  readonly name: string;
  /** What it was called, where an alias renames it. */
  readonly oldName?: string;
  /** The component that it belongs to. */
  readonly parent?: string;
  readonly old?: Side;
  readonly new?: Side;
  /** The engine's steps. By default what the sides say: create, delete, same or update. */
  readonly ops?: readonly OpType[];
  readonly diffs?: readonly string[];
  /** What its inputs come from: property to resource. */
  readonly from?: Readonly<Record<string, Told>>;
  /** What it is made after, besides. */
  readonly after?: readonly Told[];
}

const PROJECT = "urn:pulumi:dev::daemons";
export const stackUrn = `${PROJECT}::pulumi:pulumi:Stack::daemons-dev`;
const componentUrn = (name: string): string => `${PROJECT}::azure-daemon-access:index:DaemonAccess::${name}`;
export const urnOf = ({ type, name, parent }: Told): string =>
  `${PROJECT}::${parent === undefined ? "" : "azure-daemon-access:index:DaemonAccess$"}${type}::${name}`;

let sequence = 0;
const event = (body: Omit<Partial<EngineEvent>, "sequence" | "timestamp">): EngineEvent => ({
  sequence: sequence++,
  timestamp: 0,
  ...body,
});

function metadata(told: Told, op: OpType): StepEventMetadata {
  const urn = urnOf(told);
  const state = (side: Side | undefined, name = told.name): NonNullable<StepEventMetadata["old"]> | undefined =>
    side && {
      type: told.type,
      urn: urnOf({ ...told, name }),
      custom: true,
      id: side.id ?? "",
      parent: told.parent === undefined ? stackUrn : componentUrn(told.parent),
      inputs: side.inputs ?? {},
      outputs: side.outputs ?? {},
      provider: "",
      ...(side.protect !== undefined && { protect: side.protect }),
      ...(side.retainOnDelete !== undefined && { retainOnDelete: side.retainOnDelete }),
    };
  const old = op === "create" ? undefined : state(told.old, told.oldName);
  const next = op.startsWith("delete") ? undefined : state(told.new);
  return {
    op,
    urn,
    type: told.type,
    provider: "",
    ...(old && { old }),
    ...(next && { new: next }),
    ...(told.diffs && { diffs: [...told.diffs] }),
  };
}

function opsOf({ ops, old, new: next, diffs }: Told): readonly OpType[] {
  if (ops) return ops;
  if (!old) return ["create"];
  if (!next) return ["delete"];
  return diffs || JSON.stringify(old.inputs) !== JSON.stringify(next.inputs) ? ["update"] : ["same"];
}

/** Each step as the engine tells it: as it begins, and as it ends. */
export const stepEvents = (told: readonly Told[]): EngineEvent[] =>
  told.flatMap((each) =>
    opsOf(each).flatMap((op) => [
      event({ resourcePreEvent: { metadata: metadata(each, op), planning: true } }),
      event({ resOutputsEvent: { metadata: metadata(each, op), planning: true } }),
    ]),
  );

/** The stack's own outputs, before and after. */
export const outputsEvent = (before: Properties, after: Properties): EngineEvent => {
  const side = (outputs: Properties) => ({
    type: "pulumi:pulumi:Stack",
    urn: stackUrn,
    id: "",
    parent: "",
    inputs: {},
    outputs,
    provider: "",
  });
  return event({
    resOutputsEvent: {
      metadata: {
        op: "same",
        urn: stackUrn,
        type: "pulumi:pulumi:Stack",
        provider: "",
        old: side(before),
        new: side(after),
      },
    },
  });
};

export const policyEvent = (rule: string, message: string, on?: Told, level: "mandatory" | "advisory" = "advisory") =>
  event({
    policyEvent: {
      ...(on && { resourceUrn: urnOf(on) }),
      message,
      color: "never",
      policyName: rule,
      policyPackName: "pack",
      policyPackVersion: "1",
      policyPackVersionTag: "1",
      // The engine says "advisory", though the API's types know it as "warning".
      enforcementLevel: level as "mandatory",
    },
  });

export const diagnosticEvent = (severity: "error" | "warning", message: string, on?: Told): EngineEvent =>
  event({ diagnosticEvent: { severity, message, color: "never", ...(on && { urn: urnOf(on) }) } });

/** The engine's plan for resources. */
export const planOf = (told: readonly Told[]): unknown => ({
  resourcePlans: Object.fromEntries(
    told.map((each) => {
      const byProperty = Object.entries(each.from ?? {}).map(([name, of]) => [name, [urnOf(of)]] as const);
      const dependencies = [...byProperty.flatMap(([, urns]) => urns), ...(each.after ?? []).map(urnOf)];
      return [urnOf(each), { goal: { dependencies, propertyDependencies: Object.fromEntries(byProperty) } }];
    }),
  ),
});

/** A preview that went well. */
export const previewed = (told: readonly Told[], ...others: readonly EngineEvent[]): PreviewedEvents => ({
  events: [...stepEvents(told), ...others],
  plan: planOf(told),
  failure: undefined,
  secrets: [],
});
