import { identities } from "../../../../../local/azure/landingZone/layout";
import { errorOf, type ArmReply } from "../armClient";
import {
  agentSubnet,
  endpoint,
  endpointBody,
  endpointSubnet,
  network,
  NetworkScenario,
  vault,
  vaultBody,
  vaultZone,
  zone,
} from "./networkScenario";

const networkContributor = "4d97b98b-1d4f-4787-a291-c67834d212e7";
const refusal = (reply: ArmReply): [number, string] => [reply.status, errorOf(reply).code];

let scenario: NetworkScenario;
beforeAll(async () => {
  scenario = await NetworkScenario.open();
});
afterAll(() => scenario.azure.close());

const give = (roleDefinitionId: string, scope: string): void => {
  scenario.azure.azure.cloud.access.seed({ principalId: identities.deployer.objectId, roleDefinitionId, scope });
};
const zoneGroup = (zoneId: string): object => ({
  properties: { privateDnsZoneConfigs: [{ name: "vault", properties: { privateDnsZoneId: zoneId } }] },
});

describe("a private endpoint", () => {
  it("takes a while, gets an address in its subnet, and is approved at the vault", async () => {
    const made = await scenario.arm.put("administrator", endpoint("pe-vault"), endpointBody());
    expect([made.status, made.body]).toMatchObject([201, { properties: { provisioningState: "Updating" } }]);
    expect(refusal(await scenario.arm.put("administrator", endpoint("pe-vault"), endpointBody()))).toEqual([
      409,
      "AnotherOperationInProgress",
    ]);
    await scenario.arm.follow("administrator", made.headers.get("azure-asyncoperation") ?? "");
    const found = await scenario.arm.get("administrator", endpoint("pe-vault"));
    expect(found.body).toMatchObject({
      id: endpoint("pe-vault"),
      location: "westeurope",
      properties: {
        provisioningState: "Succeeded",
        subnet: { id: endpointSubnet },
        manualPrivateLinkServiceConnections: [],
        privateLinkServiceConnections: [
          {
            name: "vault",
            properties: {
              privateLinkServiceId: vault,
              groupIds: ["vault"],
              privateLinkServiceConnectionState: { status: "Approved", description: "Auto-Approved" },
            },
          },
        ],
        customDnsConfigs: [{ fqdn: "kv-private.vault.azure.net", ipAddresses: ["10.20.1.4"] }],
      },
    });
    expect((await scenario.arm.get("administrator", vault)).body).toMatchObject({
      properties: {
        privateEndpointConnections: [
          {
            properties: {
              privateEndpoint: { id: endpoint("pe-vault") },
              privateLinkServiceConnectionState: { status: "Approved" },
            },
          },
        ],
      },
    });
  });

  it("is answered for by a zone of the service's own, and by no other", async () => {
    const group = `${endpoint("pe-vault")}/privateDnsZoneGroups/default`;
    await scenario.make(zone("privatelink.dfs.core.windows.net"), { location: "global" });
    await scenario.make(group, zoneGroup(zone("privatelink.dfs.core.windows.net")));
    expect((await scenario.arm.get("administrator", group)).body).toMatchObject({
      properties: { privateDnsZoneConfigs: [{ properties: { recordSets: [] } }] },
    });
    await scenario.make(group, zoneGroup(vaultZone));
    expect((await scenario.arm.get("administrator", group)).body).toMatchObject({
      properties: {
        privateDnsZoneConfigs: [
          {
            properties: {
              recordSets: [{ fqdn: "kv-private.privatelink.vaultcore.azure.net", ipAddresses: ["10.20.1.4"] }],
            },
          },
        ],
      },
    });
    expect((await scenario.arm.get("administrator", `${vaultZone}/A/kv-private`)).body).toMatchObject({
      properties: { aRecords: [{ ipv4Address: "10.20.1.4" }] },
    });
    expect((await scenario.arm.get("administrator", endpoint("pe-vault"))).body).toMatchObject({
      properties: { customDnsConfigs: [] },
    });
  });

  it("keeps its subnet, its network and what it leads to as they are", async () => {
    expect(refusal(await scenario.remove(endpointSubnet))).toEqual([400, "InUseSubnetCannotBeDeleted"]);
    expect(refusal(await scenario.remove(network))).toEqual([400, "InUseSubnetCannotBeDeleted"]);
    const moved = { ...endpointBody(), properties: { ...endpointBody().properties, subnet: { id: agentSubnet } } };
    expect(refusal(await scenario.arm.put("administrator", endpoint("pe-vault"), moved))).toEqual([
      400,
      "PrivateEndpointCannotBeUpdated",
    ]);
  });

  it.each<[string, object, [number, string]]>([
    ["a subnet that is not there", { subnet: { id: `${network}/subnets/none` } }, [400, "InvalidResourceReference"]],
    ["no connection", { privateLinkServiceConnections: [] }, [400, "InvalidRequestFormat"]],
    [
      "a group that vaults don't have",
      {
        privateLinkServiceConnections: [{ name: "v", properties: { privateLinkServiceId: vault, groupIds: ["blob"] } }],
      },
      [400, "InvalidPrivateLinkServiceGroupId"],
    ],
    [
      "a vault that is not there",
      {
        privateLinkServiceConnections: [
          { name: "v", properties: { privateLinkServiceId: `${vault}2`, groupIds: ["vault"] } },
        ],
      },
      [400, "InvalidResourceReference"],
    ],
  ])("is refused with %s", async (_what, properties, expected) => {
    const body = { ...endpointBody(), properties: { ...endpointBody().properties, ...properties } };
    expect(refusal(await scenario.arm.put("administrator", endpoint("pe-wrong"), body))).toEqual(expected);
  });

  it("waits for approval where it is asked for by hand", async () => {
    const { subnet } = endpointBody().properties as { subnet: object };
    const manualPrivateLinkServiceConnections = [
      { name: "v", properties: { privateLinkServiceId: vault, groupIds: ["vault"], requestMessage: "Please." } },
    ];
    const body = { location: "westeurope", properties: { subnet, manualPrivateLinkServiceConnections } };
    await scenario.make(endpoint("pe-manual"), body);
    expect((await scenario.arm.get("administrator", endpoint("pe-manual"))).body).toMatchObject({
      properties: {
        privateLinkServiceConnections: [],
        manualPrivateLinkServiceConnections: [
          { properties: { privateLinkServiceConnectionState: { status: "Pending", description: "Please." } } },
        ],
      },
    });
    await scenario.remove(endpoint("pe-manual"));
  });

  it("takes a right to the endpoint, one to the subnet, one to the vault, and one to the zone", async () => {
    const put = (): Promise<ArmReply> => scenario.arm.put("deployer", endpoint("pe-mine"), endpointBody());
    expect(refusal(await put())).toEqual([403, "AuthorizationFailed"]);
    give(networkContributor, endpoint("pe-mine"));
    const subnet = await put();
    expect(refusal(subnet)).toEqual([403, "LinkedAuthorizationFailed"]);
    expect(errorOf(subnet).message).toContain("'Microsoft.Network/virtualNetworks/subnets/join/action'");
    give(networkContributor, endpointSubnet);
    // The deployer's Key Vault Contributor has the approval.
    const made = await put();
    expect(made.status).toBe(201);
    await scenario.arm.follow("deployer", made.headers.get("azure-asyncoperation") ?? "");
    const group = `${endpoint("pe-mine")}/privateDnsZoneGroups/default`;
    const dns = await scenario.arm.put("deployer", group, zoneGroup(vaultZone));
    expect(refusal(dns)).toEqual([403, "LinkedAuthorizationFailed"]);
    expect(errorOf(dns).message).toContain("'Microsoft.Network/privateDnsZones/join/action'");
    await scenario.remove(endpoint("pe-mine"));
  });

  it("goes with its connection and its records", async () => {
    expect((await scenario.remove(endpoint("pe-vault"))).status).toBe(202);
    expect((await scenario.arm.get("administrator", endpoint("pe-vault"))).status).toBe(404);
    expect((await scenario.arm.get("administrator", vault)).body).not.toHaveProperty(
      "properties.privateEndpointConnections",
    );
    expect((await scenario.arm.get("administrator", `${vaultZone}/A`)).body).toEqual({ value: [] });
  });
});

