import * as authorization from "@pulumi/azure-native/authorization";
import * as keyvault from "@pulumi/azure-native/keyvault";
import * as storage from "@pulumi/azure-native/storage";
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { allowedIpRange, daemonName, endDate, fileSystem, landing } from "./setting";

const graphAppId = "00000003-0000-0000-c000-000000000000";
const userReadAll = "df021288-bdef-4463-88db-98f22de89214";
const roles = {
  blobDataContributor: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
  dataScientist: "f6c7c914-8db3-469d-8ca1-694a8f32e121",
  secretsUser: "4633458b-17de-408a-b874-0445c86b69e6",
};

/** What the daemons share. */
interface Shared {
  readonly vault: keyvault.Vault;
  readonly lake: storage.StorageAccount;
  readonly container: storage.BlobContainer;
  readonly graphObjectId: string;
  readonly owner: string;
  readonly tenantId: string;
  readonly subscriptionId: string;
}

/** The floor: the same resources as someone would write them who knows what they want and has no components. */
export const handWrittenProgram =
  (daemons: number): PulumiFn =>
  async () => {
    const [client, azure, graph] = await Promise.all([
      azuread.getClientConfig(),
      authorization.getClientConfig(),
      azuread.getServicePrincipal({ clientId: graphAppId }),
    ]);
    const vault = declareVault(client.tenantId);
    const lake = declareLake();
    const container = new storage.BlobContainer(fileSystem, {
      resourceGroupName: landing.resourceGroupName,
      accountName: lake.name,
      containerName: fileSystem,
      publicAccess: storage.PublicAccess.None,
    });
    const shared: Shared = {
      vault,
      lake,
      container,
      graphObjectId: graph.objectId,
      owner: client.objectId,
      tenantId: client.tenantId,
      subscriptionId: azure.subscriptionId,
    };
    for (let index = 0; index < daemons; index += 1) {
      declareDaemon(daemonName(index), shared);
    }
    return {};
  };

function declareDaemon(name: string, shared: Shared): void {
  const { vault, lake, container, subscriptionId, owner } = shared;
  const application = new azuread.Application(`${name}-application`, {
    displayName: name,
    owners: [owner],
    preventDuplicateNames: true,
    requiredResourceAccesses: [{ resourceAppId: graphAppId, resourceAccesses: [{ id: userReadAll, type: "Role" }] }],
  });
  const principal = new azuread.ServicePrincipal(`${name}-principal`, {
    clientId: application.clientId,
    owners: [owner],
    appRoleAssignmentRequired: true,
  });
  const password = new azuread.ApplicationPassword(`${name}-password`, { applicationId: application.id, endDate });
  new azuread.AppRoleAssignment(`${name}-users`, {
    appRoleId: userReadAll,
    principalObjectId: principal.objectId,
    resourceObjectId: shared.graphObjectId,
  });
  const assign = (
    what: string,
    role: string,
    scope: pulumi.Input<string>,
    to: pulumi.Input<string>,
    after?: pulumi.Resource,
  ): void => {
    new authorization.RoleAssignment(
      `${name}-${what}`,
      {
        scope,
        roleDefinitionId: `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
        principalId: to,
        principalType: "ServicePrincipal",
      },
      after ? { dependsOn: after } : {},
    );
  };
  const containerId = pulumi.interpolate`${lake.id}/blobServices/default/containers/${fileSystem}`;
  assign("lake", roles.blobDataContributor, containerId, principal.objectId, container);
  assign("workspace", roles.dataScientist, landing.workspaceId, principal.objectId);
  const secret = declareSecret(name, application, password, shared);
  assign(
    "reader",
    roles.secretsUser,
    pulumi.interpolate`${vault.id}/secrets/${name}-credential`,
    landing.readerObjectId,
    secret,
  );
}

function declareSecret(
  name: string,
  application: azuread.Application,
  password: azuread.ApplicationPassword,
  { vault, lake, tenantId }: Shared,
): keyvault.Secret {
  return new keyvault.Secret(`${name}-credential`, {
    resourceGroupName: landing.resourceGroupName,
    vaultName: vault.name,
    secretName: `${name}-credential`,
    properties: {
      value: pulumi.jsonStringify({
        tenantId,
        clientId: application.clientId,
        clientSecret: password.value,
        lake: pulumi.interpolate`https://${lake.name}.dfs.core.windows.net/`,
      }),
      contentType: "application/json",
      attributes: { enabled: true, expires: Date.parse(endDate) / 1000 },
    },
    tags: { daemon: name },
  });
}

function declareVault(tenantId: string): keyvault.Vault {
  return new keyvault.Vault("kv-bench", {
    resourceGroupName: landing.resourceGroupName,
    location: landing.location,
    properties: {
      tenantId,
      sku: { family: keyvault.SkuFamily.A, name: keyvault.SkuName.Standard },
      enableRbacAuthorization: true,
      enablePurgeProtection: true,
      networkAcls: {
        defaultAction: keyvault.NetworkRuleAction.Deny,
        bypass: keyvault.NetworkRuleBypassOptions.AzureServices,
        ipRules: [{ value: allowedIpRange }],
      },
    },
  });
}

function declareLake(): storage.StorageAccount {
  return new storage.StorageAccount("stbench", {
    resourceGroupName: landing.resourceGroupName,
    location: landing.location,
    kind: storage.Kind.StorageV2,
    sku: { name: storage.SkuName.Standard_ZRS },
    isHnsEnabled: true,
    minimumTlsVersion: storage.MinimumTlsVersion.TLS1_2,
    allowBlobPublicAccess: false,
    allowSharedKeyAccess: false,
    networkRuleSet: { defaultAction: storage.DefaultAction.Deny, bypass: storage.Bypass.AzureServices },
  });
}
