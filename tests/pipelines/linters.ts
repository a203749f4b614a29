import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { run } from "../support/command";

const execute = promisify(execFile);
const actionlint = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12";

/** A linter: its command, or the reason why there is none here. */
export type Linter = { readonly command: string } | { readonly missing: string };

/** actionlint, from PATH or built from its Go module. */
export async function findActionlint(): Promise<Linter> {
  if (await starts("actionlint", "-version")) return { command: "actionlint" };
  if (!(await starts("go", "version"))) return { missing: "there is neither actionlint nor Go" };
  const directory = await mkdtemp(join(tmpdir(), "actionlint-"));
  try {
    await execute("go", ["install", actionlint], { env: { ...process.env, GOBIN: directory, GOFLAGS: "" } });
    return { command: join(directory, "actionlint") };
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    return { missing: `its Go module could not be built (${firstLine(error)})` };
  }
}

/** Removes what {@link findActionlint} built. */
export async function removeBuilt(linter: Linter): Promise<void> {
  if ("command" in linter && linter.command.startsWith(tmpdir())) {
    await rm(join(linter.command, ".."), { recursive: true, force: true });
  }
}

export async function findShellcheck(): Promise<Linter> {
  return (await starts("shellcheck", "--version"))
    ? { command: "shellcheck" }
    : { missing: "there is no shellcheck on PATH" };
}

async function starts(command: string, ...args: string[]): Promise<boolean> {
  try {
    return (await run(command, args, {})).code === 0;
  } catch {
    return false;
  }
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
