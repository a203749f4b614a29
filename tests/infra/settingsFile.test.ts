import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SettingsFile } from "../../infra/settingsFile";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "settings-file-"));
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

const text = `encryptionsalt: v1:abc=
config:
  azure-daemon-access:location: westeurope
  azure-daemon-access:daemons:
    - name: loader
      lake:
        fileSystem: forecasts
    - name: mailer
      tags:
        a b: one
        "say \\"x\\"": two
  resourceGroupName: rg-daemons
  other:location: mars
`;
const daemons = [
  { name: "loader", lake: { fileSystem: "forecasts" } },
  { name: "mailer", tags: { "a b": "one", 'say "x"': "two" } },
];
const raw = { location: "westeurope", daemons: JSON.stringify(daemons), resourceGroupName: "rg-daemons" };

const fileOf = (content: string, values: Record<string, string> = raw): SettingsFile => {
  const path = join(directory, "Pulumi.dev.yaml");
  writeFileSync(path, content);
  return SettingsFile.at(path, values);
};

describe("the line of a setting in the stack's file", () => {
  it.each([
    ["location", 3],
    ["daemons", 4],
    ["daemons[0].name", 5],
    ["daemons[0].lake.fileSystem", 7],
    ["daemons[1]", 8],
    ['daemons[1].tags["a b"]', 10],
    ['daemons[1].tags["say \\"x\\""]', 11],
    ["resourceGroupName", 12],
  ])("%s is in line %i", (setting, line) => {
    expect(fileOf(text).lineOf(setting)).toBe(line);
  });

  it.each([
    ["daemons[0].lake.role", 6],
    ["daemons[1].tags.owner", 9],
    ["daemons[2].name", 4],
    ["location.zone", 3],
  ])("%s, which is missing, is in the line of what is around it", (setting, line) => {
    expect(fileOf(text).lineOf(setting)).toBe(line);
  });

  it.each([
    ["one that the file does not have", "vault", raw],
    ["one that has another value than the file", "location", { ...raw, location: "northeurope" }],
    ["a list that has another value than the file", "daemons[0].name", { ...raw, daemons: "[]" }],
    ["one whose value is no JSON", "daemons", { ...raw, daemons: "[" }],
    ["one that the program does not have", "location", {}],
  ])("there is none for %s", (_, setting, values: Record<string, string>) => {
    expect(fileOf(text, values).lineOf(setting)).toBeUndefined();
  });

  it.each([
    ["is not YAML", "config: [\n"],
    ["has no settings", "encryptionsalt: v1:abc=\n"],
    ["has a list in place of settings", "config:\n  - location\n"],
  ])("there is none in a file that %s", (_, content) => {
    expect(fileOf(content).lineOf("location")).toBeUndefined();
  });

  it("there is none in a file that is missing, which has its name all the same", () => {
    const missing = SettingsFile.at(join(directory, "Pulumi.other.yaml"), raw);
    expect([missing.name, missing.lineOf("location")]).toEqual(["Pulumi.other.yaml", undefined]);
  });
});
