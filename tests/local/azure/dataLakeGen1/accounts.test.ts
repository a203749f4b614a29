import {
  dataLakeStoreId,
  identities,
  resourceGroupId,
  resourceGroups,
  subscription,
  tenant,
} from "../../../../local/azure/landingZone/layout";
import { StoreScenario, type Answer } from "./storeScenario";

const provider = "providers/Microsoft.DataLakeStore";
const group = resourceGroupId(resourceGroups.daemons);
const newId = `${group}/${provider}/accounts/newlake`;
const body = {
  location: "West Europe",
  tags: { team: "forecast" },
  properties: {
    firewallState: "Enabled",
    firewallRules: [{ name: "office", properties: { startIpAddress: "203.0.113.0", endIpAddress: "203.0.113.255" } }],
    trustedIdProviders: [{ name: "fabrikam", properties: { idProvider: "https://sts.windows.net/fabrikam" } }],
  },
};
const codeOf = (answer: Answer): string =>
  `${answer.status} ${(answer.body as { error?: { code: string } }).error?.code ?? ""}`;

let scenario: StoreScenario;
afterEach(() => scenario.azure.close());

describe("the Data Lake Store account of the landing zone", () => {
  beforeEach(async () => {
    scenario = await StoreScenario.open();
  });

  it("is shown whole alone, and in short in the lists", async () => {
    const { status, body: account } = await scenario.arm("GET", dataLakeStoreId);
    const guid = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;
    const short = {
      id: dataLakeStoreId,
      name: "contosodatalake",
      type: "Microsoft.DataLakeStore/accounts",
      location: "westeurope",
      tags: {},
    };
    const state = {
      provisioningState: "Succeeded",
      state: "Active",
      endpoint: "contosodatalake.azuredatalakestore.net",
      accountId: guid,
      creationTime: "2026-03-01T09:00:00.000Z",
      lastModifiedTime: "2026-03-01T09:00:00.000Z",
    };
    expect(status).toBe(200);
    expect(account).toEqual({
      ...short,
      identity: { type: "SystemAssigned", principalId: guid, tenantId: tenant.id },
      properties: {
        ...state,
        defaultGroup: null,
        encryptionState: "Enabled",
        encryptionConfig: { type: "ServiceManaged" },
        firewallState: "Disabled",
        firewallAllowAzureIps: "Disabled",
        firewallRules: [],
        virtualNetworkRules: [],
        trustedIdProviderState: "Disabled",
        trustedIdProviders: [],
        newTier: "Consumption",
        currentTier: "Consumption",
      },
    });
    for (const scope of [group, `/subscriptions/${subscription.id}`]) {
      const { body: list } = await scenario.arm("GET", `${scope}/${provider}/accounts`);
      expect(list).toEqual({ value: [{ ...short, properties: state }] });
    }
  });

  it("changes by PATCH and by PUT, but not its encryption", async () => {
    const patched = await scenario.arm("PATCH", dataLakeStoreId, { properties: { firewallState: "Enabled" } });
    expect(patched.body).toMatchObject({ tags: {}, properties: { firewallState: "Enabled" } });
    const put = await scenario.arm("PUT", dataLakeStoreId, { ...body, properties: { newTier: "Commitment_1TB" } });
    expect(put.status).toBe(200);
    expect(put.body).toMatchObject({
      tags: { team: "forecast" },
      properties: { firewallState: "Enabled", newTier: "Commitment_1TB", currentTier: "Commitment_1TB" },
    });
    const decrypted = await scenario.arm("PATCH", dataLakeStoreId, { properties: { encryptionState: "Disabled" } });
    expect(codeOf(decrypted)).toBe("400 InvalidOperation");
  });

  it("is gone, with its files, once it is deleted", async () => {
    expect((await scenario.arm("DELETE", dataLakeStoreId)).status).toBe(200);
    expect((await scenario.arm("DELETE", dataLakeStoreId)).status).toBe(204);
    expect(codeOf(await scenario.arm("GET", dataLakeStoreId))).toBe("404 ResourceNotFound");
    expect((await scenario.lake("administrator", "GET", "?op=LISTSTATUS")).status).toBe(404);
  });

  it("is governed by Azure roles", async () => {
    expect(codeOf(await scenario.arm("GET", dataLakeStoreId, undefined, "stranger"))).toBe("403 AuthorizationFailed");
    expect((await scenario.arm("GET", dataLakeStoreId, undefined, "deployer")).status).toBe(200);
    const tagged = await scenario.arm("PATCH", dataLakeStoreId, { tags: {} }, "deployer");
    expect(codeOf(tagged)).toBe("403 AuthorizationFailed");
  });

  it("has a name that nobody else can take", async () => {
    const path = `/subscriptions/${subscription.id}/${provider}/locations/westeurope/checkNameAvailability`;
    const check = async (name: string): Promise<unknown> =>
      (await scenario.arm("POST", path, { name, type: "Microsoft.DataLakeStore/accounts" })).body;
    expect(await check("contosodatalake")).toMatchObject({ nameAvailable: false, reason: "AlreadyExists" });
    expect(await check("Contoso-Lake")).toMatchObject({ nameAvailable: false, reason: "Invalid" });
    expect(await check("newlake")).toEqual({ nameAvailable: true });
    const capability = await scenario.arm("GET", path.replace("checkNameAvailability", "capability"));
    expect(capability.body).toMatchObject({ state: "Registered", accountCount: 1 });
  });

  it("stays the only one: the retired service takes no new account", async () => {
    const refused = await scenario.arm("PUT", newId, body);
    expect(codeOf(refused)).toBe("400 InvalidOperation");
    expect(refused.body).toMatchObject({
      error: {
        message: expect.stringMatching(/retired on February 29, 2024.*Use Azure Data Lake Storage Gen2/) as string,
      },
    });
    expect(codeOf(await scenario.arm("GET", newId))).toBe("404 ResourceNotFound");
  });
});

