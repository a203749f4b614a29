import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { importFile, type ImportFile, type Planned } from "../../adopt/estate/importFile";
import { UserError } from "../userError";
import { EngineFailure } from "./engineCommand";

/** What a preview would create: the engine's import document, and the inputs that say what each of its resources is. */
export interface ImportPlan {
  readonly file: ImportFile;
  readonly planned: readonly Planned[];
}

/** The engine's part in taking in what is there. */
export interface Importing {
  plan(): Promise<ImportPlan>;
  /** Reads the document's resources into the stack's state. */
  take(file: ImportFile): Promise<void>;
}

/** @param directory where the engine may write its document */
export function importing(stack: Stack, directory: string, signal: AbortSignal): Importing {
  return {
    plan: () => withoutFailure(() => plan(stack, join(directory, "import.json"), signal)),
    take: ({ resources, nameTable = {} }) =>
      withoutFailure(async () => {
        // A component has no ID in Azure.
        const entries = resources.map((entry) => ({ ...entry, id: entry.id ?? "" }));
        await stack.import({ resources: entries, nameTable, protect: false, generateCode: false });
      }),
  };
}

async function plan(stack: Stack, path: string, signal: AbortSignal): Promise<ImportPlan> {
  const planned: Planned[] = [];
  const onEvent = ({ resourcePreEvent }: EngineEvent): void => {
    const { op, urn = "", type = "", new: created } = resourcePreEvent?.metadata ?? {};
    if (op !== "create" || !created) return;
    planned.push({ type, name: urn.split("::").slice(3).join("::"), inputs: created.inputs as Planned["inputs"] });
  };
  try {
    await stack.preview({ importFile: path, onEvent, signal });
    return { file: importFile.parse(JSON.parse(readFileSync(path, "utf8"))), planned };
  } finally {
    rmSync(path, { force: true });
  }
}

/** The engine's refusal, in its own words and without a stack trace. */
async function withoutFailure<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof EngineFailure ? new UserError(error.reason) : error;
  }
}
