import { accountKeys } from "../../dataLake/accountKeys";
import { Accounts } from "../../dataLake/accounts";
import { empty, json } from "../../http/message";
import type { Router } from "../../http/router";
import type { ArmContext } from "../resourceProvider";
import { workspaceOf, workspacePath, type Shop } from "./inWorkspace";
import { storageAccountOf, Workspaces } from "./workspaceRecord";

/** The keys of what a workspace is linked to. Its registry and its notebooks have none here. */
export function addKeyRoutes(routes: Router<ArmContext>, { cloud }: Shop): void {
  const accounts = new Accounts(cloud);
  const storageOf = (parameters: Readonly<Record<string, string>>, context: ArmContext): string => {
    const { resourceGroup, name } = workspaceOf(parameters, context);
    return storageAccountOf(new Workspaces(cloud.store).live(resourceGroup, name));
  };
  const keyOf = (id: string): string | null => {
    const account = accounts.get(id.slice(id.lastIndexOf("/") + 1));
    return account === undefined ? null : (accountKeys(cloud.stateKey, account)[0]?.value ?? null);
  };

  routes
    .on("POST", `${workspacePath}/listKeys`, (_request, parameters, context) => {
      const id = storageOf(parameters, context);
      return json(200, {
        userStorageKey: keyOf(id),
        userStorageResourceId: id,
        appInsightsInstrumentationKey: null,
        containerRegistryCredentials: null,
        notebookAccessKeys: null,
      });
    })
    .on("POST", `${workspacePath}/listStorageAccountKeys`, (_request, parameters, context) =>
      json(200, { userStorageKey: keyOf(storageOf(parameters, context)) }),
    )
    .on("POST", `${workspacePath}/resyncKeys`, () => empty(200));
}
