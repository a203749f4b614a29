import { settle } from "../../../tools/adopt/estate/settle";
import { UNKNOWN } from "../../support/engineMarks";

const urn = "urn:pulumi:dev::project::azure-native:storage:StorageAccount::lake";

function settledInputs(
  read: Record<string, unknown>,
  stated: Record<string, unknown>,
  type = "azure-native:storage:StorageAccount",
) {
  const stack = { version: 3, deployment: { manifest: {}, resources: [{ urn, type, custom: true, inputs: read }] } };
  const { stack: after, urns } = settle(stack, [{ urn, inputs: stated }]);
  expect({ ...after, deployment: { ...after.deployment, resources: [] } }).toEqual({
    version: 3,
    deployment: { manifest: {}, resources: [] },
  });
  return { inputs: after.deployment.resources[0]?.inputs, rewritten: urns.length > 0 };
}

describe("settling an import", () => {
  it("drops what Azure set by itself, and only that", () => {
    const stated = { accountName: "lake", isHnsEnabled: true };
    const encryption = { keySource: "Microsoft.Storage", services: { blob: { keyType: "Account", enabled: true } } };
    const read = {
      ...stated,
      accessTier: "Hot",
      enableNfsV3: false,
      accessPolicies: [],
      note: "",
      nothing: null,
      empty: {},
      encryption,
    };
    expect(settledInputs(read, stated)).toEqual({ inputs: stated, rewritten: true });
  });

  it.each([
    ["a colder tier", { accessTier: "Cool" }],
    ["a switch that was turned on", { enableNfsV3: true }],
    ["keys of one's own", { encryption: { keySource: "Microsoft.Keyvault", services: {} } }],
    ["a second encryption", { encryption: { keySource: "Microsoft.Storage", requireInfrastructureEncryption: true } }],
    ["a policy", { accessPolicies: [{ objectId: "x" }] }],
    ["a network that is shut", { publicNetworkAccess: "Disabled" }],
    ["a tag", { tags: { owner: "nobody" } }],
  ])("keeps what somebody chose, so that the preview shows it: %s", (_, chosen) => {
    const stated = { accountName: "lake" };
    expect(settledInputs({ ...stated, ...chosen }, stated)).toEqual({
      inputs: { ...stated, ...chosen },
      rewritten: false,
    });
  });

  it("adds the empty lists that the program states, which an import leaves out, and no others", () => {
    const read = { networkRuleSet: { defaultAction: "Deny" } };
    const stated = { networkRuleSet: { defaultAction: "Deny", ipRules: [], virtualNetworkRules: [{ id: "x" }] } };
    const settled = { networkRuleSet: { defaultAction: "Deny", ipRules: [] } };
    expect(settledInputs(read, stated)).toEqual({ inputs: settled, rewritten: true });
  });

  it("takes the program's spelling of the same text, at any depth", () => {
    const scope = "/subscriptions/8e1b0a4c/resourceGroups/rg";
    const read = { scope: scope.slice(1), properties: { publicNetworkAccess: "Enabled", rules: [{ value: "A" }] } };
    const stated = { scope, properties: { publicNetworkAccess: "enabled", rules: [{ value: "a" }] } };
    expect(settledInputs(read, stated)).toEqual({ inputs: stated, rewritten: true });
  });

  it("keeps another text, another number of things, and whatever is not known yet", () => {
    const read = { sku: "Standard_LRS", rules: ["a"], days: 7, scope: "subscriptions/x" };
    const stated = { sku: "Standard_ZRS", rules: ["a", "b"], days: 90, scope: UNKNOWN };
    expect(settledInputs(read, stated)).toEqual({ inputs: read, rewritten: false });
  });

  it("touches neither other providers' resources nor those that would not change", () => {
    const read = { displayName: "Loader", notes: "" };
    expect(settledInputs(read, { displayName: "Loader" }, "azuread:index/application:Application")).toEqual({
      inputs: read,
      rewritten: false,
    });
    const resources = [
      { urn, type: "azure-native:storage:StorageAccount", custom: true, inputs: { accessTier: "Hot" } },
    ];
    expect(settle({ deployment: { resources } }, [])).toMatchObject({ urns: [], stack: { deployment: { resources } } });
  });
});
