import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { StackFile } from "../../../tools/credentials/certificate/stackFile";

const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const secretUri = "https://kv-daemons.vault.azure.net/secrets/loader-certificate-2027-01-05";
const text = `# Who may do what.
config:
  azure-daemon-access:location: westeurope # near the users
  azure-daemon-access:daemons:
    # Loads the forecasts.
    - name: loader
      secret:
        endDate: "2030-01-01T00:00:00Z"
    - name: mailer # no credential yet
`;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "stack-file-"));
  writeFileSync(join(directory, "Pulumi.dev.yaml"), text);
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});
const written = (): string => readFileSync(join(directory, "Pulumi.dev.yaml"), "utf8");

describe("the stack's file", () => {
  it("gets a certificate as a block that people can read, and keeps its comments and all else", () => {
    const file = StackFile.open(directory, "organization/azure-daemon-access/dev", "loader");
    file.add({ name: "2027-01-05", pem, secretUri });
    file.save();
    expect(written()).toBe(
      text.replace(
        `        endDate: "2030-01-01T00:00:00Z"\n`,
        `        endDate: "2030-01-01T00:00:00Z"
      certificate:
        certificates:
          - name: "2027-01-05"
            pem: |
              -----BEGIN CERTIFICATE-----
              MIIB
              -----END CERTIFICATE-----
            secretUri: ${secretUri}\n`,
      ),
    );
  });

  it("has the certificates that were added, without those that were removed", () => {
    const file = StackFile.open(directory, "dev", "mailer");
    for (const name of ["old", "new"]) file.add({ name, pem, secretUri });
    file.remove(["old"]);
    file.save();
    expect(StackFile.open(directory, "dev", "mailer").certificates).toEqual([{ name: "new", pem, secretUri }]);
    expect(StackFile.open(directory, "dev", "loader").certificates).toEqual([]);
  });

  it("is found where the settings have no namespace", () => {
    writeFileSync(join(directory, "Pulumi.dev.yaml"), "config:\n  daemons:\n    - name: loader\n");
    const file = StackFile.open(directory, "dev", "loader");
    file.add({ name: "one", pem, secretUri });
    file.save();
    expect(parse(written())).toMatchObject({
      config: { daemons: [{ certificate: { certificates: [{ name: "one" }] } }] },
    });
  });

  it("is refused where there is none, no such daemon, or no YAML", () => {
    expect(() => StackFile.open(directory, "prod", "loader")).toThrow(
      `--stack: there is no ${join(directory, "Pulumi.prod.yaml")}. The stacks here are dev.`,
    );
    expect(() => StackFile.open(directory, "dev", "laoder")).toThrow(
      `--daemon: ${join(directory, "Pulumi.dev.yaml")} has no daemon "laoder". Did you mean "loader"?`,
    );
    writeFileSync(join(directory, "Pulumi.dev.yaml"), "config: [");
    expect(() => StackFile.open(directory, "dev", "loader")).toThrow("is no YAML");
  });
});
