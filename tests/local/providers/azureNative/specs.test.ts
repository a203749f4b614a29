import { toBody, toInputs, toOutputs } from "../../../../local/providers/azureNative/conversion";
import { refreshedInputs } from "../../../../local/providers/azureNative/refreshedInputs";
import { parseResourceId, resourceId } from "../../../../local/providers/azureNative/resourceId";
import { resourceSpecs, specOf } from "../../../../local/providers/azureNative/resources/catalogue";

const account = specOf("azure-native:storage:StorageAccount");
const assignment = specOf("azure-native:authorization:RoleAssignment");

describe("the specs of azure-native's resources", () => {
  it.each(resourceSpecs)("$type states each brace of its ID as a parameter", ({ path, parameters }) => {
    const braces = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).filter((name) => name !== "subscriptionId");
    expect(Object.keys(parameters).sort()).toEqual(braces.sort());
  });

  it("name the types that exist when asked for one that does not", () => {
    expect(() => specOf("azure-native:network:VirtualNetwork")).toThrow(/not found.*azure-native:keyvault:Vault/);
  });
});

describe("a resource's ID", () => {
  it("is made of its inputs, and read back into them in any letter case", () => {
    const inputs = { resourceGroupName: "rg-daemons", accountName: "stone" };
    const id = resourceId(account, inputs, "s");
    expect(id).toBe("/subscriptions/s/resourceGroups/rg-daemons/providers/Microsoft.Storage/storageAccounts/stone");
    expect(parseResourceId(account, id.replace("resourceGroups", "resourcegroups"))).toEqual(inputs);
  });

  it("holds a scope with all its slashes", () => {
    const scope = "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v/secrets/c";
    const id = resourceId(assignment, { scope, roleAssignmentName: "name" }, "s");
    expect(id).toBe(`${scope}/providers/Microsoft.Authorization/roleAssignments/name`);
    expect(parseResourceId(assignment, id)).toEqual({ scope: scope.slice(1), roleAssignmentName: "name" });
  });

  it("of another type is refused", () => {
    expect(() => parseResourceId(account, "/subscriptions/s/resourceGroups/g")).toThrow(
      /is not an ID of azure-native:storage/,
    );
  });
});

describe("a storage account's body", () => {
  const inputs = {
    kind: "StorageV2",
    enableHttpsTrafficOnly: true,
    identity: { type: "UserAssigned", userAssignedIdentities: ["/subscriptions/s/identity"] },
    networkRuleSet: { defaultAction: "Deny", ipRules: [{ iPAddressOrRange: "203.0.113.0/24", note: "not Azure's" }] },
  };
  const body = {
    kind: "StorageV2",
    identity: { type: "UserAssigned", userAssignedIdentities: { "/subscriptions/s/identity": {} } },
    properties: {
      supportsHttpsTrafficOnly: true,
      networkAcls: { defaultAction: "Deny", ipRules: [{ value: "203.0.113.0/24" }] },
    },
  };

  it("has Azure's names and nesting, and nothing that Azure does not know", () => {
    expect(toBody(account, inputs)).toEqual(body);
  });

  it("comes back under the program's names, and as its inputs", () => {
    const outputs = toOutputs(account, {
      ...body,
      name: "stone",
      properties: { ...body.properties, accessTier: "Hot" },
    });
    expect(outputs).toMatchObject({ name: "stone", enableHttpsTrafficOnly: true, accessTier: "Hot" });
    expect(toInputs(account.properties, outputs)).toEqual({
      ...inputs,
      accessTier: "Hot",
      networkRuleSet: { defaultAction: "Deny", ipRules: [{ iPAddressOrRange: "203.0.113.0/24" }] },
    });
  });
});

describe("inputs after a refresh", () => {
  it("take over a change, an addition and a removal, deep inside too", () => {
    const inputs = { sku: { name: "one" }, tags: { team: "a" }, kind: "k" };
    const before = { sku: { name: "one", tier: "T" }, tags: { team: "a" }, kind: "k", accessTier: "Hot" };
    const now = { sku: { name: "two", tier: "T" }, tags: { team: "a", owner: "b" }, accessTier: "Hot" };
    expect(refreshedInputs(inputs, before, now)).toEqual({ sku: { name: "two" }, tags: { team: "a", owner: "b" } });
  });

  it("follow a list item by item", () => {
    const rules = (...values: string[]): { value: string; action?: string }[] => values.map((value) => ({ value }));
    const answered = (...values: string[]): { value: string; action: string }[] =>
      values.map((value) => ({ value, action: "Allow" }));
    expect(refreshedInputs({ rules: rules("a") }, { rules: answered("a") }, { rules: answered("b", "c") })).toEqual({
      rules: [{ value: "b" }, { value: "c", action: "Allow" }],
    });
  });
});
