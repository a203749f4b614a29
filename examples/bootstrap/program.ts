import * as authorization from "@pulumi/azure-native/authorization";
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import { declarePipelineIdentity } from "./pipelineIdentity";
import {
  deployerPermissions,
  deployerRolesOnGroup,
  deployerRolesOnWorkspace,
  previewerPermissions,
  previewerRoles,
} from "./rights";
import { grantRoles, type Grantee, type Scope } from "./roleGrants";
import { readSettings, type Settings } from "./settings";
import { declareStateHistory, declareStateKey, declareStateStore, declareStateVault } from "./state";
import { trusts } from "./trusts";

/** Declares what the pipelines need once. The outputs are the variables to give them; none is a secret. */
export async function program(settings: Settings = readSettings()): Promise<Record<string, unknown>> {
  const client = await authorization.getClientConfig();
  const { objectId: operator } = await azuread.getClientConfig();
  const owners = [...new Set([operator, ...settings.owners])];
  const trusted = trusts(settings);

  const deployer = await declarePipelineIdentity("deployer", {
    displayName: `azure-daemon-access ${settings.stack} deployer`,
    owners,
    permissions: deployerPermissions,
    trusts: trusted.deployer,
  });
  const previewer = await declarePipelineIdentity("previewer", {
    displayName: `azure-daemon-access ${settings.stack} previewer`,
    owners,
    permissions: previewerPermissions,
    trusts: trusted.previewer,
  });
  const deploying: Grantee = { name: "deployer", principalId: deployer.objectId, principalType: "ServicePrincipal" };
  const previewing: Grantee = { name: "previewer", principalId: previewer.objectId, principalType: "ServicePrincipal" };

  const { subscriptionId } = client;
  const group: Scope = {
    name: "group",
    id: `/subscriptions/${subscriptionId}/resourceGroups/${settings.resourceGroupName}`,
  };
  grantRoles(subscriptionId, deploying, deployerRolesOnGroup, group);
  grantRoles(subscriptionId, previewing, previewerRoles, group);
  for (const id of settings.workspaceIds) {
    const workspace: Scope = { name: id.split("/").at(-1) ?? id, id };
    grantRoles(subscriptionId, deploying, deployerRolesOnWorkspace, workspace);
    grantRoles(subscriptionId, previewing, previewerRoles, workspace);
  }

  const variables = {
    stack: settings.stack,
    tenantId: client.tenantId,
    subscriptionId,
    deployerClientId: deployer.clientId,
    previewerClientId: previewer.clientId,
  };
  if (settings.state === undefined) return variables;

  const store = declareStateStore(settings.state);
  declareStateHistory(store);
  const vault = declareStateVault(settings.state, store, client.tenantId);
  const key = declareStateKey(store, vault);
  const container: Scope = { name: "container", id: store.container.id };
  const keyScope: Scope = { name: "key", id: key.id };
  const running: Grantee = { name: "operator", principalId: operator, principalType: settings.state.operatorType };
  // Whoever runs this makes the first, empty state of the stack, with its key.
  for (const writer of [deploying, running]) {
    grantRoles(subscriptionId, writer, ["storageBlobDataContributor"], container);
  }
  grantRoles(subscriptionId, previewing, ["storageBlobDataReader"], container);
  for (const user of [deploying, previewing, running]) {
    grantRoles(subscriptionId, user, ["keyVaultCryptoUser"], keyScope);
  }
  return {
    ...variables,
    backendUrl: pulumi.interpolate`azblob://${store.container.name}?storage_account=${store.accountName}`,
    secretsProvider: pulumi.interpolate`azurekeyvault://${vault.name}.vault.azure.net/keys/${key.name}`,
  };
}
