import { withoutEmpty, toOutputs } from "../../../../local/providers/azureNative/conversion";
import { checkInputs } from "../../../../local/providers/azureNative/checkInputs";
import { inputChanges } from "../../../../local/providers/azureNative/objectDiff";
import { specOf } from "../../../../local/providers/azureNative/resources/catalogue";

const connection = (id: string): Record<string, unknown> => ({
  id,
  properties: {
    privateEndpoint: { id: "/subscriptions/s/privateEndpoints/pe" },
    privateLinkServiceConnectionState: { status: "Approved", description: "Approved by hand" },
    provisioningState: "Succeeded",
  },
});

const flat = (id: string): Record<string, unknown> => ({
  id,
  privateEndpoint: { id: "/subscriptions/s/privateEndpoints/pe" },
  privateLinkServiceConnectionState: { status: "Approved", description: "Approved by hand" },
  provisioningState: "Succeeded",
});

it("shows a private endpoint's connection without Azure's envelope", () => {
  const connections = { privateEndpointConnections: [connection("/one")] };
  const shown = { privateEndpointConnections: [flat("/one")] };
  const outputsOf = (type: string): object => toOutputs(specOf(type), { properties: connections as never });
  expect(outputsOf("azure-native:storage:StorageAccount")).toMatchObject(shown);
  expect(outputsOf("azure-native:machinelearningservices:Workspace")).toMatchObject(shown);
  expect(outputsOf("azure-native:keyvault:Vault")).toMatchObject({ properties: shown });
});

it("tells no type of a private DNS zone group", () => {
  const body = { id: "/group", name: "default", type: "Microsoft.Network/privateEndpoints/privateDnsZoneGroups" };
  expect(toOutputs(specOf("azure-native:network:PrivateDnsZoneGroup"), body)).toEqual({
    azureApiVersion: "2024-05-01",
    id: "/group",
    name: "default",
  });
});

it("refuses a storage account's name by its form", () => {
  const inputs = {
    accountName: "st-daemons",
    resourceGroupName: "rg",
    kind: "StorageV2",
    sku: { name: "Standard_LRS" },
  };
  const failures = checkInputs(specOf("azure-native:storage:StorageAccount"), { ...inputs, location: "westeurope" });
  expect(failures).toEqual([{ property: "", reason: "'accountName' does not match expression '^[a-z0-9]+$'" }]);
});

it("makes a private endpoint anew for another subnet", () => {
  const changes = inputChanges(
    specOf("azure-native:network:PrivateEndpoint"),
    { subnet: { id: "/one" }, tags: { team: "a" } },
    { subnet: { id: "/two" }, tags: { team: "b" } },
  );
  expect(Object.fromEntries(changes)).toEqual({
    "subnet.id": { kind: "update", replaces: true },
    "tags.team": { kind: "update", replaces: false },
  });
});

it("leaves what is empty out of an import's inputs, at any depth", () => {
  const inputs = { tags: {}, rules: [{ ip: "" }, {}], sku: { name: "S", more: [] }, enabled: false, nested: [[], [1]] };
  expect(withoutEmpty(inputs)).toEqual({ rules: [{ ip: "" }], sku: { name: "S" }, enabled: false, nested: [[1]] });
});