describe("where retired services take new resources", () => {
  beforeEach(async () => {
    scenario = await StoreScenario.open({ allowsRetiredServices: true });
  });

  it("an account is made while its operation is polled, and belongs to its maker", async () => {
    const made = await scenario.arm("PUT", newId, body);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ properties: { provisioningState: "Creating", state: null, endpoint: null } });
    const url = made.headers.get("azure-asyncoperation") ?? "";
    expect(url).toContain("/providers/Microsoft.DataLakeStore/locations/westeurope/operationResults/");
    expect((await scenario.poll(url)).body).toMatchObject({ status: "InProgress" });
    expect(codeOf(await scenario.arm("PATCH", newId, { tags: {} }))).toBe("409 AccountOperationInProgress");
    expect((await scenario.poll(url)).body).toMatchObject({ status: "Succeeded" });
    const { body: account } = await scenario.arm("GET", newId);
    expect(account).toMatchObject({
      location: "westeurope",
      tags: { team: "forecast" },
      properties: {
        state: "Active",
        endpoint: "newlake.azuredatalakestore.net",
        firewallState: "Enabled",
        firewallRules: [
          {
            id: `${newId}/firewallRules/office`,
            name: "office",
            type: "Microsoft.DataLakeStore/accounts/firewallRules",
            properties: { startIpAddress: "203.0.113.0", endIpAddress: "203.0.113.255" },
          },
        ],
        trustedIdProviders: [{ name: "fabrikam", properties: { idProvider: "https://sts.windows.net/fabrikam" } }],
      },
    });
    const token = await scenario.azure.token("administrator", "https://datalake.azure.net/.default");
    const root = await scenario.azure.fetch("https://newlake.azuredatalakestore.net/webhdfs/v1/?op=GETFILESTATUS", {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await root.json()).toMatchObject({
      FileStatus: { permission: "770", owner: identities.administrator.objectId },
    });
  });

  it.each([
    ["New-Lake", body, "400 InvalidAccountName"],
    ["nl", body, "400 InvalidAccountName"],
    ["newlake", { ...body, properties: { firewallState: "On" } }, "400 InvalidRequestContent"],
    [
      "newlake",
      {
        ...body,
        properties: {
          firewallRules: [{ name: "back", properties: { startIpAddress: "203.0.113.9", endIpAddress: "203.0.113.1" } }],
        },
      },
      "400 InvalidFirewallRule",
    ],
  ])("an account %s of %j is answered with %s", async (name, wrong, code) => {
    expect(codeOf(await scenario.arm("PUT", `${group}/${provider}/accounts/${name}`, wrong))).toBe(code);
  });
});
