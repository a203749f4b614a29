import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { stackType } from "../output/names";
import { readableProperties } from "../output/values";
import type { StateDirectory } from "../stateDirectory";

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
  readonly type: string;
  readonly urn: string;
  readonly resourceType: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface StackState {
  /** URN of the stack itself, once it has one. */
  readonly stackUrn: string | undefined;
  readonly resourceCount: number;
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
    resourceCount: resources.length,
    outputs: readableProperties(stack?.outputs ?? {}),
    pending: (latest?.pending_operations ?? []).map(({ type, resource }) => ({
      type,
      urn: resource.urn,
      resourceType: resource.type,
      inputs: resource.inputs ?? {},
    })),
  };
}
