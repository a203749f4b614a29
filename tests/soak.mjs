import { runJest } from "./runJest.mjs";

/** Tests that go further in a soak: each asks tests/support/soak.ts. */
const files = [
  "tests/engine/yearOne",
  "tests/engine/yearTwo",
  "tests/engine/replication",
  "tests/local/azure/network/malformed",
];

await runJest(process.argv.length > 2 ? process.argv.slice(2) : files, { SOAK: "1" });
