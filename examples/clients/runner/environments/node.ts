import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { kept, textOf } from "./cache";
import type { MakeEnvironment } from "./environment";

/** A node_modules of its own, from a lock file; a program without packages has Node.js alone. */
export const nodeEnvironment: MakeEnvironment = async ({ name, directory, program, pins, packages }, workshop) => {
  const programs = join(workshop.programs, directory);
  const npm = npmOf(workshop.machine);
  const made = await kept(name, [process.version, textOf(join(programs, pins))], workshop, (at) => {
    for (const file of ["package.json", pins]) copyFileSync(join(programs, file), join(at, file));
    return [[...npm, "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]];
  });
  return {
    versions:
      packages.length === 0 ? [`node ${process.version}`] : packages.map((each) => `${each} ${versionIn(made, each)}`),
    launch: (_connection, scratch, other = program) => {
      // A module is looked for from the file that asks for it, so the program stands where the packages are.
      const at = join(made, other);
      copyFileSync(join(programs, other), at);
      return Promise.resolve({ command: process.execPath, args: [at], cwd: scratch });
    },
  };
};

/** npm names itself in npm_execpath when it starts a script; that one is known to work. */
function npmOf({ npm_execpath: path }: Readonly<Record<string, string>>): readonly [string, ...string[]] {
  return path !== undefined && /npm[^/\\]*\.[cm]?js$/.test(path) ? [process.execPath, path] : ["npm"];
}

const versionIn = (environment: string, name: string): string => {
  const file = join(environment, "node_modules", name, "package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { readonly version: string }).version;
};
