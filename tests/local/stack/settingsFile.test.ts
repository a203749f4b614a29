import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { readSettingsFile } from "../../../local/stack/settingsFile";

let project: string;
const write = (text: string): void => {
  writeFileSync(join(project, "Pulumi.dev.yaml"), text);
};

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "project-"));
  writeFileSync(join(project, "Pulumi.yaml"), "name: p\nruntime: nodejs\n");
});

afterEach(() => {
  rmSync(project, { recursive: true });
});

it("gives the file's own text where nothing stands in", () => {
  const text = "# kept\nconfig:\n  p:a: one\n";
  write(text);
  expect(readSettingsFile(project, "dev", [])).toEqual({
    path: join(project, "Pulumi.dev.yaml"),
    text,
    config: { "p:a": "one" },
  });
});

it("merges overrides with the file, and keeps what is not configuration", () => {
  write("encryptionsalt: v1:abc=\nconfig:\n  p:list:\n    - name: one\n      on: 5\n");
  const { text, config } = readSettingsFile(project, "dev", ["list[0].name=other"]);
  expect(config).toEqual({ "p:list": [{ name: "other", on: 5 }] });
  expect(parse(text)).toEqual({ encryptionsalt: "v1:abc=", config });
});

it("keeps quotes around a time, which the engine would take for another kind of value without them", () => {
  write('config:\n  p:rotation:\n    startsAt: "2026-01-01T00:00:00Z"\n');
  const { text } = readSettingsFile(project, "dev", ["rotation.everyDays=30", "asOf=2026-03-01T00:00:00Z"]);
  expect(text).toContain('startsAt: "2026-01-01T00:00:00Z"');
  expect(text).toContain('p:asOf: "2026-03-01T00:00:00Z"');
});

it("takes a setting without a namespace for the project's", () => {
  write("config:\n  a: one\n  other:b: two\n");
  expect(readSettingsFile(project, "dev", []).config).toEqual({ "p:a": "one", "other:b": "two" });
});

it("reads a file without configuration", () => {
  write("");
  expect(readSettingsFile(project, "dev", ["a=b"]).config).toEqual({ "p:a": "b" });
});

it.each([
  ["config: [", "is not valid YAML:"],
  ["config: text", "config must be an object: name: value."],
  ["- a", "must be an object: name: value."],
])("refuses %j with the file's name", (text, reason) => {
  write(text);
  const read = (): unknown => readSettingsFile(project, "dev", []);
  expect(read).toThrow(reason);
  expect(read).toThrow(join(project, "Pulumi.dev.yaml"));
});
