import type { AzureReader } from "../azureReader";
import { complete, type Completed } from "./completion";
import type { ImportFile, Planned } from "./importFile";
import { type Changed, type ExportedStack, settle } from "./settle";

/** What a preview tells: the engine's import document, what would be created, and what would be changed. */
export interface ImportPlan {
  readonly file: ImportFile;
  readonly planned: readonly Planned[];
  readonly changed: readonly Changed[];
}

/** The engine's part in taking in what is there. */
export interface Importing {
  plan(): Promise<ImportPlan>;
  /** Reads the document's resources into the stack's state. */
  take(file: ImportFile): Promise<void>;
  /** The stack's state, with its secrets encrypted. */
  exported(): Promise<unknown>;
  replace(stack: ExportedStack): Promise<void>;
}

export interface TakenIn {
  readonly found: Completed["found"];
  /** What the last preview would create all the same. */
  readonly last: Completed;
}

/** Takes in what stands in Azure. What is imported names what hangs on it, so each wave finds more, until one doesn't. */
export async function takeIn(engine: Importing, subscription: string, azure: AzureReader): Promise<TakenIn> {
  const found: Completed["found"][number][] = [];
  for (;;) {
    const { file, planned, changed } = await engine.plan();
    const settled = settle(await engine.exported(), changed);
    if (settled.urns.length > 0) await engine.replace(settled.stack);
    const completed = await complete(file, planned, subscription, azure);
    if (completed.found.length === 0) return { found, last: completed };
    await engine.take(completed.file);
    found.push(...completed.found);
  }
}
