import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { text } from "node:stream/consumers";
import { UsageError } from "../../cli/failure";
import { killFamily } from "../../engine/processFamily";
import { restored, type Answer, type Job } from "./job";
import type { ProjectFile } from "./projectFile";
import type { Recording, Settings } from "./recording";

/** How long a program may take without a cloud, in milliseconds: it takes seconds, and a look at another stack's outputs more. */
const longestRunMs = 5 * 60_000;

const neverEnded = (ms: number): string =>
  `The program has not ended after ${ms / 60_000} minutes, without a cloud. It waits for what does not come: ` +
  "look for a `new Promise` without a call of its resolve, and for a timer or a server that is left open.";

/** In the repository the recorder is TypeScript; in the package it is not. */
const extension = extname(__filename);
const recorder = join(__dirname, `recorder${extension}`);
const typeScript = ["--require", createRequire(__filename).resolve("tsx/cjs")];

/**
 * Runs a program in a process of its own, with its own packages and the arguments of Node.js that Pulumi.yaml names, and
 * records what it declares.
 *
 * @param longestMs how long the program may take, in milliseconds. @default {@link longestRunMs}
 * @throws UsageError with what the program throws or rejects first, or with why it could not be run
 */
export async function recordInProcess(
  { directory, entry, nodeArguments, isTypeScript }: ProjectFile,
  settings: Settings,
  env: NodeJS.ProcessEnv,
  longestMs = longestRunMs,
): Promise<Recording> {
  const loader = isTypeScript || extension === ".ts" ? typeScript : [];
  const child = spawn(process.execPath, [...nodeArguments, ...loader, recorder], {
    cwd: directory,
    env,
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const job: Job = { program: join(directory, entry), settings };
  const answer = new Promise<Answer | undefined>((resolve, reject) => {
    child.once("error", reject);
    child.once("message", (message) => {
      resolve(message as Answer);
    });
    const timer = setTimeout(() => {
      resolve({ failure: neverEnded(longestMs) });
      if (child.pid !== undefined) killFamily(child.pid);
    }, longestMs);
    child.once("close", () => {
      clearTimeout(timer);
      resolve(undefined);
    });
  });
  child.send(job, () => undefined);
  // Typed so because it may be no pipe; here it is one.
  const [told, words] = await Promise.all([answer, child.stderr === null ? "" : text(child.stderr)]);
  if (told === undefined) throw new UsageError(`The program exited before it finished. ${lastWords(words)}`);
  if ("failure" in told) throw new UsageError(told.failure);
  return restored(told.recording);
}

function lastWords(words: string): string {
  const lines = words.trim().split("\n");
  return lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.slice(-3).join("\n");
}
