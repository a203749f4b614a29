import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { projectName } from "./stateFile";

/** How many updates `pulumi stack history` can tell of. */
const kept = 5;
/** Files are named after the stack and the moment of the update in nanoseconds: "dev-1795254952167072586.history.json". */
const updateMoment = /-(\d{19})\.[^-]*$/;

/**
 * Removes all but the last few updates from a stack's history. The backend keeps a copy of the whole state for each and
 * never removes one: ten runs of 100 daemons are as many megabytes.
 */
export function pruneHistory(backend: string, project: string, stack: string): void {
  const directory = join(backend, ".pulumi", "history", projectName(project), stack);
  if (!existsSync(directory)) {
    return;
  }
  const files = readdirSync(directory).flatMap((name) => {
    const moment = updateMoment.exec(name)?.[1];
    return moment === undefined ? [] : [{ name, moment }];
  });
  const moments = [...new Set(files.map(({ moment }) => moment))].sort();
  const old = new Set(moments.slice(0, -kept));
  for (const { name } of files.filter(({ moment }) => old.has(moment))) {
    rmSync(join(directory, name), { force: true });
  }
}
