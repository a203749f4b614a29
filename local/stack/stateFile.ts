import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { stackType } from "../output/names";
import { readableProperties } from "../output/values";
import type { StateDirectory } from "../stateDirectory";
import type { BegunCreation } from "./creationJournal";

/** The parts of the backend's state file that are read here. */
const stateSchema = z.object({
  checkpoint: z.object({
    latest: z
      .object({
        resources: z
          .array(z.object({ urn: z.string(), type: z.string(), outputs: z.record(z.string(), z.unknown()).optional() }))
          .nullish(),
        pending_operations: z
          .array(
            z.object({
              type: z.string(),
              resource: z.object({
                urn: z.string(),
                type: z.string(),
                inputs: z.record(z.string(), z.unknown()).optional(),
              }),
            }),
          )
          .nullish(),
      })
      .nullish(),
  }),
});

/** An operation on a resource whose end the engine did not live to see. */
export interface PendingOperation {
  /** "creating", "updating", "deleting" … */
  readonly operation: string;
  readonly urn: string;
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface StackState {
  /** URN of the stack itself, once it has one. */
  readonly stackUrn: string | undefined;
  /** Of every resource. */
  readonly urns: ReadonlySet<string>;
  /** Secrets are masked. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly pending: readonly PendingOperation[];
}

const projectName = (project: string): string =>
  /^name:\s*["']?([\w.-]+)/m.exec(readFileSync(join(project, "Pulumi.yaml"), "utf8"))?.[1] ?? "";

/** Where the backend keeps a stack. */
export function stateFile(state: StateDirectory, project: string, stack: string): string {
  return join(state.pulumi.backend, ".pulumi", "stacks", projectName(project), `${stack}.json`);
}

/** Reads a stack's state straight from its file, which takes a sixth of a second less than asking the engine. */
export function readStackState(file: string): StackState {
  const text = existsSync(file) ? readFileSync(file, "utf8") : '{"checkpoint":{}}';
  const { latest } = stateSchema.parse(JSON.parse(text)).checkpoint;
  const resources = latest?.resources ?? [];
  const stack = resources.find(({ type }) => type === stackType);
  return {
    stackUrn: stack?.urn,
    urns: new Set(resources.map(({ urn }) => urn)),
    outputs: readableProperties(stack?.outputs ?? {}),
    pending: (latest?.pending_operations ?? []).map(({ type: operation, resource }) => ({
      operation,
      urn: resource.urn,
      type: resource.type,
      inputs: resource.inputs ?? {},
    })),
  };
}

/** Writes creations back that the engine has struck out, as it would have left them. */
export function addPendingCreations(file: string, creations: readonly BegunCreation[]): void {
  if (creations.length === 0) {
    return;
  }
  const document = JSON.parse(readFileSync(file, "utf8")) as StateDocument;
  const { latest } = document.checkpoint;
  latest.pending_operations = [
    ...(latest.pending_operations ?? []),
    ...creations.map(({ urn, type, parent, provider }) => ({
      resource: { urn, custom: true, type, parent, provider },
      type: "creating",
    })),
  ];
  const staging = `${file}.new`;
  writeFileSync(staging, JSON.stringify(document), { mode: 0o600 });
  renameSync(staging, file);
}

/** The file is written back with all that it holds, whether it is known here or not. */
interface StateDocument {
  checkpoint: { latest: { pending_operations?: unknown[] } };
}
