import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { allowedIpRange, daemonName, endDate, fileSystem, graphPermission, landing } from "../deployment/setting";

const root = join(__dirname, "..", "..");
const namespace = "azure-daemon-access";

/** Daemons of a team's stack. */
export const teamSize = 25;

/** How the daemons are divided: all in one stack, or in stacks of teams that build on a platform stack. */
export type Layout = "one stack" | "estate";

/**
 * Lays out a project as its users have it: Pulumi.yaml, the program, a settings file for each stack, all in
 * one commit.
 *
 * @param perTeam daemons of a team's stack
 */
export function layOutProject(directory: string, layout: Layout, daemons: number, perTeam: number): void {
  mkdirSync(directory, { recursive: true });
  cpSync(join(root, "Pulumi.yaml"), join(directory, "Pulumi.yaml"));
  for (const name of ["infra", "components", "node_modules"]) symlinkSync(join(root, name), join(directory, name));
  for (const [stack, settings] of stacksOf(layout, daemons, perTeam)) write(directory, stack, settings);
  git(directory, "init", "--quiet");
  commit(directory);
}

/** Commits what has changed, such as the salts that the engine has written into the settings files. */
export function commit(directory: string): void {
  git(directory, "add", "--all");
  git(directory, "-c", "commit.gpgsign=false", "commit", "--quiet", "--allow-empty", "--message", "The estate");
}

function git(directory: string, ...args: string[]): void {
  const author = ["-c", "user.name=bench", "-c", "user.email=bench@localhost"];
  execFileSync("git", [...author, ...args], { cwd: directory });
}

/** Changes one daemon of the first team, and leaves the change uncommitted. */
export function changeOneTeam(directory: string): void {
  commit(directory);
  const file = settingsFile(directory, teamName(0));
  writeFileSync(file, readFileSync(file, "utf8").replace(`name: "${daemonName(0)}"\n`, `$&      notes: "changed"\n`));
}

type Settings = Readonly<Record<string, unknown>>;

function stacksOf(layout: Layout, daemons: number, perTeam: number): [stack: string, settings: Settings][] {
  const { location, resourceGroupName, workspaceId, readerObjectId } = landing;
  const shared = {
    location,
    resourceGroupName,
    workspaceId,
    vault: { allowedIpRanges: [allowedIpRange] },
    lake: { allowedIpRanges: [allowedIpRange] },
    readers: [{ objectId: readerObjectId }],
  };
  if (layout === "one stack") return [["all", { ...shared, daemons: daemonsFrom(0, daemons) }]];
  const teams = Array.from({ length: Math.ceil(daemons / perTeam) }, (_, team) => team);
  const platform = { vaults: teams.map(teamName), fileSystems: [fileSystem] };
  return [
    ["platform", { ...shared, platform }],
    ...teams.map((team): [string, Settings] => [
      teamName(team),
      {
        platformStack: { stack: `organization/${namespace}/platform`, vault: teamName(team) },
        daemons: daemonsFrom(team * perTeam, Math.min(daemons, (team + 1) * perTeam)),
      },
    ]),
  ];
}

const teamName = (team: number): string => `team-${team + 1}`;

const daemonsFrom = (first: number, end: number): Settings[] =>
  Array.from({ length: end - first }, (_, index) => ({
    name: daemonName(first + index),
    secret: { endDate },
    graph: { permissions: [graphPermission] },
    lake: { fileSystem },
    machineLearning: {},
  }));

const settingsFile = (directory: string, stack: string): string => join(directory, `Pulumi.${stack}.yaml`);

function write(directory: string, stack: string, settings: Settings): void {
  const config = Object.fromEntries(Object.entries(settings).map(([key, value]) => [`${namespace}:${key}`, value]));
  // Without quotes, the engine reads a date as a timestamp.
  const text = stringify({ config }, { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" });
  writeFileSync(settingsFile(directory, stack), text);
}
