/** Azure roles from which a holder can reach any other right: never for a workload above a single resource. */
export const privilegedRoles: ReadonlyMap<string, string> = new Map([
  ["8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner"],
  ["b24988ac-6180-42a0-ab88-20f7382dd24c", "Contributor"],
  ["18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "User Access Administrator"],
  ["f58310d9-a9f6-439a-9e8d-f62e7b41a168", "Role Based Access Control Administrator"],
  ["e40ec5ca-96e0-45a2-b4ff-59039f2c2b59", "Managed Identity Contributor"],
  ["f1a07417-d97a-45cb-824c-7a7467783830", "Managed Identity Operator"],
  ["7e559ce2-48d7-4b27-9128-fa1b247f1308", "Managed Identity Federated Identity Credential Contributor"],
  ["36243c78-bf99-498c-9df9-86d9f8d28608", "Resource Policy Contributor"],
  ["fb1c8493-542b-48eb-b624-b4c8fea62acd", "Security Admin"],
  ["9980e02c-c2be-4d73-94e8-173b1dc7cf3c", "Virtual Machine Contributor"],
  ["f353d9bd-d4a6-484e-a77a-8050b599b867", "Automation Contributor"],
  ["b78c5d69-af96-48a3-bf8d-a8b4d589de94", "Azure AI Administrator"],
  ["25fbc0a9-bd7c-42a3-aa1a-3b75d497ee68", "Cognitive Services Contributor"],
  ["87a39d53-fc1b-424a-814c-f7e04687dc9e", "Logic App Contributor"],
  ["de139f84-1756-47ae-9be6-808fbbe84772", "Website Contributor"],
]);

/** Roles that hand out rights themselves. */
export const grantingRoles = {
  owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  userAccessAdministrator: "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
  rbacAdministrator: "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
} as const;

export const contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";

/** Control-plane roles from which a holder takes the keys to the data. */
export const keyHoldingRoles: ReadonlyMap<string, string> = new Map([
  ["17d1049b-9a84-46fb-8f53-869881c3d3ab", "Storage Account Contributor"],
  ["81a9662b-bebf-436f-a333-f67b29880f12", "Storage Account Key Operator Service Role"],
  ["f25e0fa2-a7c8-4377-a976-54943a77a395", "Key Vault Contributor"],
  ["00482a5a-887f-4fb3-b363-3b7fe8e74483", "Key Vault Administrator"],
  ["8b54135c-b56d-4d72-a534-26097cfdc8d8", "Key Vault Data Access Administrator"],
]);

/** Roles on the data of a lake, of which a daemon needs one. */
export const lakeDataRoles: ReadonlyMap<string, string> = new Map([
  ["2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", "Storage Blob Data Reader"],
  ["ba92f5b4-2d11-453d-a403-e96b0029c9fe", "Storage Blob Data Contributor"],
  ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "Storage Blob Data Owner"],
]);

/** Roles that fit a daemon's needs. */
export const fittingRoles: ReadonlyMap<string, string> = new Map([
  ["b86a8fe4-44ce-4948-aee5-eccb2c155cd7", "Key Vault Secrets Officer"],
  ["4633458b-17de-408a-b874-0445c86b69e6", "Key Vault Secrets User"],
  ["db79e9a7-68ee-4b58-9aeb-b90e7c24fcba", "Key Vault Certificate User"],
  ["21090545-7ca7-4776-b22c-e363652d74d2", "Key Vault Reader"],
  ["2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", "Storage Blob Data Reader"],
  ["ba92f5b4-2d11-453d-a403-e96b0029c9fe", "Storage Blob Data Contributor"],
  ["f6c7c914-8db3-469d-8ca1-694a8f32e121", "AzureML Data Scientist"],
  ["e503ece1-11d0-4e8e-8e2c-7a6c3bf38815", "AzureML Compute Operator"],
  ["acdd72a7-3385-48ef-bd42-f606fba81ae7", "Reader"],
  ["7f951dda-4ed3-4680-a7ca-43fe172d538d", "AcrPull"],
  ["8311e382-0749-4cb8-b61a-304f252e45ec", "AcrPush"],
]);

/** The role's ID: the last part of a role definition's resource ID, in lower case. */
export const roleId = (roleDefinitionId: string): string => (roleDefinitionId.split("/").pop() ?? "").toLowerCase();

const names = new Map([...privilegedRoles, ...keyHoldingRoles, ...lakeDataRoles, ...fittingRoles]);

/** A built-in role's name, or its ID where the name is not known here. */
export const roleName = (id: string): string => names.get(id) ?? id;
