import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { parseDocument } from "yaml";
import { stackType } from "../../engine/types";
import { pending, secret, type Value, valueOf } from "../../review/preview/values";
import type { PlannedStack } from "../plan/plan";

/** The setting that tells a team's program what its platform is to offer; infra/plannedPlatform.ts has it too. */
const SETTING = "daemon-access:plannedPlatform";

/** A platform stack's outputs as its preview tells them. */
export interface PlannedOutputs {
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Those that are known only after the update. */
  readonly pending: readonly string[];
}

/** @returns undefined where the preview did not come to its outputs */
export function plannedOutputs(events: readonly EngineEvent[]): PlannedOutputs | undefined {
  const told = events.flatMap(({ resOutputsEvent }) =>
    resOutputsEvent?.metadata.type === stackType ? (resOutputsEvent.metadata.new?.outputs ?? []) : [],
  ) as Record<string, unknown>[];
  const raw = told.pop();
  if (raw === undefined) return undefined;
  const isKnown = (value: unknown): boolean => !isOpen(valueOf(value, () => undefined));
  const [known, open] = [true, false].map((wanted) =>
    Object.entries(raw).filter(([, each]) => isKnown(each) === wanted),
  );
  return { outputs: Object.fromEntries(known ?? []), pending: (open ?? []).map(([name]) => name) };
}

/** Whether a part of a value is pending or secret. */
function isOpen(value: Value): boolean {
  if (value === pending || value === secret) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(isOpen);
}

/**
 * Calls with a copy of a stack's settings that also tells what its platform stack is to offer. The copy is deleted afterwards.
 *
 * @param directory that of the project
 */
export async function withPlannedPlatform<T>(
  directory: string,
  { file, platformStack }: PlannedStack,
  planned: PlannedOutputs,
  use: (settingsFile: string) => Promise<T>,
): Promise<T> {
  const document = parseDocument(readFileSync(join(directory, file), "utf8"));
  document.setIn(["config", SETTING], JSON.stringify({ stack: platformStack?.stack, ...planned }));
  const copies = mkdtempSync(join(tmpdir(), "estate-review-"));
  try {
    const copy = join(copies, basename(file));
    writeFileSync(copy, document.toString(), { mode: 0o600 });
    return await use(copy);
  } finally {
    rmSync(copies, { recursive: true, force: true });
  }
}
