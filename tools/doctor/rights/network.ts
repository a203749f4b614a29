import { armRow } from "./armRow";
import { action, type Right } from "./right";
import { groupOf, objectsOf, textOf, type ResourceRow, type Subject } from "./row";

const provider = "{group}/providers/Microsoft.Network";

/** A private endpoint goes into a subnet, and somebody has to approve it where it leads: its maker does. */
const connects = ({ inputs }: Subject): readonly Right[] => [
  action("Microsoft.Network/virtualNetworks/subnets/join/action", textOf(groupOf(inputs, "subnet"), "id")),
  ...objectsOf(inputs["privateLinkServiceConnections"]).map((connection) => {
    const target = textOf(connection, "privateLinkServiceId");
    return action(`${typeOf(target)}/PrivateEndpointConnectionsApproval/action`, target);
  }),
];

/** A group of zones joins each of them. */
const joinsZones = ({ inputs }: Subject): readonly Right[] =>
  objectsOf(inputs["privateDnsZoneConfigs"]).map((zone) =>
    action("Microsoft.Network/privateDnsZones/join/action", textOf(zone, "privateDnsZoneId")),
  );

/** "Microsoft.KeyVault/vaults" of a resource's ID. */
const typeOf = (id: string): string => id.split("/providers/").at(-1)?.split("/").slice(0, 2).join("/") ?? "";

export const networkResources: readonly ResourceRow[] = [
  armRow({
    type: "azure-native:network:PrivateEndpoint",
    path: `${provider}/privateEndpoints/{privateEndpointName}`,
    linked: connects,
  }),
  armRow({
    type: "azure-native:network:PrivateDnsZoneGroup",
    path: `${provider}/privateEndpoints/{privateEndpointName}/privateDnsZoneGroups/{privateDnsZoneGroupName}`,
    linked: joinsZones,
  }),
];
