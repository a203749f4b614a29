import type { Cloud } from "../../cloud";
import { accountKeys } from "../../dataLake/accountKeys";
import { Accounts } from "../../dataLake/accounts";
import type { WorkspaceChild, WorkspaceName } from "./workspaceChildren";
import { storageAccountOf, Workspaces } from "./workspaceRecord";

export const datastoreType = "datastores";

/** The datastores that a workspace comes with, on its own storage account: a container and a file share. */
const own = {
  workspaceblobstore: { type: "AzureBlob", isDefault: true, container: "azureml-blobstore" },
  workspacefilestore: { type: "AzureFile", isDefault: false, container: "azureml-filestore" },
} as const;

export const isSystemDatastore = (name: string): boolean => Object.hasOwn(own, name);

/** A workspace's own datastores. The account's key is their secret, unless the workspace reaches its storage by identity. */
export function systemDatastores(cloud: Cloud, name: WorkspaceName): WorkspaceChild[] {
  const workspace = new Workspaces(cloud.store).live(name.resourceGroup, name.name);
  if (workspace === undefined) {
    return [];
  }
  const storage = storageAccountOf(workspace);
  const account = new Accounts(cloud).get(storage.slice(storage.lastIndexOf("/") + 1));
  const isKeyless = workspace.settings["systemDatastoresAuthMode"] === "identity";
  const [key] = account === undefined || isKeyless ? [] : accountKeys(cloud.stateKey, account);
  return Object.entries(own).map(([store, { type, isDefault, container }]) => ({
    workspace: name,
    type: datastoreType,
    names: [store],
    tags: {},
    properties: {
      accountName: storage.slice(storage.lastIndexOf("/") + 1),
      [type === "AzureBlob" ? "containerName" : "fileShareName"]: `${container}-${workspace.workspaceId}`,
      credentials: { credentialsType: isKeyless ? "None" : "AccountKey" },
      datastoreType: type,
      description: null,
      endpoint: "core.windows.net",
      isDefault,
      properties: {},
      protocol: "https",
      serviceDataAccessAuthIdentity: "None",
      tags: null,
    },
    ...(key !== undefined && {
      sealedSecrets: cloud.stateKey.seal(JSON.stringify({ secretsType: "AccountKey", key: key.value })),
    }),
    systemData: workspace.systemData,
  }));
}
