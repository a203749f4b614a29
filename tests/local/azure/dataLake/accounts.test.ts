import { resourceGroupId, resourceGroups, subscription } from "../../../../local/azure/landingZone/layout";
import { accountBody, accountId, codeOf, LakeScenario, type Answer } from "./lakeScenario";

let scenario: LakeScenario;
beforeEach(async () => {
  scenario = await LakeScenario.open();
});
afterEach(() => scenario.azure.close());

describe("a storage account through ARM", () => {
  it("is made by an operation that the client polls at Location", async () => {
    const created = await scenario.account("PUT", "stlake", accountBody());
    expect(created.status).toBe(202);
    expect(created.body).toBe("");
    expect(created.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    const location = created.headers.get("location") ?? "";
    expect(location).toMatch(
      new RegExp(
        `^https://management\\.azure\\.com/subscriptions/${subscription.id}/providers/Microsoft\\.Storage/locations/westeurope/asyncoperations/[0-9a-f-]{36}\\?`,
      ),
    );
    expect((await scenario.account("GET", "stlake")).body).toHaveProperty("properties.provisioningState", "Creating");
    expect((await scenario.poll(location)).status).toBe(202);

    const done = await scenario.poll(location);
    expect(done.status).toBe(200);
    expect((await scenario.account("GET", "stlake")).body).toEqual(done.body);
    expect(done.body).toMatchObject({
      sku: { name: "Standard_LRS", tier: "Standard" },
      kind: "StorageV2",
      id: accountId("stlake"),
      name: "stlake",
      type: "Microsoft.Storage/storageAccounts",
      location: "westeurope",
      tags: {},
      properties: {
        isHnsEnabled: true,
        minimumTlsVersion: "TLS1_2",
        allowSharedKeyAccess: false,
        provisioningState: "Succeeded",
        primaryEndpoints: {
          dfs: "https://stlake.dfs.core.windows.net/",
          blob: "https://stlake.blob.core.windows.net/",
        },
        networkAcls: { bypass: "AzureServices", defaultAction: "Allow", ipRules: [], virtualNetworkRules: [] },
      },
    });
  });

  it("goes on being made over a restart", async () => {
    const created = await scenario.account("PUT", "stlake", accountBody());
    await scenario.azure.restart();
    const location = created.headers.get("location") ?? "";
    await scenario.poll(location);
    expect((await scenario.poll(location)).body).toHaveProperty("properties.provisioningState", "Succeeded");
  });

  it("reads back with Azure's defaults where nothing was said", async () => {
    const { kind, location, sku } = accountBody();
    await scenario.account("PUT", "stplain", { kind, location, sku });
    const { properties } = (await scenario.account("GET", "stplain")).body as { properties: Record<string, unknown> };
    expect(properties).toMatchObject({
      minimumTlsVersion: "TLS1_0",
      supportsHttpsTrafficOnly: true,
      allowBlobPublicAccess: false,
      accessTier: "Hot",
    });
    expect(properties).not.toHaveProperty("isHnsEnabled");
    expect(properties).not.toHaveProperty("allowSharedKeyAccess");
  });

  it.each(["ab", "Upper", "with-hyphen", "a".repeat(25)])("may not be called %s", async (name) => {
    const refused = await scenario.account("PUT", name, accountBody());
    expect([refused.status, codeOf(refused)]).toEqual([400, "AccountNameInvalid"]);
  });

  it("takes a name that no other group's account has", async () => {
    const refused = await scenario.account("PUT", "stmlwforecast", accountBody());
    expect([refused.status, codeOf(refused)]).toEqual([409, "StorageAccountInAnotherResourceGroup"]);
    const check = (name: string): Promise<Answer> =>
      scenario.arm("POST", "/providers/Microsoft.Storage/checkNameAvailability", {
        name,
        type: "Microsoft.Storage/storageAccounts",
      });
    expect((await check("stmlwforecast")).body).toEqual({
      nameAvailable: false,
      reason: "AlreadyExists",
      message: "The storage account named stmlwforecast is already taken.",
    });
    expect((await check("stfree")).body).toEqual({ nameAvailable: true });
    expect((await check("Not-Valid")).body).toMatchObject({ nameAvailable: false, reason: "AccountNameInvalid" });
  });

  it("counts towards what its region may have, and no other region", async () => {
    const usage = async (region: string): Promise<unknown> =>
      (await scenario.arm("GET", `/providers/Microsoft.Storage/locations/${region}/usages`)).body;
    const of = (currentValue: number): unknown => ({
      value: [
        {
          unit: "Count",
          currentValue,
          limit: 250,
          name: { value: "StorageAccounts", localizedValue: "Storage Accounts" },
        },
      ],
    });
    expect(await usage("westeurope")).toEqual(of(1));
    await scenario.account("PUT", "stlake", accountBody());
    expect(await usage("westeurope")).toEqual(of(2));
    expect(await usage("northeurope")).toEqual(of(0));
  });

  it.each([
    ["sku.name", { sku: { name: "Standard_Huge" } }],
    ["kind", { kind: "StorageV3" }],
    ["isHnsEnabled", { kind: "FileStorage", properties: { isHnsEnabled: true } }],
    ["properties.minimumTlsVersion", { properties: { minimumTlsVersion: "SSL3" } }],
    [
      "networkAcls.ipRule[*].value",
      { properties: { networkAcls: { defaultAction: "Deny", ipRules: [{ value: "203.0.113.10/32" }] } } },
    ],
    [
      "networkAcls.ipRule[*].value",
      { properties: { networkAcls: { defaultAction: "Deny", ipRules: [{ value: "10.0.0.1" }] } } },
    ],
  ])("names a wrong %s", async (property, wrong) => {
    const refused = await scenario.account("PUT", "stlake", { ...accountBody(), ...wrong });
    expect([refused.status, codeOf(refused)]).toEqual([400, "InvalidValuesForRequestParameters"]);
    expect((refused.body as { error: { message: string } }).error.message).toContain(`are invalid: ${property}.`);
    expect((await scenario.account("GET", "stlake")).status).toBe(404);
  });

  it("keeps its kind of namespace", async () => {
    await scenario.makeAccount("stlake");
    const refused = await scenario.account("PATCH", "stlake", { properties: { isHnsEnabled: false } });
    expect([refused.status, codeOf(refused)]).toEqual([409, "AccountPropertyCannotBeUpdated"]);
    const patched = await scenario.account("PATCH", "stlake", { tags: { team: "data" } });
    expect(patched.body).toMatchObject({
      tags: { team: "data" },
      properties: { isHnsEnabled: true, minimumTlsVersion: "TLS1_2" },
    });
  });

  it("is busy while it is being made", async () => {
    await scenario.account("PUT", "stlake", accountBody());
    const refused = await scenario.account("PUT", "stlake", accountBody());
    expect([refused.status, codeOf(refused)]).toEqual([409, "StorageAccountOperationInProgress"]);
  });

  it("hands out two keys, the same each time", async () => {
    await scenario.makeAccount("stlake");
    const keys = await scenario.arm("POST", `${accountId("stlake")}/listKeys`);
    expect(keys.body).toMatchObject({ keys: [{ keyName: "key1", permissions: "FULL" }, { keyName: "key2" }] });
    const values = (keys.body as { keys: { value: string }[] }).keys.map(
      ({ value }) => Buffer.from(value, "base64").length,
    );
    expect(values).toEqual([64, 64]);
    expect((await scenario.arm("POST", `${accountId("stlake")}/listKeys`)).body).toEqual(keys.body);
  });

  it("is listed in its group, and gone once deleted", async () => {
    await scenario.makeAccount("stlake");
    const list = `${resourceGroupId(resourceGroups.daemons)}/providers/Microsoft.Storage/storageAccounts`;
    expect((await scenario.arm("GET", list)).body).toMatchObject({ value: [{ name: "stlake" }] });
    expect((await scenario.account("DELETE", "stlake")).status).toBe(200);
    expect((await scenario.account("DELETE", "stlake")).status).toBe(204);
    expect((await scenario.arm("GET", list)).body).toEqual({ value: [] });
    expect((await scenario.account("GET", "stlake")).status).toBe(404);
  });
});

describe("a container through ARM", () => {
  beforeEach(() => scenario.makeAccount("stlake"));

  it("is made, changed, listed and deleted", async () => {
    const created = await scenario.container("PUT", "stlake", "forecasts", { properties: { publicAccess: "None" } });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      id: `${accountId("stlake")}/blobServices/default/containers/forecasts`,
      name: "forecasts",
      type: "Microsoft.Storage/storageAccounts/blobServices/containers",
      properties: { deleted: false, publicAccess: "None", leaseState: "Available", hasLegalHold: false },
    });
    expect((await scenario.container("PUT", "stlake", "forecasts", {})).status).toBe(200);
    const patched = await scenario.container("PATCH", "stlake", "forecasts", { properties: { metadata: { a: "1" } } });
    expect(patched.body).toHaveProperty("properties.metadata", { a: "1" });
    const listed = await scenario.arm("GET", `${accountId("stlake")}/blobServices/default/containers`);
    expect(listed.body).toMatchObject({ value: [{ name: "forecasts" }] });
    expect((await scenario.container("DELETE", "stlake", "forecasts")).status).toBe(200);
    expect((await scenario.container("GET", "stlake", "forecasts")).status).toBe(404);
  });

  it("frees its name 30 seconds after it was deleted", async () => {
    await scenario.container("PUT", "stlake", "forecasts", {});
    await scenario.container("DELETE", "stlake", "forecasts");
    scenario.azure.clock.advance({ seconds: 29 });
    const refused = await scenario.container("PUT", "stlake", "forecasts", {});
    expect([refused.status, codeOf(refused)]).toEqual([409, "ContainerBeingDeleted"]);
    scenario.azure.clock.advance({ seconds: 1 });
    expect((await scenario.container("PUT", "stlake", "forecasts", {})).status).toBe(201);
  });

  it("is not public in an account that forbids it, and has a proper name", async () => {
    const open = await scenario.container("PUT", "stlake", "open", { properties: { publicAccess: "Blob" } });
    expect([open.status, codeOf(open)]).toEqual([409, "PublicAccessNotPermitted"]);
    const named = await scenario.container("PUT", "stlake", "Not_Valid", {});
    expect([named.status, codeOf(named)]).toEqual([400, "InvalidResourceName"]);
  });

  it("lies in a blob service that cannot keep versions of a lake", async () => {
    const service = `${accountId("stlake")}/blobServices/default`;
    const kept = { properties: { deleteRetentionPolicy: { enabled: true, days: 7 } } };
    expect((await scenario.arm("PUT", service, kept)).status).toBe(200);
    expect((await scenario.arm("GET", service)).body).toMatchObject(kept);
    const refused = await scenario.arm("PUT", service, { properties: { isVersioningEnabled: true } });
    expect([refused.status, codeOf(refused)]).toEqual([409, "FeatureNotSupportedForAccount"]);
  });
});
