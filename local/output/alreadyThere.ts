import type { Diagnostic } from "./operationLog";

interface AlreadyThere {
  readonly message: RegExp;
  /** Types of the resources that it is about; every type where there are none. */
  readonly types?: readonly string[];
  readonly remedy: string;
}

const exists = /cannot create already existing resource|A resource with the ID "[^"]*" already exists/;
const taken = "The name is taken in all of Azure, by somebody else's or by one of another subscription:";
const adoption = "(docs/how-to/adoption.md)";

/** What Azure has already, by how its services and the providers say so, and the way on for each. The first that fits counts. */
const kinds: readonly AlreadyThere[] = [
  {
    message: /Permission being assigned already exists on the object/,
    remedy: `The permission was granted by hand before: import the grant, or set consent: external ${adoption}.`,
  },
  {
    message: /Code="RoleAssignmentExists"/,
    remedy: `The role was assigned by hand before: import the assignment, or delete it ${adoption}.`,
  },
  {
    message: /cannot create already existing resource '[^']*\/roleAssignments\//i,
    remedy: `The role assignment stands in Azure, and Pulumi's state does not have it: import it, or delete it ${adoption}.`,
  },
  {
    message: /cannot create already existing resource '[^']*\/vaults\/[^']*\/secrets\//i,
    remedy:
      "The vault has the secret, and Pulumi's state has not: run the command that npx daemon-access credentials recover prints for it.",
  },
  {
    message: /Code="VaultAlreadyExists"/,
    remedy: `${taken} set vault.name to another, or leave it out. A vault that is yours is taken as it is by vault.existing.`,
  },
  {
    message: /cannot create already existing resource '[^']*\/Microsoft\.KeyVault\/vaults\/[^/']*'/i,
    remedy: `The resource group has a vault of this name: import it ${adoption}, take it as it is by vault.existing, or set vault.name to another.`,
  },
  {
    message: /Code="StorageAccountAlreadyTaken"/,
    remedy: `${taken} set lake.accountName to another, or leave it out. An account that is yours is taken as it is by lake.existing.`,
  },
  {
    message:
      /cannot create already existing resource '[^']*\/storageAccounts\/[^/']*'|Code="StorageAccountInAnotherResourceGroup"/i,
    remedy: `The subscription has an account of this name: import it ${adoption}, take it as it is by lake.existing, or set lake.accountName to another.`,
  },
  {
    message: /prevent_duplicate_names/,
    remedy: `The directory has an application of this name: import it, or set another displayName; a daemon runs on one that is already there by existing ${adoption}.`,
  },
  {
    message: exists,
    types: ["azuread.ServicePrincipal"],
    remedy: `The application has its service principal already, as an administrator's consent or a portal makes it: import it ${adoption}.`,
  },
  {
    message: exists,
    types: ["azuread.ApplicationCertificate"],
    remedy: `The application has the certificate already: import it, or delete it there ${adoption}.`,
  },
  { message: exists, remedy: `It was made by hand before: import it, or take another name ${adoption}.` },
];

/** What to do where Azure has already what was to be created; undefined for any other error. */
export function remedyForExisting({ type, message }: Diagnostic): string | undefined {
  const fits = ({ message: pattern, types }: AlreadyThere): boolean =>
    pattern.test(message) && (types === undefined || (type !== undefined && types.includes(type)));
  return kinds.find(fits)?.remedy;
}
