import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { importFile, type ImportFile, type Planned } from "../../tools/adopt/estate/importFile";
import type { Changed, ExportedStack } from "../../tools/adopt/estate/settle";
import type { Importing, ImportPlan } from "../../tools/adopt/estate/takeIn";
import { nameInUrn } from "../../tools/engine/urns";
import { ADOPTING } from "../../tools/adopt/adoptingVariable";
import { longestStillMs, Stillness, stillnessOf } from "../../tools/program/stillness";
import { UserError } from "../userError";
import type { DrivenStack } from "./drivenStack";
import { emptyLanguage } from "../language/emptyLanguage";
import { EngineFailure } from "./engineCommand";

/** @param directory where the engine may write its document */
export function importing(driven: DrivenStack, directory: string, signal: AbortSignal): Importing {
  const { stack } = driven;
  return {
    plan: () => withoutFailure(() => plan(driven, join(directory, "import.json"), signal)),
    take: (file) => withoutFailure(() => take(stack, file)),
    exported: async () => JSON.parse(await engine(driven, "stack", "export")) as unknown,
    replace: (state) => withoutFailure(() => replace(driven, state, join(directory, "state.json"))),
  };
}

async function take(stack: Stack, { resources, nameTable = {} }: ImportFile): Promise<void> {
  const { workspace } = stack;
  const project = await workspace.projectSettings();
  const language = await emptyLanguage();
  try {
    await workspace.saveProjectSettings({ ...project, runtime: language.runtime });
    // A component has no ID in Azure.
    const entries = resources.map((entry) => ({ ...entry, id: entry.id ?? "" }));
    await stack.import({ resources: entries, nameTable, protect: false, generateCode: false });
  } finally {
    language.close();
    await workspace.saveProjectSettings(project);
  }
}

async function plan({ stack, program }: DrivenStack, path: string, signal: AbortSignal): Promise<ImportPlan> {
  const planned: Planned[] = [];
  const changed: Changed[] = [];
  let still: string | undefined;
  const onStill = (urns: readonly string[]): void => {
    still = stillnessOf("preview", longestStillMs, urns);
    program.giveUp(new Error(still));
  };
  const stillness = new Stillness(onStill, longestStillMs, false);
  const onEvent = (event: EngineEvent): void => {
    stillness.hear(event);
    const { resourcePreEvent } = event;
    const { op, urn = "", type = "", new: next } = resourcePreEvent?.metadata ?? {};
    if (!next) return;
    const inputs = next.inputs as Planned["inputs"];
    if (op === "create") planned.push({ urn, type, name: nameInUrn(urn), inputs });
    if (op === "update" || op === "create-replacement") changed.push({ urn, inputs });
  };
  // The program runs in this process.
  process.env[ADOPTING] = "true";
  try {
    await stack.preview({ importFile: path, onEvent, signal });
    return { file: importFile.parse(JSON.parse(readFileSync(path, "utf8"))), planned, changed };
  } catch (error) {
    throw still === undefined ? error : new UserError(still);
  } finally {
    stillness.end();
    Reflect.deleteProperty(process.env, ADOPTING);
    rmSync(path, { force: true });
  }
}

/** Runs the engine as the Automation API does. Its own export would decrypt the secrets. */
async function engine({ stack, command }: DrivenStack, ...args: string[]): Promise<string> {
  const { pulumiHome, workDir, envVars } = stack.workspace;
  const variables = { ...(pulumiHome !== undefined && { PULUMI_HOME: pulumiHome }), ...envVars };
  return (await command.run([...args, "--stack", stack.name], workDir, variables)).stdout;
}

async function replace(driven: DrivenStack, state: ExportedStack, path: string): Promise<void> {
  try {
    writeFileSync(path, JSON.stringify(state), { mode: 0o600 });
    await engine(driven, "stack", "import", "--file", path);
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
