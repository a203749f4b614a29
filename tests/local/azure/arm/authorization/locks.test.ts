import { tenant } from "../../../../../local/azure/landingZone/layout";
import { LocalAzureForTests } from "../../../../support/localAzure";
import { Arm, errorOf, group } from "../armClient";

const vault = `${group("rg-daemons")}/providers/Microsoft.KeyVault/vaults/kv-locked`;
const lockOn = (scope: string): string => `${scope}/providers/Microsoft.Authorization/locks/keep`;
const vaultBody = {
  location: "westeurope",
  properties: { tenantId: tenant.id, sku: { family: "A", name: "standard" }, enableRbacAuthorization: true },
};
const lock = (level: string): object => ({ properties: { level, notes: "Ask the platform team." } });

describe("management locks", () => {
  let azure: LocalAzureForTests;
  let arm: Arm;

  beforeAll(async () => {
    azure = await LocalAzureForTests.open();
    arm = new Arm(azure);
  });
  afterAll(() => azure.close());
  beforeEach(async () => {
    await arm.put("administrator", vault, vaultBody);
  });
  afterEach(async () => {
    await arm.send("administrator", "DELETE", lockOn(vault));
    await arm.send("administrator", "DELETE", lockOn(group("rg-daemons")));
  });

  const outcome = async (method: string, path: string, body?: object): Promise<[number, string]> => {
    const reply = await arm.send("administrator", method, path, body);
    return [reply.status, reply.status >= 400 ? errorOf(reply).code : ""];
  };

  it("are made, shown, changed and lifted", async () => {
    const made = await arm.put("administrator", lockOn(vault), lock("CanNotDelete"));
    expect([made.status, made.body]).toMatchObject([
      201,
      {
        id: lockOn(vault),
        name: "keep",
        type: "Microsoft.Authorization/locks",
        properties: { level: "CanNotDelete", notes: "Ask the platform team." },
      },
    ]);
    expect((await arm.get("administrator", lockOn(vault))).body).toEqual(made.body);
    expect((await arm.put("administrator", lockOn(vault), lock("ReadOnly"))).status).toBe(200);
    expect(await outcome("DELETE", lockOn(vault))).toEqual([200, ""]);
    expect(await outcome("DELETE", lockOn(vault))).toEqual([204, ""]);
    expect(await outcome("GET", lockOn(vault))).toEqual([404, "LockNotFound"]);
    expect(await outcome("PUT", lockOn(vault), lock("Sometimes"))).toEqual([400, "InvalidRequestContent"]);
  });

  it("keep what they lock from being deleted, whoever asks, and let it change", async () => {
    await arm.put("administrator", lockOn(vault), lock("CanNotDelete"));
    const refused = await arm.send("administrator", "DELETE", vault);
    expect([refused.status, errorOf(refused)]).toEqual([
      409,
      {
        code: "ScopeLocked",
        message: `The scope '${vault}' cannot perform delete operation because following scope(s) are locked: '${vault}'. Please remove the lock and try again.`,
      },
    ]);
    expect(await outcome("PUT", vault, vaultBody)).toEqual([200, ""]);
    await arm.send("administrator", "DELETE", lockOn(vault));
    expect(await outcome("DELETE", vault)).toEqual([200, ""]);
    expect(
      await outcome("PUT", vault, { ...vaultBody, properties: { ...vaultBody.properties, createMode: "recover" } }),
    ).toEqual([200, ""]);
  });

  it("of a group reach what lies in it, and one within keeps the group", async () => {
    await arm.put("administrator", lockOn(group("rg-daemons")), lock("CanNotDelete"));
    expect(await outcome("DELETE", vault)).toEqual([409, "ScopeLocked"]);
    await arm.send("administrator", "DELETE", lockOn(group("rg-daemons")));
    await arm.put("administrator", lockOn(vault), lock("CanNotDelete"));
    expect(await outcome("DELETE", group("rg-daemons"))).toEqual([409, "ScopeLocked"]);
  });

  it("keep role assignments from being taken away, and not from being given", async () => {
    const assignment = `${vault}/providers/Microsoft.Authorization/roleAssignments/5d0e7a31-1c2f-4b86-9e57-8f3a6c2d1b99`;
    await arm.put("administrator", lockOn(vault), lock("CanNotDelete"));
    const properties = {
      roleDefinitionId: "/providers/Microsoft.Authorization/roleDefinitions/4633458b-17de-408a-b874-0445c86b69e6",
      principalId: "1a7b8c2e-3f54-4609-9d8e-b2c1f0a6d573",
      principalType: "ServicePrincipal",
    };
    expect(await outcome("PUT", assignment, { properties })).toEqual([201, ""]);
    expect(await outcome("DELETE", assignment)).toEqual([409, "ScopeLocked"]);
    await arm.send("administrator", "DELETE", lockOn(vault));
    expect(await outcome("DELETE", assignment)).toEqual([200, ""]);
  });

  it("that are read-only keep every change out, listKeys with it", async () => {
    const account = `${group("rg-machine-learning")}/providers/Microsoft.Storage/storageAccounts/stmlwforecast`;
    await arm.put("administrator", lockOn(account), lock("ReadOnly"));
    expect(await outcome("PATCH", account, { tags: {} })).toEqual([409, "ScopeLocked"]);
    expect(await outcome("POST", `${account}/listKeys`)).toEqual([409, "ScopeLocked"]);
    expect(await outcome("GET", account)).toEqual([200, ""]);
    await arm.send("administrator", "DELETE", lockOn(account));
    expect(await outcome("POST", `${account}/listKeys`)).toEqual([200, ""]);
  });

  it("are not the deployer's to set: no role of his has them", async () => {
    const refused = await arm.put("deployer", lockOn(vault), lock("CanNotDelete"));
    expect([refused.status, errorOf(refused).code]).toEqual([403, "AuthorizationFailed"]);
    expect(errorOf(refused).message).toContain("'Microsoft.Authorization/locks/write'");
  });
});
