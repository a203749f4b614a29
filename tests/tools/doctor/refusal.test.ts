import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../../local/stateDirectory";
import { run, type Ended } from "../../support/command";
import { runToolCommand } from "../../support/toolCommand";

let project: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "refusal-"));
  copyFileSync(join(projectRoot, "Pulumi.yaml"), join(project, "Pulumi.yaml"));
  for (const name of ["infra", "node_modules"]) symlinkSync(join(projectRoot, name), join(project, name));
});

afterAll(() => {
  rmSync(project, { recursive: true, force: true });
});

/** Doctor on a project elsewhere. */
const args = (): readonly string[] => ["doctor", "--stack", "dev", "--rights", "--cwd", project];
const doctor = (): Promise<Ended> => runToolCommand(args(), {});

const committed = readFileSync(join(projectRoot, "Pulumi.dev.yaml"), "utf8");
const write = (settings: string): void => {
  writeFileSync(join(project, "Pulumi.dev.yaml"), settings);
};

/** The dev stack with a daemon whose certificate a vault has made. */
function certified(vault: string): string {
  const pem = readFileSync(join(projectRoot, "tests", "fixtures", "certificate.pem"), "utf8").trim();
  return [
    committed.trimEnd(),
    "    - name: certified",
    "      certificate:",
    "        certificates:",
    "          - name: first",
    `            secretUri: https://${vault}.vault.azure.net/secrets/first`,
    "            pem: |",
    ...pem.split("\n").map((line) => `              ${line}`),
    "",
  ].join("\n");
}

it("tells a refusal of the program as a refusal, and not as an object of Node.js", async () => {
  const vaultId =
    "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-other";
  write(committed.replace(/vault:\n.*\n.*\n/, `vault:\n    existing:\n      vaultId: ${vaultId}\n`));
  const { code, stdout, stderr } = await run(process.execPath, ["tools/start.mjs", ...args()], {});
  expect(stderr).toContain('vault.existing.vaultId: got "/subscriptions/11111111-2222-4333-8444-555555555555');
  expect(stderr).not.toMatch(/<ref \*|^\s+at |__pulumi/m);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});

describe("a daemon with a certificate", () => {
  it("is read with the vault that its settings name, as the provider has drawn it", async () => {
    write(certified("kv-daemons12ab34cd"));
    const { code, stdout, stderr } = await doctor();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("Microsoft.KeyVault/vaults/secrets/write");
  });

  it("of another vault is refused in words", async () => {
    write(certified("kv-other"));
    const { code, stdout, stderr } = await doctor();
    expect(stderr).toContain('certificate.secretUri: got "https://kv-other.vault.azure.net/secrets/first"; needed a');
    expect(stderr).not.toMatch(/<ref \*|^\s+at |__pulumi/m);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});

it("puts a placeholder where a setting is encrypted, and names it where the program then fails", async () => {
  write(
    committed.replace("azure-daemon-access:location: westeurope", "azure-daemon-access:location:\n    secure: v1:x:y"),
  );
  const { code, stderr } = await doctor();
  expect(stderr).toContain("azure-daemon-access:location");
  expect(stderr).toContain(
    "It was run with a placeholder for each encrypted setting, as doctor opens no secrets: azure-daemon-access:location.\n",
  );
  expect(code).toBe(2);
});
