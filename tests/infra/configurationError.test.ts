import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigurationError } from "../../infra/configurationError";
import { SettingsFile } from "../../infra/settingsFile";

const LOCATION = "azure-daemon-access:location: got mars";
const TAG = 'azure-daemon-access:tags["a: \\"b\\""]: got nothing';

let directory: string;
let file: SettingsFile;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "configuration-error-"));
  const path = join(directory, "Pulumi.dev.yaml");
  writeFileSync(path, `config:\n  azure-daemon-access:location: mars\n  azure-daemon-access:tags:\n    'a: "b"': ""\n`);
  file = SettingsFile.at(path, { location: "mars", tags: '{"a: \\"b\\"":""}' });
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

describe("the error of a configuration", () => {
  it("has a line a problem, with the file and the line of its setting", () => {
    const { message, problems, name } = new ConfigurationError([LOCATION, TAG, "a sentence: about all"], file);
    expect({ problems, name }).toEqual({
      problems: [LOCATION, TAG, "a sentence: about all"],
      name: "ConfigurationError",
    });
    expect(message.split("\n")).toEqual([
      "The configuration of this stack has 3 problems, and nothing was deployed:",
      `  Pulumi.dev.yaml:2: ${LOCATION}`,
      `  Pulumi.dev.yaml:4: ${TAG}`,
      "  a sentence: about all",
      "Change it in Pulumi.dev.yaml; Pulumi.yaml says what each setting is for.",
    ]);
  });

  it("names no line where the file has none", () => {
    const { message } = new ConfigurationError(["azure-daemon-access:vault.name: got kv"], file);
    expect(message).toContain("has a problem, and nothing was deployed:\n  azure-daemon-access:vault.name: got kv\n");
  });

  it("names the file by the stack's place where it is not known", () => {
    const { message } = new ConfigurationError([LOCATION]);
    expect(message).toBe(
      "The configuration of this stack has a problem, and nothing was deployed:\n" +
        `  ${LOCATION}\n` +
        "Change it in Pulumi.<stack>.yaml; Pulumi.yaml says what each setting is for.",
    );
  });
});
