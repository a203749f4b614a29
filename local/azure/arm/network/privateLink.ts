import type { Store } from "../../store/store";
import { scopeKey } from "../authorization/scope";
import { namesIn } from "../linkedAccess";
import { privateEndpoints, type PrivateEndpoint } from "./records";

/** A type of resource that private endpoints lead to. */
export interface PrivateLinkTarget {
  readonly type: string;
  /** By group: the host name that a client asks for, and the zone that answers it privately. */
  readonly groups: Readonly<Record<string, { readonly host: string; readonly zone: string }>>;
}

const storageGroup = (service: string): [string, { readonly host: string; readonly zone: string }] => [
  service,
  { host: `${service}.core.windows.net`, zone: `privatelink.${service}.core.windows.net` },
];

const targets: readonly PrivateLinkTarget[] = [
  {
    type: "Microsoft.KeyVault/vaults",
    groups: { vault: { host: "vault.azure.net", zone: "privatelink.vaultcore.azure.net" } },
  },
  {
    type: "Microsoft.Storage/storageAccounts",
    groups: Object.fromEntries(["blob", "dfs", "file", "queue", "table"].map(storageGroup)),
  },
];

/** The type of a target and its name; undefined for what no private endpoint of local Azure leads to. */
export function targetOf(id: string): { readonly target: PrivateLinkTarget; readonly name: string } | undefined {
  for (const target of targets) {
    const name = namesIn(id, target.type)?.names[0];
    if (name !== undefined) {
      return { target, name };
    }
  }
  return undefined;
}

/** A connection as the target shows it. */
export interface TargetConnection {
  readonly name: string;
  readonly endpointId: string;
  readonly status: "Approved" | "Pending";
  readonly description: string;
}

/** What leads to a resource privately. */
export function connectionsTo(store: Store, targetId: string): TargetConnection[] {
  const endpoints = privateEndpoints(store);
  return endpoints
    .list()
    .filter((endpoint) => scopeKey(endpoint.connection.target) === scopeKey(targetId))
    .map((endpoint) => ({
      name: `${endpoint.name}.${endpoint.resourceGuid}`,
      endpointId: endpoints.id(endpoint),
      ...connectionState(endpoint),
    }));
}

export function connectionState({ connection }: Pick<PrivateEndpoint, "connection">): {
  readonly status: "Approved" | "Pending";
  readonly description: string;
} {
  return connection.manual
    ? { status: "Pending", description: connection.requestMessage ?? "" }
    : { status: "Approved", description: "Auto-Approved" };
}
