import { importCommand, ourSecret } from "../../../tools/credentials/ourSecrets";
import { identities, resourceGroupId, resourceGroups } from "../../../local/azure/landingZone/layout";
import { signedInAs, type Ended } from "../../support/command";
import { Administrator, vaultUrl } from "../../support/delivery";
import { LocalAzureForTests } from "../../support/localAzure";
import { runToolCommand } from "../../support/toolCommand";

jest.setTimeout(120_000);

const ours = { "managed-by": "azure-daemon-access", daemon: "loader", format: "credential" };
const vaultId = `${resourceGroupId(resourceGroups.daemons)}/providers/Microsoft.KeyVault/vaults/kv-verify-tests`;
const vaultScope = "https://vault.azure.net/.default";

let local: LocalAzureForTests;
let administrator: Administrator;

beforeAll(async () => {
  local = await LocalAzureForTests.open();
  administrator = new Administrator(local);
  await administrator.layOut();
});
afterAll(() => local.close());

/** A secret as the stack writes it, or as somebody else does. */
async function write(name: string, tags: Record<string, string> = ours): Promise<void> {
  const properties = { value: `value of ${name}`, attributes: { enabled: true } };
  await administrator.arm("PUT", `${vaultId}/secrets/${name}`, "2023-07-01", { tags, properties });
}

const statusOf = async (method: string, name: string): Promise<number> =>
  (await local.call("deployer", vaultScope, method, `${vaultUrl}/secrets/${name}?api-version=2025-07-01`)).status;

const recover = (...args: string[]): Promise<Ended> =>
  runToolCommand(["credentials", "recover", "--vault", vaultUrl, ...args], signedInAs(local, "deployer"));

describe("npx daemon-access credentials recover", () => {
  it("has nothing to do where nothing was deleted", async () => {
    expect(await recover()).toMatchObject({ code: 0, stdout: `Nothing to recover in ${vaultUrl}.\n` });
  });

  it("brings back what the stack managed, leaves the rest deleted, and tells how the stack takes it over", async () => {
    await write("loader-credential");
    await write("by-hand", {});
    for (const name of ["loader-credential", "by-hand"]) expect(await statusOf("DELETE", name)).toBe(200);
    const { code, stdout } = await recover("--stack", "organization/azure-daemon-access/prod");
    expect([code, stdout.split("\n")]).toEqual([
      0,
      [
        "Recovered loader-credential.",
        "Where `pulumi up` says that one exists already, import it:",
        'pulumi import azure-native:keyvault:Secret loader-credential "$(az keyvault show --name kv-verify-tests --query id --output tsv)/secrets/loader-credential" --parent "daemon=urn:pulumi:prod::azure-daemon-access::azure-daemon-access:index:DaemonAccess::loader" --stack organization/azure-daemon-access/prod --protect=false --generate-code=false',
        "",
      ],
    ]);
    expect(await statusOf("GET", "loader-credential")).toBe(200);
    expect(await statusOf("GET", "by-hand")).toBe(404);
  });

  it("brings back a secret that is named, whoever made it, and says which there never was", async () => {
    await write("another-by-hand", {});
    await statusOf("DELETE", "another-by-hand");
    await write("loader-credential");
    const { code, stdout } = await recover("--json", "--secret", "another-by-hand", "loader-credential", "nowhere");
    expect([code, JSON.parse(stdout)]).toEqual([
      1,
      {
        version: 1,
        ok: false,
        vaultUrl,
        recovered: ["another-by-hand"],
        present: ["loader-credential"],
        failed: [],
        unknown: ["nowhere"],
        imports: [importCommand(ourSecret("loader-credential", ours), vaultUrl)],
      },
    ]);
  });

  it("says which right is missing", async () => {
    const args = ["credentials", "recover", "--vault", vaultUrl];
    const refused = await runToolCommand(args, signedInAs(local, "stranger"));
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(identities.stranger.clientId);
    expect(refused.stderr).toContain(
      "remedy  Give the identity that runs this the role Key Vault Secrets Officer on kv-verify-tests.vault.azure.net.",
    );
  });
});
