import { readdirSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../stateDirectory";

/** A package that is published from sources of several directories. */
export interface PublishedPackage {
  /** Directory of its package.json, README.md and CHANGELOG.md. */
  readonly directory: string;
  /** Sources that its work begins with; what they import goes along. */
  readonly entries: readonly string[];
  /** Files that go along as they are: no source names them as a module. */
  readonly assets: readonly string[];
  /** Name of a command to the source whose `main` runs it. */
  readonly commands: Readonly<Record<string, string>>;
  /** Packages that no import names: for what its files start or hand over. */
  readonly needs?: readonly string[];
}

const policyAssets = [
  "policy/PulumiPolicy.yaml",
  "policy/launcher/onlyAssets.js",
  "policy/launcher/pulumi-analyzer-policy-nodejs",
  "policy/launcher/serve.js",
];
/** Fault scenarios, which are found by their names, and their schema. */
const faultAssets = readdirSync(join(projectRoot, "local", "faults"))
  .filter((file) => /\.(yaml|json)$/.test(file))
  .map((file) => `local/faults/${file}`);
const toolEntries = ["tools/cli/main.ts", "tools/doctor/program/recorder.ts"];
const policyEntries = ["policy/index.ts", "policy/run.ts"];

/** What is published nowhere: this repository's own stack, which runs where the repository is, what judges its settings … */
export const leftOut: readonly string[] = [
  "infra/program",
  "local/stack/configurationCheck",
  // The page goes along bundled.
  "tools/report/build/bundle",
];

/** The packages of commands. The policy pack lies in each, as they hand it to the engine. */
export const commandPackages: readonly PublishedPackage[] = [
  {
    directory: "tools",
    entries: [...toolEntries, ...policyEntries],
    assets: policyAssets,
    needs: ["tsx"],
    commands: { "tools/start.mjs": "./cli/main.js" },
  },
  {
    directory: "local",
    entries: ["local/cli.ts", ...toolEntries, ...policyEntries],
    needs: ["tsx"],
    assets: [
      ...policyAssets,
      "local/engine/build/go.mod",
      "local/engine/build/go.sum",
      "local/preload/fetchProxy.cjs",
      ...faultAssets,
    ],
    commands: { "local/start.mjs": "./cli.js", "tools/start.mjs": "./cli/main.js" },
  },
];

/** The policy pack by itself, with its files at the top. */
export const policyPackage: PublishedPackage = {
  directory: "policy",
  entries: policyEntries,
  assets: [...policyAssets, "policy/RULES.md"],
  commands: {},
};
