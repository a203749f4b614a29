import { lastPart } from "./resourceType";

// How the real provider names an object in its messages.

export const applicationWords = (path: string): string => `Application (Application: "${lastPart(path)}")`;

export const principalWords = (path: string): string => `Service Principal (Service Principal: "${lastPart(path)}")`;

/** @param id `/servicePrincipals/<object ID>/appRoleAssignedTo/<ID>` */
export function assignmentWords(id: string): string {
  const [, , principal = "", , assignment = ""] = id.split("/");
  const parts = `Service Principal: "${principal}"\nApp Role Assignment: "${assignment}"`;
  return `Service Principal Id App Role Assigned To (${parts})`;
}

export function federatedWords(applicationPath: string, id: string): string {
  const parts = `Application: "${lastPart(applicationPath)}"\nFederated Identity Credential: "${id}"`;
  return `Application Id Federated Identity Credential (${parts})`;
}
