import { parseArgs } from "node:util";
import { bootstrap } from "../local/install/bootstrap.mjs";
import { runJest } from "./runJest.mjs";
import { help, requestsOf, told } from "./soak/commandLine.mjs";
import { walkSeeds } from "./soak/seeds.mjs";

/** Tests that go further in a soak, each of which asks tests/support/soak.ts: those that take minutes, and the others. */
const short = [
  "tests/engine/changedSettings",
  "tests/clients/permissions",
  "tests/clients/dataLakeGen1",
  "tests/package/outside",
  "tests/engine/kill",
];
const files = [
  ...short,
  "tests/engine/yearOne",
  "tests/engine/yearTwo",
  "tests/engine/replication",
  "tests/engine/crash",
  "tests/engine/scenarios",
  "tests/local/azure/network/malformed",
  "tests/local/stack/anyFault",
];

const options = {
  days: { type: "string" },
  seed: { type: "string" },
  seeds: { type: "string" },
  only: { type: "string" },
  short: { type: "boolean" },
  help: { type: "boolean", short: "h" },
};

async function main() {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help) return console.log(help);
  const isWalk = ["days", "seed", "seeds", "only"].some((name) => values[name] !== undefined);
  if (isWalk && values.short) throw new Error("--short is for the tests; a walk by seeds takes --days.");
  if (!isWalk) {
    const named = positionals.length > 0 ? positionals : values.short ? short : files;
    return await runJest(named, { SOAK: "1" });
  }
  const requests = requestsOf(values);
  await bootstrap();
  let failed = 0;
  await walkSeeds(requests, (end) => {
    if (end.problems.length > 0) failed += 1;
    console.log(told(end));
  });
  console.log(`${requests.length - failed} of ${requests.length} seeds passed.`);
  process.exitCode = failed === 0 ? 0 : 1;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
