import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { importFile } from "./estate/importFile";
import type { ImportPlan } from "./estate/takeIn";
import { ADOPTING } from "./adoptingVariable";
import { pulumi } from "../cli/pulumi";
import { nameInUrn } from "../engine/urns";
import { ownProgramPath } from "../program/programPath";

const preview = z.object({
  config: z.record(z.string(), z.unknown()).default({}),
  steps: z
    .array(
      z.object({
        op: z.string(),
        urn: z.string(),
        newState: z.object({ type: z.string(), inputs: z.record(z.string(), z.unknown()).default({}) }).optional(),
      }),
    )
    .default([]),
});

export interface Previewed extends ImportPlan {
  /** The subscription that the stack's configuration names. */
  readonly configured?: string;
}

/** One preview gives all: the engine's import document, and the inputs that say what each of its resources is. */
export async function previewed(stack: string): Promise<Previewed> {
  ownProgramPath(process.cwd());
  const directory = await mkdtemp(join(tmpdir(), "adopt-"));
  try {
    const path = join(directory, "import.json");
    const env = { ...process.env, [ADOPTING]: "true" };
    const printed = await pulumi(["preview", "--stack", stack, "--json", "--import-file", path], { env });
    return readPreview(JSON.parse(printed), JSON.parse(await readFile(path, "utf8")));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** @param document what the engine wrote for its import */
export function readPreview(printed: unknown, document: unknown): Previewed {
  const { config, steps } = preview.parse(printed);
  const configured = config["azure-native:subscriptionId"];
  return {
    file: importFile.parse(document),
    planned: steps.flatMap(({ op, urn, newState }) =>
      op === "create" && newState ? [{ urn, type: newState.type, name: nameInUrn(urn), inputs: newState.inputs }] : [],
    ),
    changed: steps.flatMap(({ op, urn, newState }) =>
      ["update", "replace", "create-replacement"].includes(op) && newState ? [{ urn, inputs: newState.inputs }] : [],
    ),
    ...(typeof configured === "string" && { configured }),
  };
}
