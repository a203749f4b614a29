import { execFileSync } from "node:child_process";
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

  /** One certificate as it is written, at an indent. */
  const block = (indent: string, name = "2027-01-05"): string =>
    [
      `- name: "${name}"`,
      "  pem: |",
      "    -----BEGIN CERTIFICATE-----",
      "    MIIB",
      "    -----END CERTIFICATE-----",
      `  secretUri: ${secretUri}`,
    ]
      .map((line) => `${indent}${line}\n`)
      .join("");
  const head = "config:\n  azure-daemon-access:daemons:\n    - name: loader\n";
  const long = `description: ${"a long line that nothing may fold ".repeat(5)}of it\n'quoted':   "as 'it' is"   # so\n`;
  const other = "\n    # the second\n    - {name: mailer,   notes: 'it''s'}\n";

  it.each<[title: string, before: string, after: string]>([
    ["no certificate yet", "", `      certificate:\n        certificates:\n${block("          ")}`],
    [
      "an empty group",
      "      certificate: {} # soon\n",
      `      certificate: # soon\n        certificates:\n${block("          ")}`,
    ],
    ["nothing", "      certificate:\n", `      certificate:\n        certificates:\n${block("          ")}`],
    [
      "an empty list",
      "      certificate:\n        certificates: []\n",
      `      certificate:\n        certificates:\n${block("          ")}`,
    ],
    [
      "an empty list in braces",
      "      certificate: { certificates: [] }\n      notes: x\n",
      `      certificate:\n        certificates:\n${block("          ")}      notes: x\n`,
    ],
    [
      "certificates in lines of their own, of which one goes",
      `      certificate:\n        certificates: # all\n${block("          ", "old")}\n          # kept\n${block("          ", "kept")}      notes: x\n`,
      `      certificate:\n        certificates: # all\n\n          # kept\n${block("          ", "kept")}${block("          ")}      notes: x\n`,
    ],
    [
      "only one that goes",
      `      certificate:\n        certificates:\n${block("          ", "old")}`,
      `      certificate:\n        certificates:\n${block("          ")}`,
    ],
  ])("changes nothing but the certificates where there is %s, with either end of line", (_title, before, after) => {
    for (const newline of ["\n", "\r\n"]) {
      const lines = (middle: string): string => `${long}${head}${middle}${other}`.replaceAll("\n", newline);
      writeFileSync(join(directory, "Pulumi.dev.yaml"), lines(before));
      const file = StackFile.open(directory, "dev", "loader");
      file.add({ name: "2027-01-05", pem, secretUri });
      file.remove(["old"]);
      file.save();
      expect(written()).toBe(lines(after));
      expect(StackFile.open(directory, "dev", "loader").certificates.at(-1)).toEqual({
        name: "2027-01-05",
        pem,
        secretUri,
      });
    }
  });

  it("passes the check of the project's form after each kind of change", () => {
    const files = [
      "",
      "      certificate: {}\n",
      `      certificate:\n        certificates:\n${block("          ", "kept")}`,
    ];
    files.forEach((certificate, index) => {
      writeFileSync(join(directory, `Pulumi.s${index}.yaml`), head + certificate);
      const file = StackFile.open(directory, `s${index}`, "loader");
      file.add({ name: "2027-01-05", pem, secretUri: `${secretUri}-${"with-a-long-name-".repeat(6)}` });
      file.save();
    });
    const root = join(__dirname, "..", "..", "..");
    const prettier = join(root, "node_modules", "prettier", "bin", "prettier.cjs");
    const args = ["--check", "--config", join(root, ".prettierrc.json"), join(directory, "Pulumi.s*.yaml")];
    expect(execFileSync(process.execPath, [prettier, ...args], { encoding: "utf8" })).toContain("All matched files");
  });

  it("gets a certificate where its last line has no end", () => {
    writeFileSync(join(directory, "Pulumi.dev.yaml"), head.trimEnd());
    const file = StackFile.open(directory, "dev", "loader");
    file.add({ name: "2027-01-05", pem, secretUri });
    file.save();
    expect(written()).toBe(`${head}      certificate:\n        certificates:\n${block("          ")}`);
  });

  it("is refused where the daemon stands in braces, before anything is made", () => {
    writeFileSync(join(directory, "Pulumi.dev.yaml"), "config:\n  daemons: [{ name: loader }]\n");
    expect(() => StackFile.open(directory, "dev", "loader")).toThrow('has "loader" in braces. Write it in block style');
  });

  it("is refused where there is none, no such daemon, or invalid YAML", () => {
    expect(() => StackFile.open(directory, "prod", "loader")).toThrow(
      `--stack: there is no ${join(directory, "Pulumi.prod.yaml")}. The stacks here are dev.`,
    );
    expect(() => StackFile.open(directory, "dev", "laoder")).toThrow(
      `--daemon: ${join(directory, "Pulumi.dev.yaml")} has no daemon "laoder". Did you mean "loader"?`,
    );
    writeFileSync(join(directory, "Pulumi.dev.yaml"), "config: [");
    expect(() => StackFile.open(directory, "dev", "loader")).toThrow("is not valid YAML");
  });
});
