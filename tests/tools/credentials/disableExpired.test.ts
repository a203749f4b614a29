import { SecretClient } from "@azure/keyvault-secrets";
import { expiredVersions } from "../../../tools/credentials/expiredVersions";
import { resourceGroupId, resourceGroups } from "../../../local/azure/landingZone/layout";
import { signedInAs, type Ended } from "../../support/command";
import { Administrator, vaultUrl } from "../../support/delivery";
import { LocalAzureForTests } from "../../support/localAzure";
import { runToolCommand } from "../../support/toolCommand";
import { SdkClients } from "../../support/sdkClient";

jest.setTimeout(120_000);

const now = "2026-03-01T09:00:00Z";
const ours = { "managed-by": "azure-daemon-access", daemon: "loader", format: "credential" };
const vaultId = `${resourceGroupId(resourceGroups.daemons)}/providers/Microsoft.KeyVault/vaults/kv-verify-tests`;

let local: LocalAzureForTests;
let administrator: Administrator;
let clients: SdkClients;
let client: SecretClient;

beforeEach(async () => {
  local = await LocalAzureForTests.open({ startsAt: "2025-09-01T09:00:00Z" });
  administrator = new Administrator(local);
  await administrator.layOut();
  clients = new SdkClients(local);
  client = new SecretClient(vaultUrl, clients.credential("deployer"), clients.options);
});
afterEach(async () => {
  clients.close();
  await local.close();
});

/** Writes a version of a secret as the stack does, at a moment. */
async function write(name: string, generation: number, at: string, expires: string, tags = ours): Promise<void> {
  local.clock.set(at);
  await administrator.arm("PUT", `${vaultId}/secrets/${name}`, "2023-07-01", {
    tags: { ...tags, generation: String(generation) },
    properties: {
      value: `value of generation ${generation}`,
      attributes: { enabled: true, nbf: Date.parse(at) / 1000, exp: Date.parse(expires) / 1000 },
    },
  });
}

/** Generations 0 to 2, of which 0 has ended now, and 1 is in its overlap. */
async function rotated(name: string, tags = ours): Promise<void> {
  await write(name, 0, "2025-09-01T09:00:00Z", "2025-12-15T09:00:00Z", tags);
  await write(name, 1, "2025-12-01T09:00:00Z", "2026-03-15T09:00:00Z", tags);
  await write(name, 2, "2026-03-01T08:00:00Z", "2026-06-15T09:00:00Z", tags);
  local.clock.set(now);
}

const generations = (versions: readonly { readonly secret: string; readonly generation?: string }[]): string[] =>
  versions.map(({ secret, generation = "?" }) => `${secret} ${generation}`);

const enabledOf = async (name: string): Promise<string[]> => {
  const enabled: string[] = [];
  for await (const { enabled: on, tags } of client.listPropertiesOfSecretVersions(name)) {
    if (on) enabled.push(tags?.["generation"] ?? "?");
  }
  return enabled.sort();
};

const command = (...args: string[]): Promise<Ended> =>
  runToolCommand(["credentials", "disable-expired", ...args], signedInAs(local, "deployer"));

