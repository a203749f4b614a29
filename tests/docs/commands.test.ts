import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pages, read, root } from "./pages";

jest.setTimeout(120_000);

interface Line {
  readonly page: string;
  readonly script: string;
  /** The workspace it belongs to; the root's where absent. */
  readonly workspace?: string;
  /** What follows `--`; not what follows a second one, which is another command's. */
  readonly words: readonly string[];
}

/** Every `npm run …` of the pages, in a block or in code marks. */
const lines: readonly Line[] = pages.flatMap((page) =>
  [...read(page).matchAll(/npm run (?:-s |--silent )?([\w:]+)(?: -w ([\w-]+))?(?: -- ([^`)"#|]*))?/g)].map(
    ([, script = "", workspace, rest = ""]) => ({
      page,
      script,
      ...(workspace !== undefined && { workspace }),
      words: (rest.split(/\n|\s{2,}|\s--\s/)[0] ?? "").split(/\s+/).filter((word) => word !== "" && word !== "…"),
    }),
  ),
);

const scriptsOf = (workspace = ""): string[] => {
  const manifest: unknown = JSON.parse(readFileSync(join(root, workspace, "package.json"), "utf8"));
  return Object.keys((manifest as { scripts: Record<string, string> }).scripts);
};

const helpTexts = new Map<string, string>();

/** What a command line tells of itself. */
function helpOf(start: string, ...words: string[]): string {
  const key = [start, ...words].join(" ");
  const known = helpTexts.get(key) ?? "";
  if (known !== "") return known;
  const { status, stdout, stderr } = spawnSync(process.execPath, [start, ...words, "--help"], {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${key} has no help: ${stderr}`);
  helpTexts.set(key, stdout);
  return stdout;
}

const flagsIn = (help: string): string[] =>
  [...help.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, flag = ""]) => flag);
const commandsIn = (help: string): string[] => {
  const [, commands = ""] = /\nCommands:\n([\s\S]*?)\n\n/.exec(help) ?? [];
  return [...commands.matchAll(/^ {2}([\w-]+)/gm)].map(([, command = ""]) => command);
};
const flagsOf = (words: readonly string[]): string[] => words.filter((word) => word.startsWith("--"));

describe("npm lines in the pages", () => {
  it.each(lines)("npm run $script is a script, as $page says", ({ script, workspace }) => {
    expect(scriptsOf(workspace)).toContain(script);
  });

  it.each(
    [...new Set(lines.filter(({ script }) => script === "local").map(({ words }) => words.join(" ")))].map((line) => [
      line,
    ]),
  )("npm run local -- %s is understood", (line) => {
    const start = "local/start.mjs";
    // What follows another "--" is the words of the command that it runs.
    const words = (line.split(" -- ")[0] ?? "").split(" ").filter((word) => word !== "");
    const [command] = words;
    const named = command !== undefined && !command.startsWith("--");
    if (named) expect(commandsIn(helpOf(start))).toContain(command);
    const known = [...flagsIn(helpOf(start)), ...(named ? flagsIn(helpOf(start, command)) : [])];
    for (const flag of flagsOf(words)) expect(known).toContain(flag);
  });

  it("npm run bench has every flag that is named", () => {
    const flags = lines.filter(({ script }) => script === "bench").flatMap(({ words }) => flagsOf(words));
    for (const flag of flags) expect(flagsIn(helpOf("bench/start.mjs"))).toContain(flag);
    expect(flags).not.toEqual([]);
  });

  it("tell of every command of npm run local", () => {
    const told = lines.filter(({ script }) => script === "local").map(({ words }) => words[0] ?? "deploy");
    expect(
      commandsIn(helpOf("local/start.mjs"))
        .filter((command) => command !== "help")
        .sort(),
    ).toEqual([...new Set(told)].filter((word) => !word.startsWith("--")).sort());
  });
});

describe("npx daemon-access in the pages", () => {
  const start = "tools/start.mjs";
  /** The words of each, up to the first that is no command. */
  const named = pages.flatMap((page) =>
    [...read(page).matchAll(/npx daemon-access ([^`)"#|\n]*)/g)].map(([, rest = ""]) => {
      const words = rest.split(/\s+/).filter((word) => word !== "" && word !== "…");
      const end = words.findIndex((word) => !/^[a-z][a-z-]+$/.test(word));
      return { page, path: words.slice(0, Math.min(end === -1 ? words.length : end, 2)), flags: flagsOf(words) };
    }),
  );

  /** The commands below the words, with the words. */
  const below = (...path: string[]): string[][] => commandsIn(helpOf(start, ...path)).map((name) => [...path, name]);
  const groups = below();
  const everyPath = groups.flatMap((group) => [group, ...below(...group)]);

  it.each([...new Map(named.map((each) => [JSON.stringify([each.path, each.flags]), each])).values()])(
    "daemon-access $path $flags is understood, as $page says",
    ({ path, flags }) => {
      const command = everyPath.filter((each) => each.every((word, index) => path[index] === word)).at(-1) ?? [];
      expect(path.length === 0 || command.length > 0).toBe(true);
      for (const flag of flags) expect(flagsIn(helpOf(start, ...command))).toContain(flag);
    },
  );

  it("name every command", () => {
    const told = new Set(named.map(({ path }) => path.join(" ")));
    for (const path of everyPath.filter((each) => below(...each).length === 0)) {
      expect([...told].some((each) => each.startsWith(path.join(" ")))).toBe(true);
    }
  });
});
