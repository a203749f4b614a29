import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { kept, textOf } from "./cache";
import type { MakeEnvironment } from "./environment";
import { run } from "./process";

const sums = "go.sum";

/** A program that Go has built, from a go.mod with its sums. */
export const goEnvironment: MakeEnvironment = async ({ name, directory, program, pins, packages }, workshop) => {
  const { machine, signal } = workshop;
  const { code, stdout } = await run("go", ["env", "GOVERSION"], { env: machine, signal });
  if (code !== 0) return { missing: "there is no go" };
  const files = [pins, sums, program];
  const programs = join(workshop.programs, directory);
  const of = [stdout.trim(), ...files.map((file) => textOf(join(programs, file)))];
  const made = await kept(name, of, workshop, (at) => {
    for (const file of files) copyFileSync(join(programs, file), join(at, file));
    return [["go", "build", "-mod=readonly", "-o", "program", "."]];
  });
  const pinned = textOf(join(made, pins));
  return {
    versions: packages.map((each) => `${each} ${versionIn(pinned, each)}`),
    launch: (_connection, scratch) => Promise.resolve({ command: join(made, "program"), args: [], cwd: scratch }),
  };
};

/** The version of a module whose path ends in a name. */
const versionIn = (pinned: string, name: string): string => new RegExp(`/${name} v(\\S+)`).exec(pinned)?.[1] ?? "?";
