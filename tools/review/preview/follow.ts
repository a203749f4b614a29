import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { policyPackPaths } from "../../../policy/run";
import { longestStillMs, Stillness, stillnessOf } from "../../program/stillness";
import type { PreviewedEvents, PreviewRequest } from "./source";

/** Variables that hold secrets of whoever runs the review. */
const secretVariables = /(SECRET|PASSWORD|PASSPHRASE|TOKEN|ACCESS_KEY|SAS)/i;

/** How long a program may do nothing, and what ends it then. */
export interface Following {
  /** In milliseconds. @default {@link longestStillMs} */
  readonly longestStill?: number;
  /** Ends a program that runs in this process. @default the engine is told to stop, which ends the program */
  readonly giveUp?: (why: Error) => void;
}

/**
 * Previews a stack with the policy pack and keeps what the engine tells. This is all that production and local Azure
 * have in common, and all that a report is made from.
 *
 * The engine's event log has the steps and the policies' findings together; its plan tells what a pending value comes
 * from, and is absent where the preview failed. Secrets are encrypted in the plan, which is gone when this returns.
 *
 * A program that waits for what never comes ends the preview: {@link Stillness}.
 */
export async function followPreview(
  stack: Stack,
  { policyConfig, settingsFile }: PreviewRequest,
  env: Readonly<Record<string, string | undefined>>,
  { longestStill = longestStillMs, giveUp }: Following = {},
): Promise<PreviewedEvents> {
  const directory = mkdtempSync(join(tmpdir(), "preview-"));
  const planFile = join(directory, "plan.json");
  const events: EngineEvent[] = [];
  const stop = new AbortController();
  let still: string | undefined;
  const onStill = (urns: readonly string[]): void => {
    still = stillnessOf("preview", longestStill, urns);
    if (giveUp) giveUp(new Error(still));
    else stop.abort();
  };
  const stillness = new Stillness(onStill, longestStill, false);
  try {
    const failure = await stack
      .preview({
        policyPacks: policyPackPaths().packs,
        ...(policyConfig !== undefined && { policyPackConfigs: [policyConfig] }),
        ...(settingsFile !== undefined && { configFile: settingsFile }),
        plan: planFile,
        signal: stop.signal,
        onEvent: (event) => {
          events.push(event);
          stillness.hear(event);
        },
      })
      .then(
        () => undefined,
        (error: unknown) => still ?? (error instanceof Error ? error.message : String(error)),
      );
    return { events, plan: failure === undefined ? readPlan(planFile) : undefined, failure, secrets: secretsIn(env) };
  } finally {
    stillness.end();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A plan that can't be read costs names of what is not made yet, and nothing else. */
function readPlan(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

const secretsIn = (env: Readonly<Record<string, string | undefined>>): string[] =>
  Object.entries(env).flatMap(([name, value]) => (value !== undefined && secretVariables.test(name) ? [value] : []));
