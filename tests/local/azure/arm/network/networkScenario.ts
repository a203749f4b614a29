import { tenant } from "../../../../../local/azure/landingZone/layout";
import { LocalAzureForTests } from "../../../../support/localAzure";
import { Arm, group, type ArmReply } from "../armClient";

const daemons = group("rg-daemons");

/** Not among the daemons: what the deployer may there, it may not here. */
export const network = `${group("rg-machine-learning")}/providers/Microsoft.Network/virtualNetworks/vnet-hub`;
export const endpointSubnet = `${network}/subnets/snet-endpoints`;
export const agentSubnet = `${network}/subnets/snet-agents`;
export const vault = `${daemons}/providers/Microsoft.KeyVault/vaults/kv-private`;
export const zone = (name: string): string => `${daemons}/providers/Microsoft.Network/privateDnsZones/${name}`;
export const vaultZone = zone("privatelink.vaultcore.azure.net");
export const endpoint = (name: string): string => `${daemons}/providers/Microsoft.Network/privateEndpoints/${name}`;

export const vaultBody = (properties: object = {}): object => ({
  location: "westeurope",
  properties: {
    tenantId: tenant.id,
    sku: { family: "A", name: "standard" },
    enableRbacAuthorization: true,
    ...properties,
  },
});

export const endpointBody = (connection: object = {}): { location: string; properties: object } => ({
  location: "westeurope",
  properties: {
    subnet: { id: endpointSubnet },
    privateLinkServiceConnections: [
      { name: "vault", properties: { privateLinkServiceId: vault, groupIds: ["vault"], ...connection } },
    ],
  },
});

/** A virtual network with a subnet for endpoints and one for agents, a zone, and a vault. */
export class NetworkScenario {
  private constructor(
    readonly azure: LocalAzureForTests,
    readonly arm: Arm,
  ) {}

  static async open(): Promise<NetworkScenario> {
    const azure = await LocalAzureForTests.open();
    const scenario = new NetworkScenario(azure, new Arm(azure));
    await scenario.make(network, {
      location: "westeurope",
      properties: {
        addressSpace: { addressPrefixes: ["10.20.0.0/16"] },
        subnets: [
          { name: "snet-endpoints", properties: { addressPrefix: "10.20.1.0/24" } },
          {
            name: "snet-agents",
            properties: { addressPrefix: "10.20.2.0/24", serviceEndpoints: [{ service: "Microsoft.KeyVault" }] },
          },
        ],
      },
    });
    await scenario.make(vaultZone, { location: "Global" });
    await scenario.make(vault, vaultBody());
    return scenario;
  }

  /** Puts as the administrator, and waits until it is done. */
  async make(path: string, body: object): Promise<ArmReply> {
    const reply = await this.arm.put("administrator", path, body);
    const operation = reply.headers.get("azure-asyncoperation");
    if (operation !== null) {
      await this.arm.follow("administrator", operation);
    }
    return reply;
  }

  async remove(path: string): Promise<ArmReply> {
    const reply = await this.arm.send("administrator", "DELETE", path);
    const operation = reply.headers.get("azure-asyncoperation");
    if (operation !== null) {
      await this.arm.follow("administrator", operation);
    }
    return reply;
  }
}
