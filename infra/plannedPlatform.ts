import * as pulumi from "@pulumi/pulumi";
import type { RawOutputs } from "../components/stack/readContract";

/** Set by `daemon-access estate review`; tools/estate/review/plannedPlatform.ts has it too. */
const SETTING = "daemon-access:plannedPlatform";

interface Planned extends Pick<RawOutputs, "outputs"> {
  /** Full name of the platform stack. */
  readonly stack: string;
  /** Names of the outputs that are known only after its update. */
  readonly pending: readonly string[];
}

/**
 * A platform stack's outputs as they will be, where a review of the estate has previewed it before. An update reads those of today.
 */
export function plannedOr(stack: string, { outputs, secretNames }: RawOutputs): RawOutputs {
  const text = pulumi.runtime.allConfig()[SETTING];
  const isDeployed = Object.keys(outputs).length > 0;
  if (text === undefined || !pulumi.runtime.isDryRun() || !isDeployed) return { outputs, secretNames };
  const planned = JSON.parse(text) as Planned;
  if (planned.stack !== stack) return { outputs, secretNames };
  const stillToday = planned.pending.filter((name) => name in outputs).map((name) => [name, outputs[name]] as const);
  return { outputs: { ...planned.outputs, ...Object.fromEntries(stillToday) }, secretNames };
}
