import { z } from "zod";
import { accepted, operationKind, startOperation } from "../arm/asyncOperations";
import type { ArmContext } from "../arm/resourceProvider";
import { json, type AzureResponse } from "../http/message";
import type { Router } from "../http/router";
import {
  badRequest,
  deletedVaultNotFound,
  purgeNotAllowed,
  vaultAlreadyExistsMessage,
  vaultNameNotValidMessage,
} from "./managementErrors";
import type { VaultRecord } from "./vaultRecord";
import { isVaultName, managementBody } from "./vaultRoutes";
import { Vaults } from "./vaults";
import { deletedVaultView } from "./vaultView";

const provider = "/subscriptions/:subscription/providers/Microsoft.KeyVault";
const groupProvider = provider.replace("/providers/", "/resourceGroups/:group/providers/");
const noHsms = (): AzureResponse => json(200, { value: [] });
const nameToCheck = z.object({ name: z.string(), type: z.string().nullish() });

const purge = operationKind<{ readonly vault: string; readonly began: string }>({
  name: "Microsoft.KeyVault/locations/deletedVaults/purge",
  namespace: "Microsoft.KeyVault",
  statusType: "operationResults",
  complete(cloud, { vault, began }) {
    const vaults = new Vaults(cloud);
    const deleted = vaults.deleted(vault);
    if (deleted !== undefined) {
      vaults.purge(deleted);
    }
    const lastActionDateTime = cloud.clock.now().toISOString();
    return { status: "Succeeded", body: { createdDateTime: began, lastActionDateTime, status: "Succeeded" } };
  },
});

/** Soft-deleted vaults through ARM, and whether a name is free. */
export function addDeletedVaultRoutes(router: Router<ArmContext>, vaults: Vaults): void {
  router
    .on("GET", `${provider}/deletedVaults`, () => {
      return json(200, { value: vaults.allDeleted().map(deletedVaultView) });
    })
    // There are no managed HSMs, live or deleted: clients that list vaults ask for both kinds.
    .on("GET", `${provider}/deletedManagedHSMs`, noHsms)
    .on("GET", `${provider}/managedHSMs`, noHsms, ["$top"])
    .on("GET", `${groupProvider}/managedHSMs`, noHsms, ["$top"])
    .on("GET", `${provider}/locations/:location/deletedVaults/:vault`, (_request, { location = "", vault = "" }) => {
      return json(200, deletedVaultView(deletedAt(vaults, location, vault)));
    })
    .on("POST", `${provider}/locations/:location/deletedVaults/:vault/purge`, (_request, parameters, context) => {
      const { location = "", vault = "" } = parameters;
      const deleted = deletedAt(vaults, location, vault);
      if (deleted.properties.enablePurgeProtection === true) {
        throw purgeNotAllowed();
      }
      const { subscriptionId, apiVersion, cloud } = context;
      const input = { vault: deleted.name, began: cloud.clock.now().toISOString() };
      const operation = startOperation(cloud, purge, { subscriptionId, apiVersion, location: deleted.location, input });
      return accepted(operation, "location");
    })
    .on("POST", `${provider}/checkNameAvailability`, (request) => {
      const body = nameToCheck.safeParse(managementBody(request));
      if (!body.success) {
        throw badRequest("The body must hold the 'name' to check, and 'type': 'Microsoft.KeyVault/vaults'.");
      }
      return json(200, availability(vaults, body.data.name));
    });
}

function availability(vaults: Vaults, name: string): object {
  if (!isVaultName(name)) {
    return { nameAvailable: false, reason: "AccountNameInvalid", message: vaultNameNotValidMessage(name) };
  }
  const taken = vaults.live(name) ?? vaults.deleted(name);
  return taken === undefined
    ? { nameAvailable: true }
    : { nameAvailable: false, reason: "AlreadyExists", message: vaultAlreadyExistsMessage(name) };
}

function deletedAt(vaults: Vaults, location: string, name: string): VaultRecord {
  const vault = vaults.deleted(name);
  if (vault === undefined || vault.location !== location.toLowerCase()) {
    throw deletedVaultNotFound(name);
  }
  return vault;
}
