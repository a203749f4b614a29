import { ofInput } from "./ofInput";

/** The words of resource IDs that differ from their lower case, as Azure spells them. */
const words: ReadonlyMap<string, string> = new Map(
  [
    "resourceGroups",
    "Microsoft.Authorization",
    "roleDefinitions",
    "Microsoft.ContainerRegistry",
    "Microsoft.DataLakeStore",
    "Microsoft.KeyVault",
    "Microsoft.MachineLearningServices",
    "onlineEndpoints",
    "Microsoft.ManagedIdentity",
    "userAssignedIdentities",
    "Microsoft.Network",
    "privateDnsZones",
    "virtualNetworks",
    "Microsoft.OperationalInsights",
    "Microsoft.Storage",
    "storageAccounts",
  ].map((word) => [word.toLowerCase(), word]),
);

/**
 * A GUID or a resource ID in the one spelling that is handed to Azure. Azure reads IDs in any letter case, and the providers
 * compare them letter by letter: a second spelling would be a change, or a second resource of the same name.
 */
export const oneSpelling = (id: string): string =>
  id
    .split("/")
    .map((segment) => words.get(segment.toLowerCase()) ?? segment.toLowerCase())
    .join("/");

/** The same of an input. What is plain stays plain, and shows in a preview. */
export const spelled = ofInput(oneSpelling);
