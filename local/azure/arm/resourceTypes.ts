import type { Operation } from "../http/router";

/**
 * Types that Azure has and local Azure lacks: answered with 501, so that a caller can tell a missing feature from a
 * wrong name. Types local Azure has are read from the providers' routes.
 */
const lacking: Readonly<Record<string, readonly string[]>> = {
  "Microsoft.Authorization": [
    "classicAdministrators",
    "denyAssignments",
    "eligibleChildResources",
    "policyAssignments",
    "policyDefinitions",
    "policySetDefinitions",
    "roleAssignmentScheduleRequests",
    "roleEligibilityScheduleRequests",
    "roleManagementPolicies",
  ],
  "Microsoft.ContainerRegistry": ["registries/replications", "registries/tokens", "registries/webhooks"],
  "Microsoft.DataLakeStore": ["accounts/firewallRules", "accounts/trustedIdProviders", "accounts/virtualNetworkRules"],
  "Microsoft.KeyVault": [
    "managedHSMs",
    "vaults/accessPolicies",
    "vaults/keys",
    "vaults/keys/versions",
    "vaults/eventGridFilters",
    "vaults/privateEndpointConnections",
    "vaults/privateLinkResources",
  ],
  "Microsoft.MachineLearningServices": [
    "registries",
    "workspaces/batchEndpoints",
    "workspaces/connections",
    "workspaces/outboundRules",
    "workspaces/privateEndpointConnections",
    "workspaces/schedules",
  ],
  "Microsoft.ManagedIdentity": ["identities"],
  "Microsoft.Insights": [
    "actionGroups",
    "activityLogAlerts",
    "components",
    "dataCollectionRules",
    "diagnosticSettingsCategories",
    "metricAlerts",
    "privateLinkScopes",
    "scheduledQueryRules",
    "workbooks",
  ],
  "Microsoft.Network": [
    "applicationSecurityGroups",
    "dnsZones",
    "loadBalancers",
    "natGateways",
    "networkInterfaces",
    "networkSecurityGroups",
    "privateDnsZones/AAAA",
    "privateDnsZones/CNAME",
    "privateDnsZones/TXT",
    "privateLinkServices",
    "publicIPAddresses",
    "routeTables",
    "virtualNetworks/virtualNetworkPeerings",
  ],
  "Microsoft.OperationalInsights": [
    "clusters",
    "workspaces/dataExports",
    "workspaces/linkedServices",
    "workspaces/savedSearches",
    "workspaces/tables",
  ],
  "Microsoft.Resources": ["deployments", "deploymentScripts", "deploymentStacks", "tags", "templateSpecs", "links"],
  "Microsoft.Storage": [
    "storageAccounts/encryptionScopes",
    "storageAccounts/fileServices",
    "storageAccounts/fileServices/shares",
    "storageAccounts/inventoryPolicies",
    "storageAccounts/localUsers",
    "storageAccounts/objectReplicationPolicies",
    "storageAccounts/privateEndpointConnections",
    "storageAccounts/queueServices",
    "storageAccounts/tableServices",
    "usages",
    "skus",
  ],
};

/** Namespaces that Azure has and of which local Azure has nothing. */
const foreign: readonly string[] = [
  "Microsoft.ApiManagement",
  "Microsoft.App",
  "Microsoft.Cache",
  "Microsoft.CognitiveServices",
  "Microsoft.Compute",
  "Microsoft.ContainerService",
  "Microsoft.DataFactory",
  "Microsoft.Databricks",
  "Microsoft.DocumentDB",
  "Microsoft.EventGrid",
  "Microsoft.EventHub",
  "Microsoft.Logic",
  "Microsoft.Management",
  "Microsoft.PolicyInsights",
  "Microsoft.Security",
  "Microsoft.ServiceBus",
  "Microsoft.Sql",
  "Microsoft.Web",
];

