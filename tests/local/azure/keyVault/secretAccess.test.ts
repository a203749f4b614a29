import { identities, tenant } from "../../../../local/azure/landingZone/layout";
import { codeOf, errorOf, VaultScenario, type Answer } from "./vaultScenario";

let scenario: VaultScenario;
beforeEach(async () => {
  scenario = await VaultScenario.open();
  await scenario.makeVault("kv-data");
  scenario.grant("deployer", "secretsOfficer", scenario.vaultId("kv-data"));
});
afterEach(() => scenario.azure.close());

const officer = (method: string, path: string, body?: unknown): Promise<Answer> =>
  scenario.data("deployer", method, "kv-data", path, body);
const consumer = (method: string, path: string, body?: unknown): Promise<Answer> =>
  scenario.data("consumer", method, "kv-data", path, body);
const stranger = (method: string, path: string, body?: unknown): Promise<Answer> =>
  scenario.data("stranger", method, "kv-data", path, body);

describe("without a token", () => {
  it("answers with the challenge, before it looks at anything else", async () => {
    const response = await scenario.azure.fetch("https://kv-data.vault.azure.net/secrets/any");
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toBe(
      `Bearer authorization="https://login.microsoftonline.com/${tenant.id}", resource="https://vault.azure.net"`,
    );
    expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(await response.json()).toEqual({
      error: { code: "Unauthorized", message: "AKV10000: Request is missing a Bearer or PoP token." },
    });
  });

  it("refuses a token for another resource", async () => {
    const url = "https://kv-data.vault.azure.net/secrets/any?api-version=2025-07-01";
    const refused = await scenario.azure.call("deployer", "https://management.azure.com/.default", "GET", url);
    expect([refused.status, codeOf(refused)]).toEqual([401, "Unauthorized"]);
    expect(errorOf(refused)).toHaveProperty(
      "message",
      expect.stringMatching(/^AKV10022: Invalid audience\./) as string,
    );
  });
});

describe("access", () => {
  beforeEach(() => officer("PUT", "/secrets/loader", { value: "v" }));

  it("is refused in Key Vault's words to who has no role", async () => {
    const refused = await consumer("GET", "/secrets/loader");
    expect(refused.status).toBe(403);
    const { clientId, objectId } = identities.consumer;
    expect(errorOf(refused)).toEqual({
      code: "Forbidden",
      innererror: { code: "ForbiddenByRbac" },
      message: [
        "Caller is not authorized to perform action on resource.",
        "If role assignments, deny assignments or role definitions were changed recently, please observe propagation time.",
        `Caller: appid=${clientId};oid=${objectId};iss=https://sts.windows.net/${tenant.id}/`,
        "Action: 'Microsoft.KeyVault/vaults/secrets/getSecret/action'",
        `Resource: '${scenario.vaultId("kv-data").replace("resourceGroups", "resourcegroups").replace("Microsoft.KeyVault", "microsoft.keyvault")}/secrets/loader'`,
        "Assignment: (not found)",
        "DenyAssignmentId: null",
        "DecisionReason: null",
        "Vault: kv-data;location=westeurope",
        "",
      ].join("\r\n"),
    });
  });

  it("to one secret opens that secret only, and only for reading", async () => {
    await officer("PUT", "/secrets/other", { value: "v" });
    scenario.grant("stranger", "secretsUser", `${scenario.vaultId("kv-data")}/secrets/loader`);
    expect((await stranger("GET", "/secrets/loader")).body).toMatchObject({ value: "v" });
    expect((await stranger("GET", "/secrets/other")).status).toBe(403);
    expect((await stranger("PUT", "/secrets/loader", { value: "w" })).status).toBe(403);
    expect((await stranger("DELETE", "/secrets/loader")).status).toBe(403);
    expect((await stranger("GET", "/secrets")).status).toBe(403);
  });

  it("by access policy counts in a vault without RBAC, and roles do not", async () => {
    const policy = { tenantId: tenant.id, objectId: identities.consumer.objectId, permissions: { secrets: ["Get"] } };
    const properties = { enableRbacAuthorization: false, accessPolicies: [policy] };
    expect((await scenario.vault("PATCH", "kv-data", { properties })).status).toBe(200);
    expect((await consumer("GET", "/secrets/loader")).status).toBe(200);
    const refused = await officer("GET", "/secrets/loader");
    expect(refused.status).toBe(403);
    expect(errorOf(refused)).toMatchObject({ code: "Forbidden", innererror: { code: "AccessDenied" } });
  });

  it("is closed by a firewall that does not name the client's address", async () => {
    const wall = (value: string): object => ({
      properties: { networkAcls: { defaultAction: "Deny", ipRules: [{ value }] } },
    });
    await scenario.vault("PATCH", "kv-data", wall("198.51.100.0/24"));
    const refused = await officer("GET", "/secrets/loader");
    expect(refused.status).toBe(403);
    expect(errorOf(refused)).toMatchObject({
      innererror: { code: "ForbiddenByFirewall" },
      message: expect.stringContaining("Client address: 203.0.113.10") as string,
    });
    await scenario.vault("PATCH", "kv-data", wall("203.0.113.0/24"));
    expect((await officer("GET", "/secrets/loader")).status).toBe(200);
  });

  it("is closed where the vault is not on the public network", async () => {
    await scenario.vault("PATCH", "kv-data", { properties: { publicNetworkAccess: "disabled" } });
    const refused = await officer("GET", "/secrets/loader");
    expect(refused.status).toBe(403);
    expect(errorOf(refused)).toMatchObject({ innererror: { code: "ForbiddenByConnection" } });
  });
});
