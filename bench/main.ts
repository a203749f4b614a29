import { cpus, totalmem } from "node:os";
import { Command, InvalidArgumentError, Option } from "commander";
import { deploymentTables } from "./deployment/deploymentTable";
import { estateTables } from "./estate/estateTable";
import { Interrupted } from "./estate/interruption";
import { clientsTable } from "./localAzure/clientsTable";
import { localAzureTable } from "./localAzure/localAzureTable";
import { latencyTable } from "./latency/latencyTable";
import { secondRunTable } from "./secondRun/secondRunTable";
import { stateBackendsTables } from "./stateBackends/stateBackendsTable";
import { startUpTable } from "./startUp/startUp";

const parts = {
  "start-up": () => Promise.resolve(startUpTable()),
  "local-azure": () => localAzureTable(),
  clients: (progress: (line: string) => void) => clientsTable(progress),
  "second-run": (progress: (line: string) => void) => secondRunTable(progress),
  latency: (progress: (line: string) => void, isAlone: boolean) =>
    latencyTable(progress, isAlone ? "alone" : "amongOthers"),
  deployment: (progress: (line: string) => void) => deploymentTables(progress),
  estate: (progress: (line: string) => void, isAlone: boolean, daemons?: readonly number[]) =>
    estateTables({ progress, place: isAlone ? "alone" : "amongOthers", daemons }),
  "state-backends": (progress: (line: string) => void) => stateBackendsTables(progress),
} as const;

type Part = keyof typeof parts;

const command = new Command("npm run bench --")
  .description("Measures the project beside its floors and prints the tables of docs/explanation/performance.md.")
  .addOption(new Option("--only <part>", "measure one part").choices(Object.keys(parts)))
  .option("--daemons <number>", "of the part estate, only so many daemons; repeatable", numbers)
  .parse();

/** Adds a number of daemons to those that were given before. */
function numbers(text: string, before: readonly number[] = []): readonly number[] {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError("Give a whole number, for example 100.");
  return [...before, number];
}

interface Options {
  readonly only?: Part;
  readonly daemons?: readonly number[];
}

async function main({ only, daemons }: Options): Promise<void> {
  const progress = (line: string): void => {
    process.stderr.write(`${line} …\n`);
  };
  const started = performance.now();
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  console.log(
    `Node.js ${process.version}, ${cpus().length} cores (${cpu?.model.trim() ?? "unknown"}), ${memory} GiB\n`,
  );
  for (const part of only === undefined ? (Object.keys(parts) as Part[]) : [only]) {
    progress(`measuring ${part}`);
    console.log(`${await parts[part](progress, only !== undefined, daemons)}\n`);
  }
  progress(`done after ${Math.round((performance.now() - started) / 1000)} s`);
}

main(command.opts<Options>()).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof Interrupted ? 130 : 1;
});
