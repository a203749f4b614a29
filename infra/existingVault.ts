import * as keyvault from "@pulumi/azure-native/keyvault";
import { problemLine } from "../components/checks/argumentError";
import { placeOf } from "../components/checks/identifiers";
import type { Refusal } from "../components/checks/refusal";
import type { Configuration } from "./config";
import { ConfigurationError } from "./configurationError";
import { NAMESPACE } from "./problems";

/**
 * Looks an existing vault up before anything is registered. Readers get roles, and a vault with access policies heeds none:
 * the stack would deploy, and nobody could read a credential.
 *
 * @throws ConfigurationError where the vault is not there, or has access policies
 */
export async function checkExistingVault({
  vault,
  platformStack,
}: Pick<Configuration, "vault" | "platformStack">): Promise<void> {
  const vaultId = vault?.existing?.vaultId;
  // A platform's vault gives access by roles, as the platform stack has made or checked it.
  if (vaultId === undefined || platformStack !== undefined) return;
  const { resourceGroupName, name } = placeOf(vaultId);
  const refusal = await refusalOf(resourceGroupName, name);
  if (refusal) {
    throw new ConfigurationError([problemLine(`${NAMESPACE}:vault.existing.vaultId`, vaultId, refusal)]);
  }
}

async function refusalOf(resourceGroupName: string, vaultName: string): Promise<Refusal | undefined> {
  try {
    const { properties } = await keyvault.getVault({ resourceGroupName, vaultName });
    return properties.enableRbacAuthorization === true ? undefined : accessPolicies(vaultName);
  } catch (error) {
    const told = String(error);
    // Writing a secret takes no right to read the vault. Whoever may not read it isn't kept from deploying.
    if (/AuthorizationFailed|Status=403/.test(told)) return undefined;
    if (/ResourceNotFound|ResourceGroupNotFound|Status=404/.test(told)) return MISSING;
    throw error;
  }
}

const MISSING: Refusal = {
  needed: "an existing vault",
  fix: "Correct the ID, or have its owner create the vault first.",
};

const accessPolicies = (name: string): Refusal => ({
  needed: "a vault that gives access by roles, and this one has access policies",
  fix: `Let its owner give everybody who uses the vault a role in place of a policy, and then change it: az keyvault update --name ${name} --enable-rbac-authorization true; or let the stack make a vault of its own.`,
});
