import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { stackType } from "../../tools/engine/types";
import { holdsSecret, readableProperties } from "../output/values";
import { fileFailure } from "../fileFailure";
import type { StateDirectory } from "../stateDirectory";
import { UserError } from "../userError";
import type { BegunCreation } from "./creationJournal";
import { localCommand } from "../invocation";

/** The newest form of state file that the engine of this version writes. */
const newestVersion = 4;
const versionSchema = z.object({ version: z.number() });

/** The parts of the backend's state file that are read here. */
const stateSchema = z.object({
  checkpoint: z.object({
    latest: z
      .object({
        resources: z
          .array(
            z.object({
              urn: z.string(),
              id: z.string().optional(),
              type: z.string(),
              initErrors: z.array(z.string()).nullish(),
              outputs: z.record(z.string(), z.unknown()).optional(),
            }),
          )
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
  /** Of every resource that Azure has given one. */
  readonly ids: ReadonlySet<string>;
  /** Secrets are masked. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly pending: readonly PendingOperation[];
  /** URNs of resources that are in Azure, and whose creation or update failed after that. */
  readonly unfinished: readonly string[];
}

/** The project's name, which is its settings' namespace too. */
export const projectName = (project: string): string =>
  /^name:\s*["']?([\w.-]+)/m.exec(readFileSync(join(project, "Pulumi.yaml"), "utf8"))?.[1] ?? "";

/** Where the backend keeps a stack. */
export function stateFile(state: StateDirectory, project: string, stack: string): string {
  return join(state.pulumi.backend, ".pulumi", "stacks", projectName(project), `${stack}.json`);
}

/**
 * Reads a stack's state straight from its file, which takes a sixth of a second less than asking the engine.
 *
 * @throws UserError where it can't be read
 */
export function readStackState(file: string): StackState {
  const { latest } = parsedState(file).checkpoint;
  const resources = latest?.resources ?? [];
  const stack = resources.find(({ type }) => type === stackType);
  return {
    stackUrn: stack?.urn,
    urns: new Set(resources.map(({ urn }) => urn)),
    ids: new Set(resources.flatMap(({ id }) => id ?? [])),
    outputs: readableProperties(stack?.outputs ?? {}),
    pending: (latest?.pending_operations ?? []).map(({ type: operation, resource }) => ({
      operation,
      urn: resource.urn,
      type: resource.type,
      inputs: resource.inputs ?? {},
    })),
    unfinished: resources.filter(({ initErrors }) => (initErrors ?? []).length > 0).map(({ urn }) => urn),
  };
}

/** False where the file was cut off, as on a full disk; true where there is none. */
export function isWholeState(file: string): boolean {
  if (!existsSync(file)) return true;
  try {
    JSON.parse(readFileSync(file, "utf8"));
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function parsedState(file: string): z.infer<typeof stateSchema> {
  try {
    const text = existsSync(file) ? readFileSync(file, "utf8") : '{"checkpoint":{}}';
    const document: unknown = JSON.parse(text);
    refuseNewer(file, document);
    return stateSchema.parse(document);
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : "it is not a stack's state";
    if (error instanceof UserError) throw error;
    throw (
      fileFailure(error) ??
      new UserError(
        `${file} is damaged: ${reason}. Which resources are the stack's is lost; local Azure still has them. ` +
          `Copy the newest .checkpoint.json of .pulumi/history over it, or delete it and run \`${localCommand("import")}\`.`,
      )
    );
  }
}

/** An older engine would leave out what it does not know. */
function refuseNewer(file: string, document: unknown): void {
  const { data } = versionSchema.safeParse(document);
  if (data !== undefined && data.version > newestVersion) {
    throw new UserError(
      `${file} was written by a newer Pulumi engine: version ${data.version} of the state, and this version supports versions up to ${newestVersion}. ` +
        "Nothing was changed. Use the version of local Azure that wrote it, or a newer one.",
    );
  }
}

/**
 * Settles pending creations in the state file: what has an ID becomes a resource of the stack, whose properties a refresh
 * then reads; the others are forgotten. (The engine's own option for this forgets them all.)
 *
 * @param ids by URN
 * @param orphanedCreates creations that the state does not tell of
 */
export function settleCreations(
  file: string,
  ids: ReadonlyMap<string, string>,
  orphanedCreates: readonly BegunCreation[],
): void {
  const document = JSON.parse(readFileSync(file, "utf8")) as StateDocument;
  const { latest } = document.checkpoint;
  const operations = latest.pending_operations ?? [];
  const begun = [
    ...operations.filter(({ type }) => type === "creating").map(({ resource }) => resource),
    // Without inputs a resource is read as an import is, in Azure's spelling, which can differ from the program's. A secret
    // that is left out must not come into the state, where the engine would try to decrypt it.
    ...orphanedCreates.map(({ urn, type, parent, provider, inputs }) => ({
      urn,
      type,
      parent,
      provider,
      custom: true,
      inputs: holdsSecret(inputs) ? {} : inputs,
    })),
  ];
  const taken = begun.flatMap((resource) => {
    const id = ids.get(resource.urn);
    return id === undefined ? [] : [{ ...resource, id, outputs: {} }];
  });
  const replaced = new Set(taken.map(({ urn }) => urn));
  latest.resources = [
    // What a replacement that was taken over has replaced goes with the next update, as it would have.
    ...(latest.resources ?? []).map((old) => (replaced.has(old.urn) ? { ...old, delete: true } : old)),
    ...taken,
  ];
  latest.pending_operations = operations.filter(({ type }) => type !== "creating");
  write(file, document);
}

function write(file: string, document: StateDocument): void {
  const staging = `${file}.new`;
  writeFileSync(staging, JSON.stringify(document), { mode: 0o600 });
  renameSync(staging, file);
}

/** The file is written back with all that it holds, whether it is known here or not. */
interface StateDocument {
  checkpoint: {
    latest: {
      resources?: { urn: string; inputs?: unknown }[];
      pending_operations?: { type: string; resource: { urn: string; inputs?: unknown } }[];
    };
  };
}
