import { accountBody, accountId, codeOf, LakeScenario, type Answer } from "./lakeScenario";

let scenario: LakeScenario;
beforeAll(async () => {
  scenario = await LakeScenario.open();
  await scenario.makeAccount("stlake");
});
afterAll(() => scenario.azure.close());

const policy = `${accountId("stlake")}/managementPolicies/default`;
const service = `${accountId("stlake")}/blobServices/default`;
const after = (days: number): object => ({ daysAfterModificationGreaterThan: days });
const rule = (name: string, actions: object, filters: object = {}): object => ({
  name,
  enabled: true,
  type: "Lifecycle",
  definition: { actions, filters: { blobTypes: ["blockBlob"], ...filters } },
});
const rules = (...list: object[]): object => ({ properties: { policy: { rules: list } } });
const messageOf = ({ body }: Answer): string => (body as { error: { message: string } }).error.message;

describe("an account's lifecycle rules", () => {
  it("are none at first, and then what was put", async () => {
    const none = await scenario.arm("GET", policy);
    expect([none.status, codeOf(none)]).toEqual([404, "ManagementPolicyNotFound"]);
    const body = rules(rule("old", { baseBlob: { tierToCool: after(30), delete: after(365) } }));
    const put = await scenario.arm("PUT", policy, body);
    expect([put.status, put.body]).toMatchObject([
      200,
      { id: policy, name: "DefaultManagementPolicy", properties: { lastModifiedTime: "2026-03-01T09:00:00.000Z" } },
    ]);
    expect(put.body).toMatchObject(body);
    expect((await scenario.arm("GET", policy)).body).toEqual(put.body);
    expect((await scenario.arm("DELETE", policy)).status).toBe(200);
    expect((await scenario.arm("DELETE", policy)).status).toBe(204);
  });

  it("go with their account", async () => {
    await scenario.makeAccount("stbrief");
    const brief = `${accountId("stbrief")}/managementPolicies/default`;
    await scenario.arm("PUT", brief, rules(rule("old", { baseBlob: { delete: after(1) } })));
    await scenario.account("DELETE", "stbrief");
    await scenario.makeAccount("stbrief");
    expect((await scenario.arm("GET", brief)).status).toBe(404);
  });

  it.each<[string, object, RegExp]>([
    [
      "two of one name",
      rules(rule("a", { baseBlob: { delete: after(1) } }), rule("A", { baseBlob: { delete: after(2) } })),
      /a name of its own/,
    ],
    ["a rule that does nothing", rules(rule("a", { baseBlob: {} })), /one action or more/],
    [
      "a name with a hyphen",
      rules(rule("old-files", { baseBlob: { delete: after(1) } })),
      /1 to 256 letters and digits/,
    ],
    ["rules for versions", rules(rule("a", { version: { delete: after(1) } })), /has no versions/],
    [
      "appended blobs moved to another tier",
      rules(rule("a", { baseBlob: { tierToCool: after(1) } }, { blobTypes: ["appendBlob"] })),
      /Append blobs can only be deleted/,
    ],
    ["no rules", rules(), /policy.rules/],
  ])("are refused with %s", async (_what, body, message) => {
    const refused = await scenario.arm("PUT", policy, body);
    expect([refused.status, codeOf(refused)]).toEqual([400, "InvalidValuesForRequestParameters"]);
    expect(messageOf(refused)).toMatch(message);
  });

  it("archive nothing in an account with copies in several zones", async () => {
    await scenario.account("PUT", "stzones", { ...accountBody(), sku: { name: "Standard_ZRS" } });
    scenario.azure.clock.advance({ seconds: 6 });
    const archive = rules(rule("a", { baseBlob: { tierToArchive: after(1) } }));
    const refused = await scenario.arm("PUT", `${accountId("stzones")}/managementPolicies/default`, archive);
    expect(messageOf(refused)).toContain("The archive tier is not available in an account of Standard_ZRS.");
    expect((await scenario.arm("PUT", policy, archive)).status).toBe(200);
  });
});

describe("a lake's blob service", () => {
  const put = (properties: object): Promise<Answer> => scenario.arm("PUT", service, { properties });

  it("keeps what is deleted for 1 to 365 days", async () => {
    const policies = {
      deleteRetentionPolicy: { enabled: true, days: 7 },
      containerDeleteRetentionPolicy: { enabled: true, days: 365 },
    };
    expect((await put(policies)).body).toMatchObject({ properties: policies });
    expect((await scenario.arm("GET", service)).body).toMatchObject({ properties: policies });
    for (const days of [0, 366, undefined]) {
      const refused = await put({ deleteRetentionPolicy: { enabled: true, days } });
      expect([refused.status, codeOf(refused)]).toEqual([400, "InvalidValuesForRequestParameters"]);
    }
  });

  it.each([
    ["Blob versioning", { isVersioningEnabled: true }],
    ["Change feed", { changeFeed: { enabled: true } }],
    ["Point-in-time restore", { restorePolicy: { enabled: true, days: 6 } }],
  ])("has no %s", async (feature, properties) => {
    const refused = await put(properties);
    expect([refused.status, codeOf(refused)]).toEqual([409, "FeatureNotSupportedForAccount"]);
    expect(messageOf(refused)).toBe(`${feature} is not supported for the account: it has a hierarchical namespace.`);
  });
});