describe("a vault's firewall", () => {
  const allow = (id: string): object =>
    vaultBody({ networkAcls: { defaultAction: "Deny", virtualNetworkRules: [{ id }] } });

  it("lets in a subnet with an endpoint for Key Vault, and no other", async () => {
    expect((await scenario.arm.put("administrator", vault, allow(agentSubnet))).status).toBe(200);
    const without = await scenario.arm.put("administrator", vault, allow(endpointSubnet));
    expect(refusal(without)).toEqual([400, "SubnetsHaveNoServiceEndpointsConfigured"]);
    const missing = await scenario.arm.put("administrator", vault, allow(`${network}/subnets/none`));
    expect(refusal(missing)).toEqual([400, "VirtualNetworkNotFound"]);
  });

  it("needs the right to join a subnet that is new, and none for one that is there", async () => {
    expect((await scenario.arm.put("deployer", vault, allow(agentSubnet))).status).toBe(200);
    await scenario.arm.put("administrator", vault, vaultBody({ networkAcls: { defaultAction: "Deny" } }));
    const refused = await scenario.arm.put("deployer", vault, allow(agentSubnet));
    expect(refusal(refused)).toEqual([403, "LinkedAuthorizationFailed"]);
    expect(errorOf(refused).message).toContain(
      "'Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action'",
    );
  });
});

describe("a virtual network", () => {
  it("holds subnets of its own range that do not overlap", async () => {
    const subnet = (addressPrefix: string): Promise<ArmReply> =>
      scenario.arm.put("administrator", `${network}/subnets/snet-new`, { properties: { addressPrefix } });
    expect(refusal(await subnet("10.21.0.0/24"))).toEqual([400, "NetcfgInvalidSubnet"]);
    expect(refusal(await subnet("10.20.1.128/25"))).toEqual([400, "NetcfgSubnetRangesOverlap"]);
    expect((await subnet("10.20.3.0/24")).status).toBe(201);
    expect((await scenario.remove(`${network}/subnets/snet-new`)).status).toBe(200);
  });
});

describe("a private zone", () => {
  it("lies in no region, and goes after the links to networks", async () => {
    const own = zone("privatelink.blob.core.windows.net");
    const regional = await scenario.arm.put("administrator", own, { location: "westeurope" });
    expect(refusal(regional)).toEqual([400, "LocationNotAvailableForResourceType"]);
    await scenario.make(own, { location: "Global" });
    const link = `${own}/virtualNetworkLinks/hub`;
    await scenario.make(link, { location: "global", properties: { virtualNetwork: { id: network } } });
    expect((await scenario.arm.get("administrator", own)).body).toMatchObject({
      location: "global",
      properties: { numberOfVirtualNetworkLinks: 1 },
    });
    expect(refusal(await scenario.remove(own))).toEqual([409, "CannotDeleteResource"]);
    await scenario.remove(link);
    expect((await scenario.remove(own)).status).toBe(202);
  });
});
