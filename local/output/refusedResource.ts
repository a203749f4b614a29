import type { ServiceError } from "./serviceError";

/** A resource that a service does not take as it is, or not yet. */
export const refusedResource: readonly ServiceError[] = [
  {
    entry: "InvalidFederatedIdentityCredentialValue",
    message: /InvalidFederatedIdentityCredentialValue|FederatedIdentityCredential with name .* already exists/,
    types: ["azuread.ApplicationFederatedIdentityCredential"],
    remedy:
      "A federated credential of the application has this name, or this issuer and subject, until this update is over. Of a renamed trust, set its formerName. Otherwise take the old one out of the settings, run up, then put the new one in and run up again.",
  },
  {
    entry: "expected non-empty ID for new state during Create",
    message: /expected non-empty ID for new state during Create/,
    remedy: "Microsoft Entra ID was not ready. Run the same command again.",
  },
  {
    entry: 'The argument "client_id" is required, but no definition was found.',
    message: /The argument "client_id" is required, but no definition was found\./,
    types: ["azuread.ServicePrincipal"],
    remedy:
      "If an earlier run created the application, it ended before it read the client ID: run refresh, then up. Otherwise set clientId.",
  },
  {
    entry: "[application_id] Application (…) was not found",
    message: /\[application_id\] Application \(.*\) was not found/,
    remedy:
      "If the application was just created, Microsoft Entra ID does not show it yet: run the same command again. Otherwise correct its ID.",
  },
  {
    entry: "Directory_ConcurrencyViolation",
    message: /Directory_ConcurrencyViolation/,
    remedy: "Microsoft Entra ID was not ready. Run the same command again.",
  },
  {
    entry: "CredentialInvalidLifetimeAsPerAppPolicy",
    message: /CredentialInvalidLifetimeAsPerAppPolicy/,
    remedy:
      "The tenant limits how long a secret may live. Set smaller secret.rotation.everyDays, overlapDays and stageDays: a secret lives for their sum.",
  },
  {
    entry: "CredentialTypeNotAllowedAsPerAppPolicy",
    message: /CredentialTypeNotAllowedAsPerAppPolicy/,
    remedy:
      "The tenant forbids client secrets. Use federated or certificate, or ask the tenant's administrator for an exemption.",
  },
  {
    entry: "RequestDisallowedByPolicy",
    message: /RequestDisallowedByPolicy/,
    remedy:
      "An Azure policy forbids the resource. Change the setting that the policy names, or ask its owner for an exemption.",
  },
  {
    entry: "ConflictError",
    message: /already exists in deleted state/,
    remedy:
      "Set azure-daemon-access:vault.recover to true to bring the vault back; or vault.name to a name that is free, or leave it out. Purge protection prevents a purge before its retention has passed.",
  },
  {
    entry: "ConflictError",
    message: /deleted but recoverable state/,
    remedy:
      "Recover the secret and take it over (npx daemon-access credentials recover), or give the daemon another name. Purge protection prevents a purge before the vault's retention has passed.",
  },
  {
    entry: "ConflictError",
    message: /A conflict occurred that prevented the operation from completing/,
    remedy: "Another operation on the vault was in progress. Run the same command again.",
  },
  {
    entry: "StorageAccountOperationInProgress",
    message: /Code="StorageAccountOperationInProgress"/,
    remedy:
      "An earlier operation on the account is still in progress, for example after a lost answer. Run the same command again in a minute.",
  },
  {
    entry: "Soft-deleted workspace exists",
    message: /Soft-deleted workspace exists/,
    remedy:
      "A deleted workspace still has this name. Recover it or delete it permanently in the Azure portal, under Azure Machine Learning, Recently deleted; or use another name.",
  },
  {
    entry: "Directory_QuotaExceeded",
    message: /Directory_QuotaExceeded/,
    remedy:
      "The deployer, or the tenant, has reached its limit of directory objects. Delete applications that nobody needs, or ask the tenant's administrator for a larger quota.",
  },
  {
    entry: "PrincipalNotFound",
    message: /Code="PrincipalNotFound"/,
    remedy: "Give the role assignment principalType, and as principalId the service principal's object ID.",
  },
  {
    entry: "RoleDefinitionHasAssignments",
    message: /RoleDefinitionHasAssignments/,
    remedy:
      "Daemons of another program still have this role. Take it from them first; or set azure-daemon-access:machineLearningRoles to existing, which leaves the role in Azure (docs/how-to/machine-learning.md).",
  },
  {
    entry: "RoleDefinitionDoesNotExist",
    message: /Code="RoleDefinitionDoesNotExist"/,
    remedy:
      "A role that this run has just made has not reached all of Azure: run the same command again in a minute. Of any other role, correct the ID.",
  },
  {
    entry: "Request_ResourceNotFound",
    message: /Request_ResourceNotFound|does not reference a valid application object|Not a valid reference update/,
    remedy:
      "What this run has just made has not reached all of Entra ID: run the same command again in a minute. If it fails again, somebody has deleted it: run refresh, then up.",
  },
  {
    entry: "ScopeLocked",
    message: /Code="ScopeLocked"/,
    remedy:
      "Lift the lock that the message names in a separate run first: lock: false; if someone else set it, ask its owner.",
  },
  {
    entry: "UnmatchedPrincipalType",
    message: /Code="UnmatchedPrincipalType"/,
    remedy: "The object ID is one of another kind. Correct the reader's principalType, or its objectId.",
  },
  {
    entry: "ResourceGroupNotFound",
    message: /Code="ResourceGroupNotFound"/,
    remedy:
      "Create the resource group, or correct azure-daemon-access:resourceGroupName or azure-native:subscriptionId.",
  },
  {
    entry: "SubscriptionNotFound",
    message: /Code="SubscriptionNotFound"/,
    remedy: "Correct azure-native:subscriptionId, or give the deployer a role in the subscription.",
  },
  {
    entry: "MissingSubscriptionRegistration",
    message: /Code="MissingSubscriptionRegistration".*'(Microsoft\.\w+)'/s,
    remedy: ([namespace = ""]) => `Register the resource provider: az provider register --namespace ${namespace}`,
  },
  {
    entry: "LocationNotAvailableForResourceType",
    message: /Code="LocationNotAvailableForResourceType"/,
    remedy: "The region does not have the service. Set azure-daemon-access:location to one that the message lists.",
  },
  {
    entry: "SubnetsHaveNoServiceEndpointsConfigured",
    message: /Code="SubnetsHaveNoServiceEndpointsConfigured"/,
    remedy: "Add Microsoft.KeyVault, or for a lake Microsoft.Storage, to the subnet's service endpoints.",
  },
];
