import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../support/command";
import { runToolCommand } from "../support/toolCommand";
import { WarmCommands } from "../support/warmCommands";
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

const local = new WarmCommands("local/cli.ts", { PATH: process.env["PATH"], npm_lifecycle_event: "local" });
afterAll(() => {
  local.leave();
});

/** What a command line is run by, from the words that follow it. */
const commandLines = {
  local: async (words: readonly string[]) => {
    const ended = await local.run(words, { npm_lifecycle_event: "local" });
    if (ended === undefined) throw new Error("another command still runs");
    return ended;
  },
  tools: (words: readonly string[]) => runToolCommand(words, {}),
  bench: (words: readonly string[]) => run(process.execPath, ["bench/start.mjs", ...words], {}),
};

const helpTexts = new Map<string, string>();

/** What a command line tells of itself. */
async function helpOf(name: keyof typeof commandLines, ...words: string[]): Promise<string> {
  const key = [name, ...words].join(" ");
  const known = helpTexts.get(key) ?? "";
  if (known !== "") return known;
  const { code, stdout, stderr } = await commandLines[name]([...words, "--help"]);
  if (code !== 0) throw new Error(`${key} has no help: ${stderr}`);
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
  )("npm run local -- %s is understood", async (line) => {
    // What follows another "--" is the words of the command that it runs.
    const words = (line.split(" -- ")[0] ?? "").split(" ").filter((word) => word !== "");
    const [command] = words;
    const named = command !== undefined && !command.startsWith("--");
    const all = await helpOf("local");
    if (named) expect(commandsIn(all)).toContain(command);
    const known = [...flagsIn(all), ...(named ? flagsIn(await helpOf("local", command)) : [])];
    for (const flag of flagsOf(words)) expect(known).toContain(flag);
  });

  it("npm run bench has every flag that is named", async () => {
    const known = flagsIn(await helpOf("bench"));
    const flags = lines.filter(({ script }) => script === "bench").flatMap(({ words }) => flagsOf(words));
    for (const flag of flags) expect(known).toContain(flag);
    expect(flags).not.toEqual([]);
  });

  it("tell of every command of npm run local", async () => {
    const told = lines.filter(({ script }) => script === "local").map(({ words }) => words[0] ?? "deploy");
    expect(
      commandsIn(await helpOf("local"))
        .filter((command) => command !== "help")
        .sort(),
    ).toEqual([...new Set(told)].filter((word) => !word.startsWith("--")).sort());
  });
});

describe("npx daemon-access in the pages", () => {
  /** The words of each, up to the first that is no command. */
  const named = pages.flatMap((page) =>
    [...read(page).matchAll(/npx daemon-access ([^`)"#|\n]*)/g)].map(([, rest = ""]) => {
      const words = rest.split(/\s+/).filter((word) => word !== "" && word !== "…");
      const end = words.findIndex((word) => !/^[a-z][a-z-]+$/.test(word));
      return { page, path: words.slice(0, Math.min(end === -1 ? words.length : end, 2)), flags: flagsOf(words) };
    }),
  );

  /** The commands below the words, with the words. */
  const below = async (...path: string[]): Promise<string[][]> =>
    commandsIn(await helpOf("tools", ...path)).map((name) => [...path, name]);

  let everyPath: readonly string[][];
  beforeAll(async () => {
    everyPath = [];
    for (const group of await below()) everyPath = [...everyPath, group, ...(await below(...group))];
  });

  it.each([...new Map(named.map((each) => [JSON.stringify([each.path, each.flags]), each])).values()])(
    "daemon-access $path $flags is understood, as $page says",
    async ({ path, flags }) => {
      const command = everyPath.filter((each) => each.every((word, index) => path[index] === word)).at(-1) ?? [];
      expect(path.length === 0 || command.length > 0).toBe(true);
      const known = flagsIn(await helpOf("tools", ...command));
      for (const flag of flags) expect(known).toContain(flag);
    },
  );

  it("name every command", () => {
    const told = new Set(named.map(({ path }) => path.join(" ")));
    const withOthersBelow = new Set(everyPath.filter(({ length }) => length > 1).map(([group]) => group));
    for (const path of everyPath.filter((each) => each.length > 1 || !withOthersBelow.has(each[0] ?? ""))) {
      expect([...told].some((each) => each.startsWith(path.join(" ")))).toBe(true);
    }
  });
});
