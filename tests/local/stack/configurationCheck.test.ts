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
    expect.stringContaining(`${ours("lake")}: got "text"; needed the lake`),
    expect.stringContaining(`${ours("daemons")}: got null`),
    expect.stringContaining(`${ours("vaults")}: unknown setting.`),
  ]);
  expect(() => {
    checkConfiguration({}, now);
  }).toThrow(expect.objectContaining({ exitCode: 2, name: "ConfigurationRefused" }) as Error);
});

it("refuses what the engine's own check of types would: nothing, or JSON as text, for a structure", () => {
  expect(problems({ [ours("lake")]: null, [ours("tags")]: '{"a":"b"}', [ours("asOf")]: null })).toEqual([
    expect.stringContaining(`${ours("tags")}: got "{`),
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
