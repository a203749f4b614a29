import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../support/command";
import { findActionlint, findShellcheck, removeBuilt, type Linter } from "./linters";
import { contentOf, filesOf } from "./pipelineFiles";

jest.setTimeout(300_000);

const exampleWorkflows = ["create-for-rbac", "federated"].map((name) => `examples/pipelines/github/${name}.yml`);
const ownWorkflows = ["ci", "release"].map((name) => `.github/workflows/${name}.yml`);

/** The command, or undefined after the reason was printed. */
function commandOf(name: string, linter: Linter): string | undefined {
  if ("command" in linter) return linter.command;
  process.stderr.write(`${name} did not run: ${linter.missing}.\n`);
  return undefined;
}

describe("actionlint", () => {
  let linter: Linter;
  beforeAll(async () => {
    linter = await findActionlint();
  });
  afterAll(() => removeBuilt(linter));

  it("finds nothing in the GitHub workflows, those of the examples and the repository's own too", async () => {
    const command = commandOf("actionlint", linter);
    if (command === undefined) return;
    const { code, stdout, stderr } = await run(
      command,
      ["-no-color", ...filesOf("github", ".yml"), ...exampleWorkflows, ...ownWorkflows],
      {},
    );
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("would find a job that needs another that is not there", async () => {
    const command = commandOf("actionlint", linter);
    if (command === undefined) return;
    const directory = await mkdtemp(join(tmpdir(), "workflow-"));
    const broken = join(directory, "main.yml");
    await writeFile(
      broken,
      contentOf("pipelines/github/main.yml").replace("    if: github.ref", "    needs: build\n    if: github.ref"),
    );
    const { code, stdout } = await run(command, ["-no-color", broken], {});
    await rm(directory, { recursive: true });
    expect({ code, names: stdout.includes("build") }).toEqual({ code: 1, names: true });
  });
});

describe("the shell steps", () => {
  it.each(filesOf("steps", ".sh"))("%s is POSIX shell that stops at the first error", async (path) => {
    const text = contentOf(path);
    expect(text.startsWith("#!/bin/sh\n")).toBe(true);
    expect(text).toContain("\nset -eu\n");
    expect(text).not.toMatch(/\[\[|set -x|\blocal \b|<<</);
    expect((await run("sh", ["-n", path], {})).code).toBe(0);
  });

  it("pass shellcheck", async () => {
    const command = commandOf("shellcheck", await findShellcheck());
    if (command === undefined) return;
    const { code, stdout } = await run(command, ["--shell=sh", ...filesOf("steps", ".sh")], {});
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  });
});
