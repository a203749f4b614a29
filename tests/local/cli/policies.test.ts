import { join } from "node:path";
import type { Violation } from "../../../local/output/violations";
import { readStackState } from "../../../local/stack/stateFile";
import { CommandLine } from "./commandLine";

jest.setTimeout(240_000);

const longLived = ["--config", "daemons[0].secret.rotation.everyDays=365"];
let cli: CommandLine;

// None of these makes anything.
beforeAll(() => {
  cli = new CommandLine();
});

afterAll(async () => {
  await cli.remove();
});

const deployed = (): readonly string[] => {
  const file = join(cli.directory, "pulumi", "state", ".pulumi", "stacks", "azure-daemon-access", "dev.json");
  return [...readStackState(file).urns];
};

it("up stops before anything is made, with the rule, the resource, the reason and the fix", async () => {
  const { code, stdout, stderr } = await cli.run("up", ...longLived);
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(stdout).toMatch(/^violated: secret-lifetime, azure-native\.keyvault\.Secret forecast-loader-credential$/m);
  expect(stdout).toMatch(/^ {2}rule {4}A secret in a key vault lives no longer than it may\.$/m);
  expect(stdout).toMatch(/^ {2}reason {2}it lives \d+ days, and 180 are allowed$/m);
  expect(stdout).toMatch(/^ {2}fix {5}set properties\.attributes\.expires to an earlier date\.$/m);
  expect(stdout).toMatch(
    /^\d+ policy advisories of \d+ rules; --policies lists them\.\nup failed after .*: nothing was made\n$/m,
  );
  expect(stdout).not.toMatch(/advisory:|analyzer|Diagnostics|error/);
  expect(deployed()).toEqual([]);
});

it("preview counts advisories, and lists it in full for machines and on demand", async () => {
  const { code, stdout, stderr } = await cli.run("preview", "--json");
  const { policies } = JSON.parse(stdout) as { readonly policies: readonly Violation[] };
  expect(code).toBe(0);
  expect(policies).toContainEqual({
    rule: "vault-protected",
    level: "advisory",
    what: "A key vault is protected from deletion by the program",
    reason: "the resource option protect is not set",
    fix: "set the resource option protect to true. In a stack of azure-daemon-access: vault.protect.",
    type: "azure-native.keyvault.Vault",
    name: "kv-daemons",
  });
  const rules = new Set(policies.map(({ rule }) => rule)).size;
  const kinds = new Set(policies.map(({ rule, reason, fix }) => `${rule} ${reason} ${fix ?? ""}`)).size;
  expect(stderr).toContain(`${policies.length} policy advisories of ${rules} rules; --policies lists them.\n`);
  expect(stderr).not.toMatch(/warning|analyzer/);
  expect((await cli.run("preview", "--policies")).stdout.match(/^advisory: /gm)).toHaveLength(kinds);
});

it("--no-policy leaves them out", async () => {
  const { code, stdout } = await cli.run("preview", "--json", "--no-policy", ...longLived);
  expect({ code, policies: (JSON.parse(stdout) as { policies: unknown }).policies }).toEqual({ code: 0, policies: [] });
});

it("judges dates at the moment that the settings fix", async () => {
  const past = ["asOf", "daemons[0].secret.rotation.startsAt", "daemons[1].secret.rotation.startsAt"];
  const overrides = past.flatMap((key) => ["--config", `${key}=2020-01-01T00:00:00Z`]);
  const { code, stdout } = await cli.run("preview", ...overrides);
  expect(stdout).not.toContain("violated");
  expect(code).toBe(0);
});
