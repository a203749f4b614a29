import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectOf } from "../../../local/project";
import { checkProject, isOwnStack, projectAbove } from "../../../local/stack/projectFile";
import { copyProjectFiles } from "../../../local/stack/projectFiles";
import { projectRoot, stateDirectory } from "../../../local/stateDirectory";
import { parse } from "yaml";

let directory: string;

const project = (yaml: string): string => {
  writeFileSync(join(directory, "Pulumi.yaml"), yaml);
  return directory;
};

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "anyones-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe("the project of a command", () => {
  it("is the directory that --cwd names, whatever is in it", () => {
    expect(projectOf(directory)).toBe(directory);
    expect(() => projectOf(join(directory, "none"))).toThrow(`--cwd: there is no directory ${directory}/none.`);
  });

  it("is else the nearest with Pulumi.yaml, upwards", () => {
    project("name: a\nruntime: nodejs\n");
    const inner = join(directory, "source", "inner");
    mkdirSync(inner, { recursive: true });
    expect(projectAbove(inner)).toBe(directory);
    expect(projectOf(undefined)).toBe(projectRoot);
  });

  it("keeps its state in .local-azure of its own", () => {
    expect(stateDirectory({}, directory).path).toBe(join(directory, ".local-azure"));
    expect(() => stateDirectory({ LOCAL_AZURE_DIRECTORY: "." }, directory)).toThrow("can't be a state directory");
  });
});

describe("a program is run here", () => {
  it("where its language is Node.js", () => {
    expect(() => checkProject(project("name: a\nruntime:\n  name: nodejs\n"))).not.toThrow();
  });

  it.each([
    ["name: a\nruntime: python\n", "runtime is python; local-azure runs programs of nodejs. Run this one with"],
    ["name: a\n", "Pulumi.yaml: runtime: "],
    ["name: [\n", "Pulumi.yaml is not valid YAML: "],
  ])("and is refused in words for %j", (yaml, reason) => {
    expect(() => checkProject(project(yaml))).toThrow(reason);
  });

  it("and is refused where there is none", () => {
    expect(() => checkProject(directory)).toThrow(`There is no ${directory}/Pulumi.yaml. Name the program's directory`);
  });

  it("in its own directory, which the engine's copy of Pulumi.yaml names", () => {
    project("name: a\nruntime: nodejs\nmain: source/\n");
    writeFileSync(join(directory, "Pulumi.dev.yaml"), "config: {}\n");
    copyProjectFiles(directory, join(directory, "work"), "dev", [], false);
    const copy = parse(readFileSync(join(directory, "work", "Pulumi.yaml"), "utf8")) as unknown;
    expect(copy).toEqual({ name: "a", runtime: "nodejs", main: join(directory, "source") });
  });
});

describe("this repository's own stack", () => {
  const ours = readFileSync(join(projectRoot, "Pulumi.yaml"), "utf8");

  it("is what stands in the repository, and other settings for the same program", () => {
    expect(isOwnStack(projectRoot)).toBe(true);
    expect(isOwnStack(project(ours))).toBe(true);
  });

  it("is no other program, be it of the same name", () => {
    expect(isOwnStack(project(ours.replace("main: infra/", "main: index.ts")))).toBe(false);
    project(ours);
    mkdirSync(join(directory, "infra"));
    expect(isOwnStack(directory)).toBe(false);
  });
});