/** Top-level types that live in a region: a body without a location is refused. */
export const regionalTypes: readonly string[] = [
  "Microsoft.ContainerRegistry/registries",
  "Microsoft.DataLakeStore/accounts",
  "Microsoft.KeyVault/vaults",
  "Microsoft.MachineLearningServices/workspaces",
  "Microsoft.ManagedIdentity/userAssignedIdentities",
  "Microsoft.Network/privateDnsZones",
  "Microsoft.Network/privateEndpoints",
  "Microsoft.Network/virtualNetworks",
  "Microsoft.OperationalInsights/workspaces",
  "Microsoft.Storage/storageAccounts",
];

/** Those of them that lie in no region, and say "global". */
export const globalTypes: readonly string[] = ["Microsoft.Network/privateDnsZones"];

/** Namespaces that every subscription may use without registering them. */
const registrationFree = ["microsoft.authorization", "microsoft.resources", "microsoft.management"];

export const needsRegistration = (namespace: string): boolean => !registrationFree.includes(namespace.toLowerCase());

/** Whatever has a namespace and routes: a resource provider, or a part of ARM itself. */
interface Described {
  readonly namespace: string;
  readonly routes: { readonly operations: readonly Operation[] };
}

/** The namespaces and types that Azure knows by name, in the case Azure writes them. */
export class ResourceTypes {
  private readonly namespaceByKey = new Map<string, string>();
  private readonly typeByKey = new Map<string, string>();

  constructor(providers: readonly Described[]) {
    for (const namespace of [...Object.keys(lacking), ...foreign, ...providers.map((provider) => provider.namespace)]) {
      this.namespaceByKey.set(namespace.toLowerCase(), namespace);
    }
    for (const provider of providers) {
      for (const operation of provider.routes.operations) {
        this.addType(provider.namespace, typeOfRoute(operation));
      }
    }
    for (const [namespace, types] of Object.entries(lacking)) {
      for (const type of types) {
        this.addType(namespace, type);
      }
    }
  }

  namespaces(): string[] {
    return [...this.namespaceByKey.values()].sort();
  }

  namespace(given: string): string | undefined {
    return this.namespaceByKey.get(given.toLowerCase());
  }

  /** Types in Azure's case, as far as they are known: an action's name comes last and stays as it was sent. */
  types(namespace: string, given: readonly string[]): string[] {
    return given.map((type, index) => {
      const known = this.typeByKey.get(typeKey(namespace, given.slice(0, index + 1).join("/")));
      return known === undefined ? type : known.slice(known.lastIndexOf("/") + 1);
    });
  }

  /** Whether Azure has a type, for example "vaults/secrets". */
  has(namespace: string, type: string): boolean {
    return this.typeByKey.has(typeKey(namespace, type));
  }

  ofNamespace(namespace: string): string[] {
    const prefix = `${namespace.toLowerCase()}/`;
    return [...this.typeByKey].filter(([key]) => key.startsWith(prefix)).map(([, type]) => type);
  }

  private addType(namespace: string, type: string): void {
    const segments = type.split("/");
    segments.forEach((_, index) => {
      const ancestor = segments.slice(0, index + 1).join("/");
      if (ancestor !== "" && !this.typeByKey.has(typeKey(namespace, ancestor))) {
        this.typeByKey.set(typeKey(namespace, ancestor), ancestor);
      }
    });
  }
}

const typeKey = (namespace: string, type: string): string => `${namespace}/${type}`.toLowerCase();

/** "vaults/secrets" of ".../providers/Microsoft.KeyVault/vaults/:vault/secrets/:secret"; an action has its resource's. */
function typeOfRoute({ method, path }: Operation): string {
  const segments = path
    .slice(path.lastIndexOf("/providers/") + 1)
    .split("/")
    .slice(2);
  const isAction = method === "POST" && segments.length > 1 && segments.length % 2 === 1;
  return segments.filter((_, index) => index % 2 === 0 && !(isAction && index === segments.length - 1)).join("/");
}
