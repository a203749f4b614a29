import { resourceGroupId, resourceGroups, tenant } from "../../../../local/azure/landingZone/layout";
import { codeOf, errorOf, vaultBody, VaultScenario } from "./vaultScenario";

let scenario: VaultScenario;
beforeEach(async () => {
  scenario = await VaultScenario.open();
});
afterEach(() => scenario.azure.close());

const deletedPath = (name: string): string =>
  `/providers/Microsoft.KeyVault/locations/westeurope/deletedVaults/${name}`;

describe("a vault through ARM", () => {
  it("shows its name being registered on creation, and is ready at the next look", async () => {
    const created = await scenario.vault("PUT", "kv-fresh", vaultBody());
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      properties: { provisioningState: "RegisteringDns", vaultUri: "https://kv-fresh.vault.azure.net" },
    });

    const found = await scenario.vault("GET", "kv-fresh");
    expect(found.status).toBe(200);
    expect(found.body).toMatchObject({
      id: scenario.vaultId("kv-fresh"),
      name: "kv-fresh",
      type: "Microsoft.KeyVault/vaults",
      location: "westeurope",
      properties: {
        tenantId: tenant.id,
        accessPolicies: [],
        enabledForDeployment: false,
        enableSoftDelete: true,
        softDeleteRetentionInDays: 90,
        enableRbacAuthorization: true,
        publicNetworkAccess: "Enabled",
        provisioningState: "Succeeded",
        vaultUri: "https://kv-fresh.vault.azure.net/",
      },
    });
    expect(found.body).not.toHaveProperty("properties.enablePurgeProtection");
  });

  it("is listed in its group and in the subscription, and nowhere else", async () => {
    await scenario.makeVault("kv-listed");
    const names = async (path: string): Promise<string[]> =>
      ((await scenario.arm("GET", path)).body as { value: { name: string }[] }).value.map(({ name }) => name);

    const list = "/providers/Microsoft.KeyVault/vaults";
    expect(await names(`${resourceGroupId(resourceGroups.daemons)}${list}`)).toEqual(["kv-listed"]);
    expect(await names(list)).toContain("kv-listed");
    expect(await names(`${resourceGroupId(resourceGroups.machineLearning)}${list}`)).not.toContain("kv-listed");
  });

  it.each(["ab", "9starts-with-digit", "ends-with-hyphen-", "two--hyphens", "a".repeat(25), "under_score"])(
    "may not be called %s",
    async (name) => {
      const refused = await scenario.vault("PUT", name, vaultBody());
      expect([refused.status, codeOf(refused)]).toEqual([400, "VaultNameNotValid"]);
    },
  );

  it("takes a name that no other group's vault has, in any letter case", async () => {
    const refused = await scenario.vault("PUT", "KV-mlw-Forecast", vaultBody());
    expect([refused.status, codeOf(refused)]).toEqual([409, "VaultAlreadyExists"]);
  });

  it("belongs to the subscription's tenant", async () => {
    const refused = await scenario.vault(
      "PUT",
      "kv-other",
      vaultBody({ tenantId: "11111111-1111-4111-8111-111111111111" }),
    );
    expect([refused.status, codeOf(refused)]).toEqual([400, "BadRequest"]);
    expect((await scenario.vault("GET", "kv-other")).status).toBe(404);
  });

  it.each([6, 91])("keeps deleted things for 7 to 90 days, not %d", async (days) => {
    const refused = await scenario.vault("PUT", "kv-days", vaultBody({ softDeleteRetentionInDays: days }));
    expect([refused.status, codeOf(refused)]).toEqual([400, "BadRequest"]);
  });

  it("never turns purge protection off again", async () => {
    await scenario.makeVault("kv-kept", { enablePurgeProtection: true });
    const refused = await scenario.vault("PATCH", "kv-kept", { properties: { enablePurgeProtection: false } });
    expect(refused.status).toBe(400);
    expect(errorOf(refused)).toEqual({
      code: "BadRequest",
      message:
        'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.',
    });
    expect((await scenario.vault("GET", "kv-kept")).body).toHaveProperty("properties.enablePurgeProtection", true);
  });

  it("does not change its retention once it is made", async () => {
    await scenario.makeVault("kv-retains", { softDeleteRetentionInDays: 7 });
    const refused = await scenario.vault("PATCH", "kv-retains", { properties: { softDeleteRetentionInDays: 30 } });
    expect([refused.status, codeOf(refused)]).toEqual([400, "BadRequest"]);
  });

  it("stays in its region", async () => {
    await scenario.makeVault("kv-stays");
    const refused = await scenario.vault("PUT", "kv-stays", { ...vaultBody(), location: "northeurope" });
    expect([refused.status, codeOf(refused)]).toEqual([409, "InvalidResourceLocation"]);
  });

  it("keeps what a PATCH leaves out", async () => {
    await scenario.makeVault("kv-patched", { publicNetworkAccess: "Disabled" });
    const patched = await scenario.vault("PATCH", "kv-patched", { tags: { team: "data" } });
    expect(patched.body).toMatchObject({ tags: { team: "data" }, properties: { publicNetworkAccess: "Disabled" } });
  });

  it("shows a single allowed address as a range of one, and refuses private ones", async () => {
    const acls = (value: string): object => ({ networkAcls: { defaultAction: "Deny", ipRules: [{ value }] } });
    await scenario.makeVault("kv-walled", acls("198.51.100.7"));
    const found = await scenario.vault("GET", "kv-walled");
    expect(found.body).toHaveProperty("properties.networkAcls.ipRules", [{ value: "198.51.100.7/32" }]);

    const refused = await scenario.vault("PUT", "kv-private", vaultBody(acls("10.1.2.3")));
    expect([refused.status, codeOf(refused)]).toEqual([400, "BadRequest"]);
  });
});

