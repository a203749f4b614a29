import { parseArgs } from "node:util";
import { bootstrap } from "../local/install/bootstrap.mjs";
import { runJest } from "./runJest.mjs";
import { help, requestsOf, told } from "./soak/commandLine.mjs";
import { walkSeeds } from "./soak/seeds.mjs";

/** Tests that go further in a soak: each asks tests/support/soak.ts. */
const files = [
  "tests/engine/yearOne",
  "tests/engine/yearTwo",
  "tests/engine/replication",
  "tests/engine/crash",
  "tests/engine/scenarios",
  "tests/local/azure/network/malformed",
];

const options = {
  days: { type: "string" },
  seed: { type: "string" },
  seeds: { type: "string" },
  only: { type: "string" },
  help: { type: "boolean", short: "h" },
};

async function main() {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help) return console.log(help);
  const isWalk = ["days", "seed", "seeds", "only"].some((name) => values[name] !== undefined);
  if (!isWalk) return await runJest(positionals.length > 0 ? positionals : files, { SOAK: "1" });
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
