import { scopeKey } from "../authorization/scope";
import { authorizeLinked, namesIn } from "../linkedAccess";
import type { ArmContext } from "../resourceProvider";
import { networkNotFound, noServiceEndpoint } from "./errors";
import { virtualNetworks } from "./records";

/**
 * Checks the subnets that a firewall is to let in: the caller may join each to it, and each has an endpoint for the
 * service. Those that the firewall names already are left alone.
 * @throws ServiceError
 */
export function checkSubnets(
  context: ArmContext,
  firewall: {
    readonly action: string;
    readonly scope: string;
    readonly service: string;
    readonly present: readonly string[];
    readonly asked: readonly { readonly id: string; readonly ignoreMissing: boolean }[];
  },
): void {
  const { action, scope, service } = firewall;
  const present = firewall.present.map(scopeKey);
  for (const { id, ignoreMissing } of firewall.asked.filter((subnet) => !present.includes(scopeKey(subnet.id)))) {
    const linked = { action: "Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action", scope: id };
    authorizeLinked(context, { action, scope, linked });
    const parts = namesIn(id, "Microsoft.Network/virtualNetworks/subnets");
    const [networkName = "", subnetName = ""] = parts?.names ?? [];
    const networks = virtualNetworks(context.cloud.store);
    const network = networks.get(parts?.resourceGroup ?? "", networkName);
    const subnet = network?.subnets.find(({ name }) => name.toLowerCase() === subnetName.toLowerCase());
    const networkId = id.replace(/\/subnets\/[^/]+$/i, "");
    if (subnet === undefined) {
      throw networkNotFound(networkId);
    }
    if (!ignoreMissing && !subnet.serviceEndpoints.some((each) => each.toLowerCase() === service.toLowerCase())) {
      throw noServiceEndpoint(subnet.name, networkId, service);
    }
  }
}