describe("a deleted vault", () => {
  beforeEach(async () => {
    await scenario.makeVault("kv-gone", { softDeleteRetentionInDays: 7 });
    expect((await scenario.vault("DELETE", "kv-gone")).status).toBe(200);
  });

  it("leaves a name that nobody can take until it is purged", async () => {
    const refused = await scenario.vault("PUT", "kv-gone", vaultBody());
    expect(refused.status).toBe(409);
    expect(errorOf(refused)).toEqual({
      code: "ConflictError",
      message:
        "A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft delete.",
    });
  });

  it("is found among the deleted, with the day it will be gone", async () => {
    const found = await scenario.arm("GET", deletedPath("kv-gone"));
    expect(found.body).toMatchObject({
      name: "kv-gone",
      type: "Microsoft.KeyVault/deletedVaults",
      properties: {
        vaultId: scenario.vaultId("kv-gone"),
        deletionDate: "2026-03-01T09:00:00.000Z",
        scheduledPurgeDate: "2026-03-08T09:00:00.000Z",
      },
    });
    const list = await scenario.arm("GET", "/providers/Microsoft.KeyVault/deletedVaults");
    expect(list.body).toMatchObject({ value: [{ name: "kv-gone" }] });
  });

  it("comes back as it was with createMode recover", async () => {
    const recovered = await scenario.vault("PUT", "kv-gone", vaultBody({ createMode: "recover" }));
    expect(recovered.status).toBe(200);
    expect(recovered.body).toHaveProperty("properties.softDeleteRetentionInDays", 7);
    expect((await scenario.vault("GET", "kv-gone")).status).toBe(200);
    expect((await scenario.arm("GET", deletedPath("kv-gone"))).status).toBe(404);
  });

  it("is purged by an operation that the client polls", async () => {
    const accepted = await scenario.arm("POST", `${deletedPath("kv-gone")}/purge`);
    expect(accepted.status).toBe(202);
    const location = accepted.headers.get("location") ?? "";
    const poll = () => scenario.azure.call("administrator", "https://management.azure.com/.default", "GET", location);
    let polled = await poll();
    while (polled.status === 202) {
      polled = await poll();
    }
    expect(polled.body).toMatchObject({ status: "Succeeded" });
    expect((await scenario.vault("PUT", "kv-gone", vaultBody())).status).toBe(201);
  });

  it("is purged by itself when its retention ends", async () => {
    scenario.azure.clock.advance({ days: 7 });
    expect((await scenario.arm("GET", deletedPath("kv-gone"))).status).toBe(404);
    expect((await scenario.vault("PUT", "kv-gone", vaultBody())).status).toBe(201);
  });

  it("holds its name in the check of names", async () => {
    const check = (name: string) =>
      scenario.arm("POST", "/providers/Microsoft.KeyVault/checkNameAvailability", {
        name,
        type: "Microsoft.KeyVault/vaults",
      });
    expect((await check("kv-gone")).body).toMatchObject({ nameAvailable: false, reason: "AlreadyExists" });
    expect((await check("kv-free")).body).toEqual({ nameAvailable: true });
    expect((await check("no_name")).body).toMatchObject({ nameAvailable: false, reason: "AccountNameInvalid" });
  });
});

it("recovers nothing where nothing was deleted", async () => {
  const refused = await scenario.vault("PUT", "kv-never", vaultBody({ createMode: "recover" }));
  expect([refused.status, codeOf(refused)]).toEqual([404, "SoftDeletedVaultDoesNotExist"]);
});

it("refuses to purge a vault with purge protection", async () => {
  await scenario.makeVault("kv-protected", { enablePurgeProtection: true });
  await scenario.vault("DELETE", "kv-protected");
  const refused = await scenario.arm("POST", `${deletedPath("kv-protected")}/purge`);
  expect(refused.status).toBe(405);
  expect(errorOf(refused)).toEqual({
    code: "MethodNotAllowed",
    message: "Operation 'DeletedVaultPurge' is not allowed.",
  });
});

it("deletes a group's vaults softly with the group", async () => {
  await scenario.makeVault("kv-in-group");
  await scenario.arm("DELETE", resourceGroupId(resourceGroups.daemons));
  scenario.azure.clock.advance({ minutes: 1 });
  expect((await scenario.arm("GET", deletedPath("kv-in-group"))).status).toBe(200);
});
