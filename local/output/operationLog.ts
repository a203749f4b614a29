import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation";
import { isInternal, stackType, typeName } from "../../tools/engine/types";
import { nameInUrn } from "../../tools/engine/urns";
import { resourceType } from "./resourceType";
import { propertyChanges, type PropertyChange } from "./propertyChanges";
import { readableProperties } from "./values";
import { plain, violationIn, type Violation } from "./violations";

export type OperationKind = "preview" | "up" | "refresh" | "destroy";

/** What became of one resource in an operation. */
export interface ResourceStep {
  readonly urn: string;
  /** As "azuread.Application". */
  readonly type: string;
  readonly name: string;
  /** The engine's word: create, update, delete, replace, same, read, refresh …; or retain. */
  readonly op: string;
  status: "running" | "done" | "failed";
  /** Seconds it took. */
  seconds: number;
  /** What differs, where the operation is an update or found drift. */
  changes: readonly PropertyChange[];
  /** Inputs, secrets masked. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** An error or a warning, and the resource it is about. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly type?: string;
  readonly name?: string;
}

export interface LogListener {
  started(step: ResourceStep): void;
  finished(step: ResourceStep): void;
}

/** Tells nothing. */
export const silent: LogListener = { started: () => undefined, finished: () => undefined };

/** Boilerplate that says nothing which another diagnostic does not say better. */
const boilerplate =
  /^((update|preview|refresh|destroy) failed|Undefined value|resource monitor shut down|using pulumi-analyzer-policy-nodejs)/;
/** A step that replaces is told by the creation and the deletion it consists of. */
const tellsNothing = new Set(["replace", "discard-replaced", "discard"]);

/** Follows an operation by the engine's events. */
export class OperationLog {
  readonly diagnostics: Diagnostic[] = [];
  readonly violations: Violation[] = [];
  /** What the program tells of the whole stack. */
  readonly notes: string[] = [];
  outputs: Readonly<Record<string, unknown>> | undefined;
  private readonly byStep = new Map<string, { step: ResourceStep; since: number }>();

  constructor(private readonly listener: LogListener) {}

  get steps(): readonly ResourceStep[] {
    return [...this.byStep.values()].map(({ step }) => step);
  }

  readonly hear = (event: EngineEvent): void => {
    if (event.resourcePreEvent !== undefined) {
      this.start(event.resourcePreEvent.metadata);
    } else if (event.resOutputsEvent !== undefined) {
      this.finish(event.resOutputsEvent.metadata, "done");
    } else if (event.resOpFailedEvent !== undefined) {
      this.finish(event.resOpFailedEvent.metadata, "failed");
    } else if (event.diagnosticEvent !== undefined) {
      const { severity, message, urn } = event.diagnosticEvent;
      if (severity === "error" || severity === "warning") {
        this.diagnose(severity, message, urn);
      } else if (severity === "info") {
        this.note(message, urn);
      }
    } else if (event.policyEvent !== undefined) {
      this.violations.push(violationIn(event.policyEvent));
    }
  };

  private start(metadata: StepEventMetadata): void {
    if (isInternal(metadata.type) || tellsNothing.has(metadata.op)) {
      return;
    }
    const step: ResourceStep = {
      urn: metadata.urn,
      type: typeName(metadata.type),
      name: nameInUrn(metadata.urn),
      op: opOf(metadata),
      status: "running",
      seconds: 0,
      changes: propertyChanges(metadata),
      inputs: readableProperties((metadata.new ?? metadata.old)?.inputs ?? {}),
    };
    this.byStep.set(`${metadata.op} ${metadata.urn}`, { step, since: performance.now() });
    this.listener.started(step);
  }

  private finish(metadata: StepEventMetadata, status: "done" | "failed"): void {
    if (metadata.type === stackType) {
      this.outputs = readableProperties(metadata.new?.outputs ?? {});
      return;
    }
    // A refresh starts as "refresh" and ends as what it found: same, update or delete.
    const started = this.byStep.get(`${metadata.op} ${metadata.urn}`) ?? this.byStep.get(`refresh ${metadata.urn}`);
    if (started === undefined || started.step.status !== "running") {
      return;
    }
    const { step, since } = started;
    const found: ResourceStep = {
      ...step,
      op: opOf(metadata),
      status,
      seconds: (performance.now() - since) / 1000,
      changes: step.op === "refresh" ? propertyChanges(metadata) : step.changes,
    };
    for (const [key, entry] of this.byStep) {
      if (entry === started) {
        this.byStep.set(key, { step: found, since });
      }
    }
    this.listener.finished(found);
  }

  private note(message: string, urn: string | undefined): void {
    const text = plain(message);
    if (resourceType(urn ?? "") === undefined && text !== "" && !boilerplate.test(text)) {
      this.notes.push(text);
    }
  }

  private diagnose(severity: "error" | "warning", message: string, urn: string | undefined): void {
    const text = plain(message);
    if (text === "" || boilerplate.test(text)) {
      return;
    }
    const type = resourceType(urn ?? "");
    this.diagnostics.push({
      severity,
      message: text,
      ...(type === undefined ? {} : { type, name: nameInUrn(urn ?? "") }),
    });
  }
}

/** With `retainOnDelete` the engine says that it deletes what it only takes out of the state. */
const opOf = ({ op, old }: StepEventMetadata): string =>
  /^delete(?:-replaced)?$/.test(op) && old?.retainOnDelete === true ? "retain" : op;
