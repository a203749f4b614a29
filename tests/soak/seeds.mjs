import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { join } from "node:path";
import { root } from "../../local/install/bootstrap.mjs";

/** How many seeds are walked side by side. */
const atOnce = 2;

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
  const args = ["-r", "tsx/cjs", join(root, "tests/soak/seed.ts"), JSON.stringify(request)];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const printed = (await text(child.stdout)).trim();
  if (printed === "") return { ...request, problems: ["its process ended without a word; the reason is above"] };
  return JSON.parse(printed.split("\n").at(-1));
}
