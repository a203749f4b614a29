import type { BuiltInRole } from "../roleDefinition";
import { containerRegistryRoles } from "./containerRegistry";
import { generalRoles } from "./general";
import { keyVaultRoles } from "./keyVault";
import { machineLearningRoles } from "./machineLearning";
import { managedIdentityRoles } from "./managedIdentity";
import { monitoringRoles } from "./monitoring";
import { networkRoles } from "./network";
import { storageRoles } from "./storage";

/** The built-in roles local Azure knows, with Azure's own IDs, actions and data actions. */
export const builtInRoles: readonly BuiltInRole[] = [
  ...generalRoles,
  ...containerRegistryRoles,
  ...keyVaultRoles,
  ...machineLearningRoles,
  ...managedIdentityRoles,
  ...monitoringRoles,
  ...networkRoles,
  ...storageRoles,
];
