import * as network from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import { inAnyCase } from "../access/anyCase";
import { endpointOwnerName } from "../checks/names";
import type { Check } from "../checks/refusal";
import { spelled } from "../checks/spelling";
import { fixedPaths } from "../updates/fixedProperties";

/** A way to one part of a resource from inside a virtual network. */
export interface PrivateLink {
  /** Azure's name of the part, such as `vault` or `dfs`. */
  readonly group: string;
  readonly resourceId: pulumi.Input<string>;
  readonly resourceGroupName: pulumi.Input<string>;
  readonly location?: pulumi.Input<string>;
  readonly subnetId: pulumi.Input<string>;
  readonly privateDnsZoneId?: pulumi.Input<string>;
  readonly tags?: Record<string, pulumi.Input<string>>;
}

const suffixOf = (group: string): string => `-${group}-endpoint`;

/** What a component may be called that has a private endpoint for one of these parts. */
export const privateEndpointOwner = (groups: readonly string[]): Check => {
  const [longest = ""] = groups.map(suffixOf).sort((one, other) => other.length - one.length);
  return endpointOwnerName(longest);
};

/** Declares a private endpoint, and where a zone is given, the record that leads there. */
export function declarePrivateEndpoint(
  name: string,
  link: PrivateLink,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const { group, resourceId, resourceGroupName, location, subnetId, privateDnsZoneId, tags } = link;
  const args = {
    resourceGroupName,
    ...(location !== undefined && { location }),
    ...(tags !== undefined && { tags }),
    subnet: { id: spelled(subnetId) },
    privateLinkServiceConnections: [{ name: group, privateLinkServiceId: resourceId, groupIds: [group] }],
    // A zone group takes the names over from the endpoint, which the next refresh would tell as drift.
    ...(privateDnsZoneId !== undefined && { customDnsConfigs: [] }),
  };
  const endpoint = inAnyCase(
    { resourceGroupName },
    pulumi.mergeOptions(opts, { replaceOnChanges: fixedPaths("azure-native:network:PrivateEndpoint", "replace") }),
    (options) => new network.PrivateEndpoint(`${name}${suffixOf(group)}`, args, options),
  );
  if (privateDnsZoneId === undefined) return [endpoint];
  const zoneArgs = {
    resourceGroupName,
    privateEndpointName: endpoint.name,
    privateDnsZoneGroupName: "default",
    privateDnsZoneConfigs: [{ name: group, privateDnsZoneId: spelled(privateDnsZoneId) }],
  };
  const zoneGroup = inAnyCase(
    { resourceGroupName },
    { ...opts, deletedWith: endpoint },
    (options) => new network.PrivateDnsZoneGroup(`${name}-${group}-dns`, zoneArgs, options),
  );
  return [endpoint, zoneGroup];
}
