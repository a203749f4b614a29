import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../support/command";

/** A Python of its own, with published packages installed. */
export interface Python {
  readonly command: string;
  remove(): Promise<void>;
}

/** Makes a virtual environment with the packages of a requirements file; where that can't be, says why instead. */
export async function pythonWith(requirements: string): Promise<Python | string> {
  const directory = await mkdtemp(join(tmpdir(), "clients-python-"));
  const remove = (): Promise<void> => rm(directory, { recursive: true, force: true });
  const pip = join(directory, "bin", "pip");
  for (const [command, ...args] of [
    ["python3", "-m", "venv", directory],
    [pip, "install", "--quiet", "--requirement", requirements],
  ] as const) {
    const ended = await run(command, args, ownEnvironment()).catch((error: unknown) => ({
      code: 1,
      stderr: String(error),
    }));
    if (ended.code !== 0) {
      await remove();
      return `${[command, ...args].join(" ")}: ${ended.stderr.trim().split("\n").at(-1) ?? "failed"}`;
    }
  }
  return { command: join(directory, "bin", "python"), remove };
}

/** The developer's own environment: the way to the package index may lead through variables. */
const ownEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
