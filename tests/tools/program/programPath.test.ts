import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../../local/stateDirectory";
import { runTool } from "../cli/runTool";
import { ownProgramPath, programPath } from "../../../tools/program/programPath";

const ours = readFileSync(join(projectRoot, "Pulumi.yaml"), "utf8");
let directory: string;

const write = (text: string): void => {
  writeFileSync(join(directory, "Pulumi.yaml"), text);
};

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "program-"));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

it("is what main names, from where Pulumi.yaml lies, and by itself that directory", () => {
  write("name: a\n");
  expect(programPath(directory)).toBe(directory);
  write("name: a\nmain: source\n");
  mkdirSync(join(directory, "source"));
  expect([programPath(directory), ownProgramPath(directory)]).toEqual(Array(2).fill(join(directory, "source")));
  write(`name: a\nmain: ${join(projectRoot, "infra")}\n`);
  expect(ownProgramPath(directory)).toBe(join(projectRoot, "infra"));
});

it("is the repository's, where a directory has its Pulumi.yaml and settings alone", () => {
  write(ours);
  expect(programPath(directory)).toBe(join(projectRoot, "infra"));
});

it("has to be named where pulumi runs it", () => {
  write(ours);
  expect(() => ownProgramPath(directory)).toThrow(
    `${directory}/Pulumi.yaml: main names ${directory}/infra, which does not exist. If the directory has only settings, ` +
      `set main to the program's directory, for example main: ${projectRoot}/infra`,
  );
});

it.each([
  ["review", "--stack", "dev"],
  ["report", "--preview", "--stack", "dev"],
  ["estate", "preview"],
  ["estate", "up"],
  ["estate", "move", "loader", "--from", "dev", "--to", "test"],
  ["adopt", "import-file", "--stack", "dev"],
])("has to be named for %s %s", async (...argv) => {
  write(ours);
  writeFileSync(join(directory, "Pulumi.dev.yaml"), "config: {}\n");
  const { code, stderr } = await runTool([...argv, "--cwd", directory]);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining("set main to the program's directory") as string,
  });
});

it("is not there where settings for another program stand alone", () => {
  write("name: a\nmain: infra\n");
  const words = `${directory}/Pulumi.yaml: main names ${directory}/infra, which does not exist.`;
  for (const path of [programPath, ownProgramPath]) expect(() => path(directory)).toThrow(words);
});
