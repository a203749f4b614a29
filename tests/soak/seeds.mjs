import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { text } from "node:stream/consumers";
import { join } from "node:path";
import { root } from "../../local/install/bootstrap.mjs";

/** How many seeds are walked side by side: one more than there are cores, as each waits for its engine half of the time. */
const atOnce = availableParallelism() + 1;

/** A walk makes millions of short-lived promises: more memory for young objects leaves less garbage to collect. */
const nodeOptions = ["--max-semi-space-size=64"];
/** The engine collects its garbage less often. */
const engineOptions = { GOGC: "800" };

/**
 * Walks through seeds, each in a process of its own.
 *
 * @param {readonly object[]} requests as tests/soak/seed.ts takes them
 * @param {(end: object) => void} tell hears how each ended, in the order in which they end
 */
export async function walkSeeds(requests, tell) {
  const waiting = [...requests];
  const work = async () => {
    for (let request = waiting.shift(); request !== undefined; request = waiting.shift()) tell(await walked(request));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

async function walked(request) {
  const args = [
    ...nodeOptions,
    "-r",
    join(root, "tests/support/typescript.cjs"),
    join(root, "tests/soak/seed.ts"),
    JSON.stringify(request),
  ];
  const env = { ...process.env, ...engineOptions };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
  const printed = (await text(child.stdout)).trim();
  if (printed === "") return { ...request, problems: ["its process ended without a word; the reason is above"] };
  return JSON.parse(printed.split("\n").at(-1));
}
