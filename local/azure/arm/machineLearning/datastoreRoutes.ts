import { json } from "../../http/message";
import type { Router } from "../../http/router";
import type { ArmContext } from "../resourceProvider";
import { found, workspaceOf, workspacePath, type Shop } from "./inWorkspace";
import { childBody, type WorkspaceChild, type WorkspaceName } from "./workspaceChildren";
import { storageAccountOf, Workspaces } from "./workspaceRecord";

const type = "datastores";

/** The datastores that a workspace comes with, on its own storage account: a container and a file share. */
const systemDatastores = {
  workspaceblobstore: { datastoreType: "AzureBlob", isDefault: true, container: "azureml-blobstore" },
  workspacefilestore: { datastoreType: "AzureFile", isDefault: false, container: "azureml-filestore" },
} as const;

/** Datastores are only read, and without their secrets. */
export function addDatastoreRoutes(routes: Router<ArmContext>, shop: Shop): void {
  routes
    .on("GET", `${workspacePath}/${type}`, (_request, parameters, context) =>
      json(200, { value: datastoresOf(shop, workspaceOf(parameters, context)).map((each) => childBody(each)) }),
    )
    .on("GET", `${workspacePath}/${type}/:datastore`, (_request, parameters, context) => {
      const workspace = workspaceOf(parameters, context);
      const name = (parameters["datastore"] ?? "").toLowerCase();
      const one = datastoresOf(shop, workspace).find(({ names }) => names[0] === name);
      return json(200, childBody(one ?? found(shop, workspace, type, [name])));
    });
}

function datastoresOf({ cloud }: Shop, name: WorkspaceName): WorkspaceChild[] {
  const workspace = new Workspaces(cloud.store).live(name.resourceGroup, name.name);
  if (workspace === undefined) {
    return [];
  }
  const account = storageAccountOf(workspace);
  const isKeyless = workspace.settings["systemDatastoresAuthMode"] === "identity";
  return Object.entries(systemDatastores).map(([store, { datastoreType, isDefault, container }]) => ({
    workspace: name,
    type,
    names: [store],
    tags: {},
    properties: {
      accountName: account.slice(account.lastIndexOf("/") + 1),
      [datastoreType === "AzureBlob" ? "containerName" : "fileShareName"]: `${container}-${workspace.workspaceId}`,
      credentials: { credentialsType: isKeyless ? "None" : "AccountKey" },
      datastoreType,
      description: null,
      endpoint: "core.windows.net",
      isDefault,
      properties: {},
      protocol: "https",
      serviceDataAccessAuthIdentity: "None",
      tags: null,
    },
    systemData: workspace.systemData,
  }));
}
