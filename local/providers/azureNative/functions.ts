import type { PropertyMap } from "../server/values";
import { armScope } from "./armClient";
import { toOutputs } from "./conversion";
import { resourceId } from "./resourceId";
import { specOf } from "./resources/catalogue";
import type { Session } from "./session";

/** Functions that read one resource, by token, and the resource's type. */
const getters: Readonly<Record<string, string>> = {
  "azure-native:datalakestore:getAccount": "azure-native:datalakestore:Account",
  "azure-native:keyvault:getVault": "azure-native:keyvault:Vault",
  "azure-native:keyvault:getSecret": "azure-native:keyvault:Secret",
  "azure-native:storage:getStorageAccount": "azure-native:storage:StorageAccount",
  "azure-native:storage:getBlobContainer": "azure-native:storage:BlobContainer",
  "azure-native:storage:getBlobServiceProperties": "azure-native:storage:BlobServiceProperties",
  "azure-native:storage:getManagementPolicy": "azure-native:storage:ManagementPolicy",
  "azure-native:network:getPrivateEndpoint": "azure-native:network:PrivateEndpoint",
  "azure-native:operationalinsights:getWorkspace": "azure-native:operationalinsights:Workspace",
  "azure-native:machinelearningservices:getCompute": "azure-native:machinelearningservices:Compute",
  "azure-native:machinelearningservices:getWorkspace": "azure-native:machinelearningservices:Workspace",
  "azure-native:managedidentity:getUserAssignedIdentity": "azure-native:managedidentity:UserAssignedIdentity",
  "azure-native:authorization:getRoleDefinition": "azure-native:authorization:RoleDefinition",
  "azure-native:resources:getResourceGroup": "azure-native:resources:ResourceGroup",
};

export async function invokeFunction(session: Session, token: string, args: PropertyMap): Promise<PropertyMap> {
  if (token === "azure-native:authorization:getClientConfig") {
    const { oid } = await session.tokens.claims(armScope, session.signal);
    const { clientId, tenantId } = session.credentials;
    return { clientId, objectId: oid, subscriptionId: session.subscriptionId, tenantId };
  }
  const type = getters[token];
  if (type === undefined) {
    throw new Error(`Invoke type ${token} not found`);
  }
  const spec = specOf(type);
  const id = resourceId(spec, args, session.subscriptionId);
  const body = await session.arm.get(id, spec.apiVersion, session.signal);
  if (body === undefined) {
    throw new Error(`request failed ${id}: Status=404 Code="ResourceNotFound" Message="there is no such resource"`);
  }
  return toOutputs(spec, body as PropertyMap);
}
