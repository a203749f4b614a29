import { vaultAccessPolicyPermissions } from "./accessPolicyPermissions";
import { vaultAddressRanges } from "./addressRanges";
import { vaultAuditLog } from "./auditLog";
import { vaultCreateMode } from "./createMode";
import { vaultDeploymentAccess } from "./deploymentAccess";
import { vaultFirewall } from "./firewall";
import { vaultNoIdleAccessPolicies } from "./noIdleAccessPolicies";
import { vaultPrivateEndpoint } from "./privateEndpoint";
import { vaultProtected } from "./protected";
import { vaultPurgeProtection } from "./purgeProtection";
import { vaultRbac } from "./rbac";
import { vaultRetention } from "./retention";
import { vaultSoftDelete } from "./softDelete";
import { vaultNameValid } from "./vaultName";

export const keyVaultRules = [
  vaultPurgeProtection,
  vaultSoftDelete,
  vaultRetention,
  vaultRbac,
  vaultNoIdleAccessPolicies,
  vaultAccessPolicyPermissions,
  vaultFirewall,
  vaultAddressRanges,
  vaultPrivateEndpoint,
  vaultAuditLog,
  vaultDeploymentAccess,
  vaultNameValid,
  vaultProtected,
  vaultCreateMode,
];
