import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { checkConfiguration, ConfigurationRefused } from "../../../local/stack/configurationCheck";
import { projectFile } from "../../support/stackSettings";

const { config: dev } = projectFile("Pulumi.dev.yaml") as { config: Record<string, unknown> };
const now = new Date("2026-03-01T00:00:00Z");
const ours = (name: string): string => `azure-daemon-access:${name}`;

function problems(changes: Readonly<Record<string, unknown>>): readonly string[] {
  try {
    checkConfiguration({ ...dev, ...changes }, now);
    return [];
  } catch (error) {
    return (error as ConfigurationRefused).problems;
  }
}

it("accepts the stack's own settings, and looks at no other namespace", () => {
  expect(problems({ "azure-native:location": 5 })).toEqual([]);
});

it("tells everything that is wrong, of whatever kind, with exit code 2", () => {
  const wrong = { [ours("location")]: 5, [ours("lake")]: "text", [ours("daemons")]: null, [ours("vaults")]: {} };
  expect(problems(wrong)).toEqual([
    expect.stringContaining(`${ours("location")}: got "5"`),
    expect.stringContaining(`${ours("lake")}: got the text "text"; needed the lake`),
    expect.stringContaining(`${ours("daemons")}: got null`),
    expect.stringContaining(`${ours("vaults")}: unknown setting.`),
  ]);
  expect(() => {
    checkConfiguration({}, now);
  }).toThrow(expect.objectContaining({ exitCode: 2, name: "ConfigurationRefused" }) as Error);
});

it("refuses what the engine's own check of types would: nothing, or JSON as text, for a structure", () => {
  expect(problems({ [ours("lake")]: null, [ours("tags")]: '{"a":"b"}', [ours("asOf")]: null })).toEqual([
    expect.stringContaining(`${ours("tags")}: got the text "{`),
    expect.stringContaining(`${ours("lake")}: got null`),
  ]);
});

it("refuses a time that stands without quotes, as the program does", () => {
  const daemons = [{ name: "loader", secret: { endDate: new Date("2027-01-01T00:00:00Z") } }];
  expect(problems({ [ours("daemons")]: daemons })).toEqual([
    expect.stringContaining('daemons[0].secret.endDate: got "2027-01-01 00:00:00 +0000 UTC"'),
  ]);
});

it("passes over what is encrypted, whole or in part, and over what depends on it", () => {
  expect(problems({ [ours("location")]: { secure: "v1:abc" } })).toEqual([]);
  expect(problems({ [ours("workspaceId")]: { secure: "v1:abc" } })).toEqual([]);
  expect(problems({ [ours("daemons")]: [{ name: { secure: "v1:abc" } }], [ours("lake")]: 5 })).toEqual([
    expect.stringContaining(`${ours("lake")}: got 5`),
  ]);
});

describe("with the stack's file", () => {
  const directory = mkdtempSync(join(tmpdir(), "settings-"));
  const file = join(directory, "Pulumi.prod.yaml");
  const text = [
    "# Who may do what.",
    "config:",
    "  azure-daemon-access:location: West Europe # near",
    "  azure-daemon-access:resourceGroupName: rg-daemons",
    '  azure-daemon-access:tags: { owner: me, "a: b": x }',
    "  azure-daemon-access:lake:",
    "    lifecycle: '[]'",
    "  azure-daemon-access:daemons:",
    "    - name: loader",
    "      graph: { permissions: [User.Read.All,",
    "        User.Read] }",
    "      lake:",
    "        role: Storage Blob Data Reader",
    "      secret: { endDate: '2027-01-01T00:00:00Z' }",
    "",
  ].join("\n");
  const told = (changes: Readonly<Record<string, unknown>> = {}): string[] => {
    writeFileSync(file, text);
    const { config } = parse(text) as { config: Record<string, unknown> };
    try {
      checkConfiguration({ ...config, ...changes }, now, file);
      return [];
    } catch (error) {
      return (error as Error).message.split("\n").map((line) => line.trim().replace(/ got .*/, ""));
    }
  };

  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  it("names the file and the line of each setting, or of what it is missing in", () => {
    const lines = told();
    expect(lines).toContain("Pulumi.prod.yaml:3: azure-daemon-access:location:");
    expect(lines).toContain("Pulumi.prod.yaml:7: azure-daemon-access:lake.lifecycle:");
    expect(lines).toContain("Pulumi.prod.yaml:11: azure-daemon-access:daemons[0].graph.permissions[1]:");
    expect(lines).toContain("Pulumi.prod.yaml:12: azure-daemon-access:daemons[0].lake.fileSystem:");
    expect(lines.at(-1)).toBe("Change it in Pulumi.prod.yaml; Pulumi.yaml says what each setting is for.");
  });

  it("gives no line of a setting that the file has otherwise, or not at all", () => {
    const lines = told({ [ours("location")]: "East US", [ours("readers")]: 5 });
    expect(lines).toContain("azure-daemon-access:location:");
    expect(lines).toContain("azure-daemon-access:readers:");
    expect(lines).toContain("Pulumi.prod.yaml:7: azure-daemon-access:lake.lifecycle:");
  });
});
