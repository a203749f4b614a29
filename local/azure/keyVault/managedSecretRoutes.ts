import { z } from "zod";
import { parentResourceNotFound } from "../arm/errors";
import type { ArmContext } from "../arm/resourceProvider";
import { json } from "../http/message";
import type { Router } from "../http/router";
import { badRequest, managedSecretIsDeleted, managedSecretNotFound } from "./managementErrors";
import { checkSecretName, secretInput, SecretProblem, type SecretInput } from "./secretInput";
import { refuseManaged } from "./secretRoutes";
import type { SecretRecord, SecretVersion } from "./secretRecord";
import type { VaultRecord } from "./vaultRecord";
import { managementBody } from "./vaultRoutes";
import type { Vaults } from "./vaults";
import { newestVersion } from "./versions";

const secretsPath =
  "/subscriptions/:subscription/resourceGroups/:group/providers/Microsoft.KeyVault/vaults/:vault/secrets";
const put = z.object({ properties: z.record(z.string(), z.unknown()), tags: z.unknown().optional() });

/**
 * Secrets through ARM: written and described here, never read, never deleted. The vault's firewall and data roles do
 * not apply; the control-plane right on the secret does.
 */
export function addManagedSecretRoutes(router: Router<ArmContext>, vaults: Vaults): void {
  router
    .on("PUT", `${secretsPath}/:secret`, (request, { vault: vaultName = "", secret: name = "" }, context) => {
      const vault = parentVault(vaults, vaultName, context);
      const input = managedInput(name, managementBody(request));
      const secrets = vaults.secretsOf(vault);
      if (secrets.deleted(name) !== undefined) {
        throw managedSecretIsDeleted(name);
      }
      refuseManaged(secrets.live(name), "set");
      const isNew = secrets.live(name) === undefined;
      const { secret, version } = secrets.set(name, input);
      return json(isNew ? 201 : 200, view(vault, secret, version));
    })
    .on("GET", `${secretsPath}/:secret`, (_request, { vault: vaultName = "", secret: name = "" }, context) => {
      const vault = parentVault(vaults, vaultName, context);
      const secret = vaults.secretsOf(vault).live(name);
      if (secret === undefined) {
        throw managedSecretNotFound(name);
      }
      return json(200, view(vault, secret, newestVersion(secret)));
    })
    .on("GET", secretsPath, (_request, { vault: vaultName = "" }, context) => {
      const vault = parentVault(vaults, vaultName, context);
      const secrets = vaults.secretsOf(vault).allLive();
      return json(200, { value: secrets.map((secret) => view(vault, secret, newestVersion(secret))) });
    });
}

function managedInput(name: string, body: unknown): SecretInput {
  const parsed = put.safeParse(body);
  if (!parsed.success) {
    throw badRequest("An invalid value was provided for 'properties': it must hold the secret's value.");
  }
  try {
    checkSecretName(name);
    return secretInput({ ...parsed.data.properties, tags: parsed.data.tags });
  } catch (error) {
    throw error instanceof SecretProblem ? badRequest(error.message) : error;
  }
}

function parentVault(vaults: Vaults, name: string, context: ArmContext): VaultRecord {
  const vault = vaults.live(name);
  if (vault === undefined || vault.resourceGroup !== context.resourceGroup) {
    throw parentResourceNotFound(name);
  }
  return vault;
}

function view(vault: VaultRecord, { name }: SecretRecord, version: SecretVersion): object {
  const secretUri = `https://${vault.name.toLowerCase()}.vault.azure.net/secrets/${name}`;
  const { enabled, notBefore, expires, created, updated, contentType, tags } = version;
  return {
    id: `${vault.id}/secrets/${name}`,
    name,
    type: "Microsoft.KeyVault/vaults/secrets",
    location: vault.location,
    properties: {
      attributes: { enabled, nbf: notBefore, exp: expires, created, updated },
      contentType,
      secretUri,
      secretUriWithVersion: `${secretUri}/${version.version}`,
    },
    tags: tags ?? {},
  };
}
