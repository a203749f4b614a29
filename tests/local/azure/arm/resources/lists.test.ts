import { subscription } from "../../../../../local/azure/landingZone/layout";
import { LocalAzureForTests } from "../../../../support/localAzure";
import { Arm, errorOf, group, type ArmReply } from "../armClient";

const scope = `/subscriptions/${subscription.id}`;

interface Listed {
  readonly value: readonly {
    readonly name: string;
    readonly tags?: object;
    readonly createdTime?: string;
    readonly changedTime?: string;
    readonly provisioningState?: string;
  }[];
  readonly nextLink?: string;
}

const listOf = ({ body }: ArmReply): Listed => body as Listed;
const namesOf = (reply: ArmReply): string[] => listOf(reply).value.map(({ name }) => name);

describe("lists of resources and resource groups", () => {
  let azure: LocalAzureForTests;
  let arm: Arm;

  const list = (path: string, filter: string): Promise<ArmReply> =>
    arm.get("administrator", `${scope}/${path}`, `&$filter=${encodeURIComponent(filter)}`);
  const unknown = async (reply: Promise<ArmReply>): Promise<unknown> => {
    const seen: unknown[] = [];
    const stop = azure.azure.requests.listen((record) => seen.push(record.unknown));
    const { status } = await reply;
    stop();
    return [status, ...seen];
  };

  beforeAll(async () => {
    azure = await LocalAzureForTests.open();
    arm = new Arm(azure);
    await arm.put("administrator", group("rg-lists"), { location: "northeurope", tags: { team: "forecast" } });
    await arm.put("administrator", group("rg-else"), { location: "westeurope", tags: { Team: "reports" } });
    const identities = `${group("rg-lists")}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`;
    await arm.put("administrator", `${identities}/id-one`, { location: "northeurope", tags: { env: "prod" } });
    await arm.put("administrator", `${identities}/id-two`, {
      location: "northeurope",
      tags: { env: "test", owner: "prod" },
    });
  });
  afterAll(() => azure.close());

  it.each([
    ["resourceType eq 'Microsoft.ManagedIdentity/userAssignedIdentities'", ["id-one", "id-two"]],
    ["name eq 'ID-ONE'", ["id-one"]],
    ["resourceGroup eq 'RG-LISTS' and name eq 'id-two'", ["id-two"]],
    ["name eq 'id-one' or name eq 'id-two'", ["id-one", "id-two"]],
    ["resourceGroup eq 'rg-lists' and (name eq 'id-one' or name eq 'mlw-forecast')", ["id-one"]],
    ["location eq 'North Europe' and name ne 'id-one'", ["id-two"]],
    ["substringof('d-tw', name)", ["id-two"]],
    ["substringof('LIST', resourceGroup) and substringof('one', name)", ["id-one"]],
    ["tagName eq 'Env'", ["id-one", "id-two"]],
    ["startswith(tagname, 'own')", ["id-two"]],
    ["tagname eq 'env' and tagvalue eq 'prod'", ["id-one"]],
    ["tagName eq 'env' and tagValue eq 'Prod'", []],
    ["name eq 'id-one' or name eq 'it''s'", ["id-one"]],
  ])("filter resources by %s", async (filter, names) => {
    expect(namesOf(await list("resources", filter))).toEqual(names);
  });

  it("leave tags out where a filter asks for a tag's value, as Azure documents", async () => {
    const byValue = await list("resources", "tagName eq 'env' and tagValue eq 'prod'");
    expect(listOf(byValue).value[0]).not.toHaveProperty("tags");
    expect(listOf(await list("resources", "tagName eq 'owner'")).value[0]?.tags).toEqual({
      env: "test",
      owner: "prod",
    });
  });

  it.each([
    ["tagName eq 'team'", ["rg-else", "rg-lists"]],
    ["tagname eq 'team' and tagvalue eq 'forecast'", ["rg-lists"]],
    ["tagname eq 'team' and tagvalue eq 'nobody'", []],
  ])("filter resource groups by %s", async (filter, names) => {
    expect(namesOf(await list("resourceGroups", filter))).toEqual(names);
  });

  it.each([
    ["resources", "plan/publisher eq 'x'"],
    ["resources", "not (name eq 'id-one')"],
    ["resources", "startswith(name, 'id')"],
    ["resources", "createdTime ge 2026-01-01"],
    ["resourceGroups", "name eq 'rg-lists'"],
    ["resourceGroups", "location eq 'westeurope'"],
    ["providers/Microsoft.KeyVault/vaults", "name eq 'kv'"],
    ["providers/Microsoft.Storage/storageAccounts", "name eq 'st'"],
    ["providers/Microsoft.Authorization/roleDefinitions", "category eq 'x'"],
  ])("answer 501 to a filter that they do not carry out: %s by %s", async (path, filter) => {
    expect(await unknown(list(path, filter))).toEqual([501, true]);
  });

  it.each([
    ["GET", "/resourceGroups", "&$expand=properties"],
    ["GET", "/resources", "&$expand=plan"],
    ["GET", "/resourceGroups/rg-lists", "&$select=name"],
    ["DELETE", "/resourceGroups/rg-else", "&forceDeletionTypes=Microsoft.Compute/virtualMachines"],
    ["GET", "/locations", "&includeExtendedLocations=true"],
    ["GET", "/providers/Microsoft.Authorization/roleAssignments", "&tenantId=x"],
    [
      "GET",
      "/resourceGroups/rg-machine-learning/providers/Microsoft.Storage/storageAccounts/stmlwforecast",
      "&$expand=x",
    ],
  ])("answer 501, in a plain sentence, to a query option that %s %s does not read", async (method, path, query) => {
    const asked = arm.send("administrator", method, `${scope}${path}`, undefined, query);
    expect(await unknown(asked)).toEqual([501, true]);
    expect(errorOf(await asked).message).toMatch(/^Local Azure does not support .+\. Nothing was changed\.$/);
    expect((await arm.send("administrator", "HEAD", group("rg-else"))).status).toBe(204);
  });

  it("say that a filter is none", async () => {
    const reply = await list("resources", "name eq");
    expect([reply.status, errorOf(reply).code]).toEqual([400, "InvalidFilterInQueryString"]);
  });

  it.each(["resources", "resourceGroups", "providers", "providers/Microsoft.KeyVault/vaults"])(
    "page %s by $top, up to the last",
    async (path) => {
      const whole = listOf(await arm.get("administrator", `${scope}/${path}`)).value;
      const paged: unknown[] = [];
      let url = arm.url(`${scope}/${path}`, "&$top=2");
      for (
        let next: string | undefined = url;
        next !== undefined;
        next = listOf(await arm.raw("administrator", "GET", url)).nextLink
      ) {
        url = next;
        const page = listOf(await arm.raw("administrator", "GET", url));
        expect(page.value.length).toBeLessThanOrEqual(2);
        paged.push(...page.value);
      }
      expect(paged).toEqual(whole);
      const refused = await arm.get("administrator", `${scope}/${path}`, "&$top=0");
      expect([refused.status, errorOf(refused).code]).toEqual([400, "InvalidQueryParameter"]);
    },
  );

  it("tell when a resource was made and changed, to whoever asks for it", async () => {
    const expand = "&$expand=createdTime,changedTime,provisioningState&$filter=name eq 'id-one'";
    azure.clock.set("2026-03-01T09:20:00Z");
    const id = `${group("rg-lists")}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-one`;
    await arm.put("administrator", id, { location: "northeurope", tags: { env: "prod" } });
    expect(listOf(await arm.get("administrator", `${scope}/resources`, expand)).value).toEqual([
      expect.objectContaining({
        name: "id-one",
        createdTime: "2026-03-01T09:00:00.000Z",
        changedTime: "2026-03-01T09:20:00.000Z",
        provisioningState: "Succeeded",
      }),
    ]);
    azure.clock.set("2026-03-01T09:00:00Z");
  });

  it.each([
    `${scope}/providers/Microsoft.KeyVault/deletedManagedHSMs`,
    `${scope}/providers/Microsoft.KeyVault/managedHSMs`,
    `${group("rg-daemons")}/providers/Microsoft.KeyVault/managedHSMs`,
  ])("have no managed HSM: %s", async (path) => {
    const reply = await arm.get("administrator", path);
    expect([reply.status, reply.body]).toEqual([200, { value: [] }]);
  });
});

