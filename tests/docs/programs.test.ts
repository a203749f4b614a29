import { readFileSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { parse } from "yaml";
import { blocksIn, place, root } from "./pages";

const fileOf = (before: string): string | undefined => /^<!-- file: (\S+) -->$/.exec(before)?.[1];

/** An excerpt stands further left than in its file. */
const withoutIndentation = (text: string): string => text.replace(/^ +/gm, "");

describe("programs in the pages", () => {
  const programs = blocksIn("python", "js");

  it.each(programs.map((block) => [place(block), block] as const))("%s is a file that a test runs", (_, block) => {
    const file = fileOf(block.before);
    expect(file).toBeDefined();
    expect(block.text).toBe(readFileSync(join(root, file ?? ""), "utf8"));
    const tests = ["tests/clients/clients.test.ts", "tests/engine/certificates.test.ts"];
    const text = tests.map((each) => readFileSync(join(root, each), "utf8")).join("\n");
    expect(text).toContain(file?.split("/").at(-1));
  });

  it("are there in both languages", () => {
    expect([...new Set(programs.map(({ language }) => language))].sort()).toEqual(["js", "python"]);
  });
});

describe("shell lines in the pages", () => {
  it.each(blocksIn("sh").map((block) => [place(block), block] as const))("%s is a shell's language", (_, block) => {
    const { status, stderr } = spawnSync("sh", ["-n"], { input: block.text, encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const file = fileOf(block.before);
    if (file !== undefined) expect(block.text).toBe(readFileSync(join(root, file), "utf8"));
  });
});

describe("data in the pages", () => {
  it.each(blocksIn("json").map((block) => [place(block), block] as const))("%s is JSON", (_, { text }) => {
    expect(() => JSON.parse(text) as unknown).not.toThrow();
  });

  it.each(blocksIn("yaml").map((block) => [place(block), block] as const))("%s is YAML", (_, { text, before }) => {
    expect(typeof parse(text)).toBe("object");
    const whole = /^<!-- part of: (\S+) -->$/.exec(before)?.[1];
    if (whole !== undefined)
      expect(withoutIndentation(readFileSync(join(root, whole), "utf8"))).toContain(withoutIndentation(text));
  });
});
