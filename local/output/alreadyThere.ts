import type { ServiceError } from "./serviceError";

const exists = /cannot create already existing resource|A resource with the ID "[^"]*" already exists/;
const taken = "The name is in use elsewhere in Azure, possibly in another subscription:";
const adoption = "(docs/how-to/adoption.md)";

/** What Azure has already, by how its services and the providers say so, and the way on for each. The first that fits counts. */
export const alreadyThere: readonly ServiceError[] = [
  {
    entry: "Permission being assigned already exists on the object",
    message: /Permission being assigned already exists on the object/,
    remedy: `The permission was granted by hand before: import the grant, or set consent: external ${adoption}.`,
  },
  {
    entry: "RoleAssignmentExists",
    message: /Code="RoleAssignmentExists"/,
    remedy: `The role was assigned before, by hand or under a daemon's former name: import the assignment, or delete it ${adoption}; for a renamed daemon, set its formerName.`,
  },
  {
    entry: "RoleDefinitionWithSameNameExists",
    message: /Code="RoleDefinitionWithSameNameExists"/,
    remedy: `A custom role of this name was created by hand: rename or delete it, or set azure-daemon-access:machineLearningRoles to existing ${adoption}.`,
  },
  {
    entry: "cannot create already existing resource",
    message: /cannot create already existing resource '[^']*\/roleAssignments\//i,
    remedy: `The role assignment already exists in Azure: for a renamed daemon, set its formerName; otherwise import it, or delete it ${adoption}.`,
  },
  {
    entry: "cannot create already existing resource",
    message: /cannot create already existing resource '[^']*\/vaults\/[^']*\/secrets\//i,
    remedy:
      "The vault has the secret, and Pulumi's state has not: run the command that npx daemon-access credentials recover prints for it.",
  },
  {
    entry: "VaultAlreadyExists",
    message: /Code="VaultAlreadyExists"/,
    remedy: `${taken} set vault.name to another, or leave it out. To use your own existing vault, set vault.existing.`,
  },
  {
    entry: "cannot create already existing resource",
    message: /cannot create already existing resource '[^']*\/Microsoft\.KeyVault\/vaults\/[^/']*'/i,
    remedy: `The resource group has a vault of this name: import it ${adoption}, use it with vault.existing, or set vault.name to another.`,
  },
  {
    entry: "StorageAccountAlreadyTaken",
    message: /Code="StorageAccountAlreadyTaken"/,
    remedy: `${taken} set lake.accountName to another, or leave it out. To use your own existing account, set lake.existing.`,
  },
  {
    entry: "StorageAccountInAnotherResourceGroup",
    message:
      /cannot create already existing resource '[^']*\/storageAccounts\/[^/']*'|Code="StorageAccountInAnotherResourceGroup"/i,
    remedy: `The subscription has an account of this name: import it ${adoption}, use it with lake.existing, or set lake.accountName to another.`,
  },
  {
    entry: 'An existing "…" with name "…" (ID: "…") was found',
    message: /prevent_duplicate_names/,
    remedy: `The directory has an application of this name. If an earlier run failed while creating it, run the same command again in a minute. Otherwise import it, set another displayName, or use it as it is with existing ${adoption}.`,
  },
  {
    entry: "cannot create already existing resource",
    message: exists,
    types: ["azuread.ServicePrincipal"],
    remedy: `The application already has a service principal. If an earlier run failed while creating it, run the same command again in a minute. Otherwise an administrator's consent or the portal created it: import it ${adoption}.`,
  },
  {
    entry: "cannot create already existing resource",
    message: exists,
    types: ["azuread.ApplicationCertificate"],
    remedy: `The application already has the certificate: import it, or delete it there ${adoption}.`,
  },
  {
    entry: "cannot create already existing resource",
    message: exists,
    remedy: `It was created by hand: import it, or use another name ${adoption}.`,
  },
];
