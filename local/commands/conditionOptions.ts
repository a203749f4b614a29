import { createRequire } from "node:module";
import { InvalidArgumentError, Option, type Command } from "commander";
import { drawnSeed, type Conditions } from "../azure/conditions/conditions";
import type { Scenario } from "../azure/conditions/faults/scenarioSchema";
import { latencyMode } from "../azure/conditions/latency/latency";
import type { ModeChoice } from "../azure/conditions/mode";
import { replicationMode } from "../azure/conditions/replication/replication";
import { largestSeed } from "../azure/conditions/seed";
import { throttlingMode } from "../azure/conditions/throttling/throttling";
import type { ChosenConditions } from "../session/conditions";

/** Loads a module at the moment it is needed. Not `import()`: Node.js answers that itself, and knows no TypeScript. */
const later = createRequire(__filename);

/** What the options of {@link withConditions} give. */
export interface ConditionOptions {
  readonly faults?: readonly Scenario[];
  readonly replication?: ModeChoice;
  readonly throttling?: ModeChoice;
  readonly latency?: ModeChoice;
  readonly seed?: number;
}

const modes = {
  replication: { mode: replicationMode, description: "how long changes take to replicate" },
  throttling: { mode: throttlingMode, description: "the services' limits" },
  latency: { mode: latencyMode, description: "how long calls take" },
} as const;

/** Adds what makes local Azure behave as on a bad day, to a command that opens it. */
export function withConditions(command: Command): Command {
  command.option(
    "--faults <name or file>",
    "inject the faults of this scenario, a name or a YAML file; repeatable",
    faults,
  );
  for (const [name, { mode, description }] of Object.entries(modes)) {
    command.addOption(
      new Option(`--${name} <profile>`, `${description}: azure, or azure:<factor>, for example azure:0.1`)
        .argParser(modeChoice)
        .hideHelp(!mode.isReady),
    );
  }
  return command.addOption(
    new Option(
      "--seed <number>",
      "the seed of all random choices, such as which requests fail (default: drawn, and printed)",
    ).argParser(seed),
  );
}

/** The conditions that the options ask for; undefined where they ask for none. */
export function chosenConditions(given: ConditionOptions): ChosenConditions | undefined {
  const { faults: scenarios, replication, throttling, latency, seed: givenSeed } = given;
  const wanted: Conditions = {
    ...(scenarios && { faults: scenarios }),
    ...(replication && { replication }),
    ...(throttling && { throttling }),
    ...(latency && { latency }),
    ...(givenSeed !== undefined && { seed: givenSeed }),
  };
  const options = Object.keys(wanted).map((name) => `--${name}`);
  if (options.length === 0) return undefined;
  return {
    conditions: { ...wanted, seed: givenSeed ?? drawnSeed() },
    isSeedDrawn: givenSeed === undefined,
    options,
  };
}

function faults(text: string, before: readonly Scenario[] = []): readonly Scenario[] {
  const files = later(
    "../azure/conditions/faults/scenarioFiles",
  ) as typeof import("../azure/conditions/faults/scenarioFiles");
  try {
    return [...before, files.scenarioFrom(text)];
  } catch (error) {
    if (error instanceof files.ScenarioRefused) throw new InvalidArgumentError(error.message);
    throw error;
  }
}

function modeChoice(text: string): ModeChoice {
  const [profile, factor, ...rest] = text.split(":");
  const value = factor === undefined ? 1 : Number(factor);
  if (profile !== "azure" || rest.length > 0 || factor === "" || !Number.isFinite(value) || value < 0) {
    throw new InvalidArgumentError("Give azure, or azure:<factor> with a number of 0 or more, for example azure:0.1.");
  }
  return { profile, factor: value };
}

function seed(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > largestSeed) {
    throw new InvalidArgumentError(`Give an integer from 0 to ${largestSeed}.`);
  }
  return value;
}
