import type { AzureReader } from "../azureReader";
import { armTemplates } from "./armTemplates";
import { findApplication, findAppRoleAssignment, findFederatedCredential, findServicePrincipal } from "./graphFinders";
import { isKnown, type Inputs, textIn } from "./inputs";
import { findRoleAssignment } from "./roleAssignments";
import type { Finder, Sought } from "./sought";

/** Kinds that are found by what they are, as their IDs are Azure's own. */
const finders: Readonly<Record<string, { readonly needs: readonly string[]; readonly find: Finder }>> = {
  "azuread:index/application:Application": { needs: ["displayName"], find: findApplication },
  "azuread:index/servicePrincipal:ServicePrincipal": { needs: ["clientId"], find: findServicePrincipal },
  "azuread:index/appRoleAssignment:AppRoleAssignment": {
    needs: ["principalObjectId", "resourceObjectId", "appRoleId"],
    find: findAppRoleAssignment,
  },
  "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential": {
    needs: ["applicationId", "issuer", "subject"],
    find: findFederatedCredential,
  },
  "azure-native:authorization:RoleAssignment": {
    needs: ["scope", "roleDefinitionId", "principalId"],
    find: findRoleAssignment,
  },
};

/** Kinds whose state holds what nobody can read back. */
const unreadable: Readonly<Record<string, string>> = {
  "azuread:index/applicationPassword:ApplicationPassword":
    "a client secret's value can't be read back; up makes a new one beside those that are there",
  "azuread:index/applicationCertificate:ApplicationCertificate":
    "a certificate can't be read back; up adds it; first remove an equal one that was added by hand",
  "azure-native:keyvault:Secret": "a secret's value can't be read back; up writes a new version",
};

/** Looks for what the engine would create. */
export async function find(type: string, inputs: Inputs, subscription: string, azure: AzureReader): Promise<Sought> {
  const reason = unreadable[type];
  if (reason !== undefined) return { reason };
  const finder = finders[type];
  const template = armTemplates[type];
  const needs = finder?.needs ?? template?.needs;
  if (needs === undefined) return { reason: "this type is not supported; write its ID into the file by hand" };
  const pending = needs.filter((input) => !isKnown(inputs[input]));
  if (pending.length > 0) return { waits: true, reason: `waits for its ${pending.join(", ")}` };
  if (finder) return await finder.find(inputs, azure);
  if (!template) return { reason: "this type is not supported; write its ID into the file by hand" };
  const id = template.id((input) => textIn(inputs, input), subscription);
  const found = await azure.arm(`${id}?api-version=${template.apiVersion}`);
  return found === undefined ? { reason: `nothing is at ${id}` } : { id };
}
