import type { Rule } from "../rule/rule";
import { applicationRules } from "./application";
import { authorizationRules } from "./authorization";
import { certificateRules } from "./certificate";
import { clientSecretRules } from "./clientSecret";
import { federationRules } from "./federation";
import { generalRules } from "./general";
import { grantRules } from "./grant";
import { keyVaultRules } from "./keyVault";
import { lakeStoreRules } from "./lakeStore";
import { machineLearningRules } from "./machineLearning";
import { managedIdentityRules } from "./managedIdentity";
import { roleDefinitionRules } from "./roleDefinition";
import { servicePrincipalRules } from "./servicePrincipal";
import { storageRules } from "./storage";
import { vaultSecretRules } from "./vaultSecret";

/** The rules by what they are about. The general ones come last: one of them reports what the others saw. */
export const chapters: Readonly<Record<string, readonly Rule[]>> = {
  Applications: applicationRules,
  "Service principals and directory roles": servicePrincipalRules,
  "Client secrets": clientSecretRules,
  Certificates: certificateRules,
  "Federated credentials": federationRules,
  "Microsoft Graph grants": grantRules,
  "Managed identities": managedIdentityRules,
  "Role assignments": authorizationRules,
  "Custom roles": roleDefinitionRules,
  "Key vaults": keyVaultRules,
  "Secrets in key vaults": vaultSecretRules,
  "Storage accounts and containers": storageRules,
  "Machine learning workspaces": machineLearningRules,
  "Data Lake Store (Gen1)": lakeStoreRules,
  "All resources": generalRules,
};

export const rules: readonly Rule[] = Object.values(chapters).flat();