describe("what has ended in a vault", () => {
  it("is every older version whose last moment has passed, and none in its overlap", async () => {
    await rotated("loader-credential");
    const found = await expiredVersions(client, new Date(now));
    expect(generations(found.older)).toEqual(["loader-credential 0"]);
    expect(found.older[0]).toMatchObject({ expiresOn: "2025-12-15T09:00:00Z" });
    expect(found.newest).toEqual([]);
  });

  it("counts from the very moment that a version ends at", async () => {
    await rotated("loader-credential");
    const older = async (at: string) => generations((await expiredVersions(client, new Date(at))).older);
    expect(await older("2026-03-15T08:59:59Z")).toEqual(["loader-credential 0"]);
    expect(await older("2026-03-15T09:00:00Z")).toEqual(["loader-credential 0", "loader-credential 1"]);
  });

  it("is told apart where it is the newest, for which nothing has come", async () => {
    await write("loader-credential", 0, "2025-09-01T09:00:00Z", "2025-12-15T09:00:00Z");
    const found = await expiredVersions(client, new Date(now));
    expect(found.older).toEqual([]);
    expect(generations(found.newest)).toEqual(["loader-credential 0"]);
  });

  it("tells the newest of two versions that were written in one second", async () => {
    await write("loader-credential", 0, "2025-09-01T09:00:00Z", "2025-12-15T09:00:00Z");
    await write("loader-credential", 1, "2025-09-01T09:00:00Z", "2026-12-15T09:00:00Z");
    expect(generations((await expiredVersions(client, new Date(now))).older)).toEqual(["loader-credential 0"]);
  });

  it("is looked for in the stack's own secrets alone, however many there are", async () => {
    for (let index = 0; index < 30; index += 1) await rotated(`daemon-${String(index).padStart(2, "0")}-credential`);
    await rotated("somebody-elses", { ...ours, "managed-by": "terraform" });
    const { older } = await expiredVersions(client, new Date(now));
    expect(older).toHaveLength(30);
    expect(generations(older)).not.toContain("somebody-elses 0");
  });
});

describe("npx daemon-access credentials disable-expired", () => {
  it("tells with --dry-run, then disables, then has nothing to do; and never shows a value", async () => {
    await rotated("loader-credential");
    const asked = ["--vault", vaultUrl, "--at", now];
    const line = "loader-credential, generation 0, which ended on 2025-12-15T09:00:00Z.\n";

    const told = await command(...asked, "--dry-run");
    expect(told).toEqual({ code: 0, stdout: `Would disable ${line}`, stderr: "" });
    expect(await enabledOf("loader-credential")).toEqual(["0", "1", "2"]);

    const done = await command(...asked, "--json");
    expect({ code: done.code, stderr: done.stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(done.stdout)).toEqual({
      version: 1,
      ok: true,
      vaultUrl,
      at: now,
      dryRun: false,
      disabled: [
        {
          secret: "loader-credential",
          version: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
          expiresOn: "2025-12-15T09:00:00Z",
          generation: "0",
        },
      ],
      failed: [],
      newestEnded: [],
    });
    expect(done.stdout).not.toContain("value of");
    expect(await enabledOf("loader-credential")).toEqual(["1", "2"]);

    expect(await command(...asked)).toEqual({ code: 0, stdout: `Nothing to disable in ${vaultUrl}.\n`, stderr: "" });
  });

  it("says whose newest version has ended, and what to run", async () => {
    await write("loader-credential", 0, "2025-09-01T09:00:00Z", "2025-12-15T09:00:00Z");
    const { code, stdout } = await command("--vault", vaultUrl, "--at", now);
    expect(code).toBe(0);
    expect(stdout).toContain(
      "The newest version of loader-credential ended on 2025-12-15T09:00:00Z: run `pulumi up`.\n",
    );
    expect(await enabledOf("loader-credential")).toEqual(["0"]);
  });

  it("says which role is missing", async () => {
    const { code, stdout, stderr } = await runToolCommand(
      ["credentials", "disable-expired", "--vault", vaultUrl],
      signedInAs(local, "stranger"),
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("403 ForbiddenByRbac: ");
    expect(stderr).toContain(
      "\n  remedy  Give the identity that runs this the role Key Vault Secrets Officer on kv-verify-tests.vault.azure.net.\n",
    );
  });

  it("says that the firewall is shut", async () => {
    await administrator.closeVault(true);
    const { code, stderr } = await command("--vault", vaultUrl);
    expect(code).toBe(1);
    expect(stderr).toContain("403 ForbiddenByFirewall: ");
    expect(stderr).toContain("Add the client address above to vault.allowedIpRanges");
  });

  it("refuses a moment without a zone", async () => {
    const { code, stderr } = await command("--vault", vaultUrl, "--at", "2026-03-01");
    expect(code).toBe(2);
    expect(stderr).toContain("Give a date and time with its zone, for example 2027-04-05T00:00:00Z.");
  });
});
