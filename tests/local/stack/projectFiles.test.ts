import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { copyProjectFiles } from "../../../local/stack/projectFiles";

let root: string;
let work: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "project-"));
  work = join(root, "work");
  writeFileSync(join(root, "Pulumi.yaml"), "name: p\nruntime: nodejs\n");
  writeFileSync(join(root, "Pulumi.dev.yaml"), "config:\n  p:a: 1\n");
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

const working = (): string => readFileSync(join(work, "Pulumi.dev.yaml"), "utf8");

it("copies the project's files as they are", () => {
  copyProjectFiles(root, work, "dev");
  expect(working()).toBe("config:\n  p:a: 1\n");
  expect(readFileSync(join(work, "Pulumi.yaml"), "utf8")).toBe("name: p\nruntime: nodejs\n");
});

it("keeps the salt that the engine wrote, and takes everything else from the project", () => {
  copyProjectFiles(root, work, "dev");
  writeFileSync(join(work, "Pulumi.dev.yaml"), "config:\n  p:a: 2\nencryptionsalt: v1:abc=\n");
  copyProjectFiles(root, work, "dev");
  expect(working()).toBe("config:\n  p:a: 1\nencryptionsalt: v1:abc=\n");
});

it.each(["{}", "{ config: { p:a: 1 } }", "", "# nothing is set\n"])(
  "keeps it in settings written as %j",
  (settings) => {
    writeFileSync(join(root, "Pulumi.dev.yaml"), settings);
    copyProjectFiles(root, work, "dev");
    writeFileSync(join(work, "Pulumi.dev.yaml"), "{ encryptionsalt: v1:abc= }\n");
    copyProjectFiles(root, work, "dev");
    expect(parse(working())).toEqual({ ...(parse(settings) as object | null), encryptionsalt: "v1:abc=" });
  },
);

it("leaves the project's own salt in place", () => {
  copyProjectFiles(root, work, "dev");
  writeFileSync(join(work, "Pulumi.dev.yaml"), "encryptionsalt: v1:abc=\n");
  writeFileSync(join(root, "Pulumi.dev.yaml"), "encryptionsalt: v1:own=\n");
  copyProjectFiles(root, work, "dev");
  expect(working()).toBe("encryptionsalt: v1:own=\n");
});

it("names the stacks there are, where it is asked for another", () => {
  expect(() => copyProjectFiles(root, work, "prod")).toThrow(
    `--stack: there is no ${join(root, "Pulumi.prod.yaml")}. Stacks of this project: dev. Name one of them, or write that file.`,
  );
});
