import { pollSoon } from "../arm/asyncOperations";
import { invalidContent, invalidResourceLocation, resourceNotFound } from "../arm/errors";
import { checkSubnets } from "../arm/network/serviceEndpoints";
import { pageBody } from "../arm/queryOptions";
import { shortLocation } from "../arm/regions";
import type { ArmContext } from "../arm/resourceProvider";
import { touch } from "../arm/systemData";
import { empty, json, jsonBody, type AzureRequest, type AzureResponse } from "../http/message";
import type { Router } from "../http/router";
import {
  softDeletedVaultDoesNotExist,
  vaultAlreadyExists,
  vaultIsSoftDeleted,
  vaultNameNotValid,
} from "./managementErrors";
import { vaultPatch, vaultProperties, vaultPut, type VaultPatch, type VaultPut } from "./vaultInput";
import type { VaultProperties, VaultRecord } from "./vaultRecord";
import { vaultId, type Vaults } from "./vaults";

const provider = "/subscriptions/:subscription/resourceGroups/:group/providers/Microsoft.KeyVault";
const namePattern = /^(?!.*--)[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/;

export const isVaultName = (name: string): boolean => namePattern.test(name);

/** A live vault of the resource group in the path. @throws ServiceError */
export function vaultInGroup(vaults: Vaults, name: string, context: ArmContext): VaultRecord {
  const vault = vaults.live(name);
  if (vault === undefined || vault.resourceGroup !== context.resourceGroup) {
    throw resourceNotFound("Microsoft.KeyVault/vaults", name, context.resourceGroup ?? "");
  }
  return vault;
}

/** The body as JSON. @throws ServiceError where it is none */
export function managementBody(request: AzureRequest): unknown {
  try {
    return jsonBody(request);
  } catch {
    throw invalidContent("it is not well-formed JSON");
  }
}

/** Vaults through ARM. */
export function addVaultRoutes(router: Router<ArmContext>, vaults: Vaults): void {
  router
    .on("PUT", `${provider}/vaults/:vault`, (request, { vault: name = "" }, context) => {
      if (!isVaultName(name)) {
        throw vaultNameNotValid(name);
      }
      return putVault(vaults, name, vaultPut(managementBody(request)), context);
    })
    .on("GET", `${provider}/vaults/:vault`, (_request, { vault: name = "" }, context) => {
      return json(200, vaults.view(vaultInGroup(vaults, name, context)));
    })
    .on("PATCH", `${provider}/vaults/:vault`, (request, { vault: name = "" }, context) => {
      const vault = vaultInGroup(vaults, name, context);
      const body = vaultPatch(managementBody(request));
      return json(200, vaults.view(change(vaults, vault, body, context)));
    })
    .on("DELETE", `${provider}/vaults/:vault`, (_request, { vault: name = "" }, context) => {
      const vault = vaults.live(name);
      if (vault === undefined || vault.resourceGroup !== context.resourceGroup) {
        return empty(204);
      }
      vaults.delete(vault);
      return empty(200);
    })
    .on(
      "GET",
      `${provider}/vaults`,
      (request, _parameters, context) => {
        const found = vaults.allLive().filter(({ resourceGroup }) => resourceGroup === context.resourceGroup);
        return json(
          200,
          pageBody(request, found, (vault) => vaults.view(vault)),
        );
      },
      ["$top", "$skiptoken"],
    )
    .on(
      "GET",
      "/subscriptions/:subscription/providers/Microsoft.KeyVault/vaults",
      (request) =>
        json(
          200,
          pageBody(request, vaults.allLive(), (vault) => vaults.view(vault)),
        ),
      ["$top", "$skiptoken"],
    );
}

function putVault(vaults: Vaults, name: string, body: VaultPut, context: ArmContext): AzureResponse {
  const deleted = vaults.deleted(name);
  if (body.properties.createMode === "recover" && vaults.live(name) === undefined) {
    return recoverVault(vaults, name, body.location, context);
  }
  if (deleted !== undefined) {
    throw vaultIsSoftDeleted();
  }
  const present = vaults.live(name);
  if (present === undefined) {
    return createVault(vaults, name, body, context);
  }
  if (present.resourceGroup !== context.resourceGroup) {
    throw vaultAlreadyExists(name);
  }
  if (!sameLocation(present.location, body.location)) {
    throw invalidResourceLocation(name, present.resourceGroup, present.location, body.location);
  }
  return json(200, vaults.view(change(vaults, present, body, context)));
}

/** The answer still shows the name being registered, as Azure's does; the next look finds the vault ready. */
function createVault(vaults: Vaults, name: string, body: VaultPut, context: ArmContext): AzureResponse {
  const resourceGroup = context.resourceGroup ?? "";
  const vault: VaultRecord = {
    id: vaultId(resourceGroup, name),
    name,
    resourceGroup,
    location: shortLocation(body.location),
    tags: body.tags ?? {},
    properties: checkedProperties(
      vaultProperties(body.properties),
      body,
      undefined,
      vaultId(resourceGroup, name),
      context,
    ),
    systemData: touch(context.caller, context.cloud.clock.now()),
  };
  vaults.save(vault);
  return json(201, vaults.view(vault, "RegisteringDns"), pollSoon);
}

/** Brings a vault back as it was; what else the request says is not applied. */
function recoverVault(vaults: Vaults, name: string, location: string, context: ArmContext): AzureResponse {
  const deleted = vaults.deleted(name);
  if (
    deleted === undefined ||
    deleted.resourceGroup !== context.resourceGroup ||
    !sameLocation(deleted.location, location)
  ) {
    throw softDeletedVaultDoesNotExist(name);
  }
  return json(200, vaults.view(vaults.recover(deleted)));
}

function change(vaults: Vaults, vault: VaultRecord, body: VaultPatch, context: ArmContext): VaultRecord {
  const changed: VaultRecord = {
    ...vault,
    tags: body.tags ?? vault.tags,
    properties: checkedProperties(
      vaultProperties(body.properties ?? {}, vault.properties),
      body,
      vault.properties,
      vault.id,
      context,
    ),
    systemData: touch(context.caller, context.cloud.clock.now(), vault.systemData),
  };
  vaults.save(changed);
  return changed;
}

/** The properties, once the caller may let in the subnets that are new among them. */
function checkedProperties(
  properties: VaultProperties,
  body: VaultPatch,
  present: VaultProperties | undefined,
  scope: string,
  context: ArmContext,
): VaultProperties {
  const asked = body.properties?.networkAcls?.virtualNetworkRules ?? [];
  checkSubnets(context, {
    action: "Microsoft.KeyVault/vaults/write",
    scope,
    service: "Microsoft.KeyVault",
    present: (present?.networkAcls?.virtualNetworkRules ?? []).map(({ id }) => id),
    asked: asked.map(({ id, ignoreMissingVnetServiceEndpoint }) => ({
      id,
      ignoreMissing: ignoreMissingVnetServiceEndpoint === true,
    })),
  });
  return properties;
}

const sameLocation = (a: string, b: string): boolean => shortLocation(a) === shortLocation(b);