describe("resource providers", () => {
  let azure: LocalAzureForTests;
  let arm: Arm;

  beforeAll(async () => {
    azure = await LocalAzureForTests.open();
    arm = new Arm(azure);
  });
  afterAll(() => azure.close());

  interface Provider {
    readonly namespace: string;
    readonly resourceTypes: readonly { readonly resourceType: string; readonly apiVersions: readonly string[] }[];
  }

  it("name API versions for each of their types, newest first", async () => {
    const { value } = (await arm.get("administrator", `${scope}/providers`)).body as { value: Provider[] };
    const types = value.flatMap(({ resourceTypes }) => resourceTypes);
    expect(types.length).toBeGreaterThan(50);
    for (const { resourceType, apiVersions } of types) {
      expect([resourceType, apiVersions[0]]).toEqual([resourceType, expect.stringMatching(/^\d{4}-\d\d-\d\d/)]);
      expect(apiVersions).toEqual(apiVersions.toSorted().reverse());
    }
  });

  it("show what they are, and what can be done with them, to whoever is signed in", async () => {
    const shown = await arm.get("stranger", "/providers/Microsoft.KeyVault");
    expect([shown.status, (shown.body as Provider).namespace]).toEqual([200, "Microsoft.KeyVault"]);
    expect(shown.body).not.toHaveProperty("registrationState");
    const all = (await arm.get("stranger", "/providers")).body as { value: Provider[] };
    expect(all.value.map(({ namespace }) => namespace)).toContain("Microsoft.Storage");

    const path = "/providers/Microsoft.Authorization/providerOperations";
    const { body } = await arm.get("stranger", `${path}/microsoft.keyvault`, "&$expand=resourceTypes");
    const { resourceTypes } = body as {
      resourceTypes: { name: string; operations: { name: string; isDataAction: boolean }[] }[];
    };
    const operations = resourceTypes.flatMap((type) => type.operations.map((each) => [type.name, each] as const));
    expect(operations).toContainEqual([
      "vaults",
      expect.objectContaining({ name: "Microsoft.KeyVault/vaults/write", isDataAction: false }),
    ]);
    expect(operations).toContainEqual([
      "vaults/secrets",
      expect.objectContaining({ name: "Microsoft.KeyVault/vaults/secrets/getSecret/action", isDataAction: true }),
    ]);
    const everyone = (await arm.get("stranger", path)).body as { value: { name: string }[] };
    expect(everyone.value.map(({ name }) => name)).toContain("Microsoft.Authorization");
  });

  it("refuse a namespace that nobody has", async () => {
    const reply = await arm.get("stranger", "/providers/Microsoft.Nothing");
    expect([reply.status, errorOf(reply).code]).toEqual([404, "InvalidResourceNamespace"]);
  });
});
