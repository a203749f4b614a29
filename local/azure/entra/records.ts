/** A JSON value as Microsoft Graph writes it. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** A client secret. The value itself is never kept, only what it takes to recognize it. */
export interface PasswordRecord {
  readonly keyId: string;
  readonly displayName: string | null;
  readonly customKeyIdentifier: string | null;
  /** RFC 3339, UTC. */
  readonly startDateTime: string;
  readonly endDateTime: string;
  /** The first three characters of the value. */
  readonly hint: string;
  /** SHA-256 of the value, base64url. */
  readonly digest: string;
}

/** A certificate that its holder's client assertions are checked against. */
export interface KeyRecord {
  readonly keyId: string;
  readonly type: string;
  readonly usage: string;
  readonly displayName: string | null;
  /** Upper-case hexadecimal; the SHA-1 thumbprint unless the owner chose another. */
  readonly customKeyIdentifier: string | null;
  readonly startDateTime: string;
  readonly endDateTime: string;
  /** The public certificate, DER in base64. */
  readonly key: string;
}

export interface FederatedCredentialRecord {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
  readonly description: string | null;
  readonly audiences: readonly string[];
}

/** What every object of the directory has. */
export interface DirectoryObjectRecord {
  /** Object ID. */
  readonly id: string;
  /** When the object went to the deleted items; null while it lives. */
  readonly deletedDateTime: string | null;
  /** Its other properties, in Microsoft Graph's names and shapes. */
  readonly properties: JsonObject;
}

/** What can sign in: an application, and a service principal by credentials of its own. */
interface CredentialHolder {
  readonly passwords: readonly PasswordRecord[];
  readonly keys: readonly KeyRecord[];
  readonly federatedCredentials: readonly FederatedCredentialRecord[];
}

export interface ApplicationRecord extends DirectoryObjectRecord, CredentialHolder {
  readonly appId: string;
  /** Object IDs of users and service principals. */
  readonly owners: readonly string[];
}

export interface ServicePrincipalRecord extends DirectoryObjectRecord, Partial<CredentialHolder> {
  readonly appId: string;
  readonly servicePrincipalType: "Application" | "ManagedIdentity";
  readonly accountEnabled: boolean;
  readonly owners: readonly string[];
}

export type UserRecord = DirectoryObjectRecord;

/** A security group. */
export interface GroupRecord extends DirectoryObjectRecord {
  /** Object IDs of users, service principals and groups. */
  readonly members: readonly string[];
  /** Object IDs of users and service principals. */
  readonly owners: readonly string[];
}

/** Delegated permissions that were consented to. */
export interface DelegatedGrantRecord {
  readonly id: string;
  /** Object ID of the service principal that may act. */
  readonly clientId: string;
  readonly consentType: "AllPrincipals" | "Principal";
  /** Object ID of the user that it may act for; null: for all. */
  readonly principalId: string | null;
  /** Object ID of the service principal of the API. */
  readonly resourceId: string;
  /** Names of permissions, with spaces between. */
  readonly scope: string;
}

/** An app role that a principal holds on a resource: admin consent, for Microsoft Graph's own roles. */
export interface AppRoleAssignmentRecord {
  readonly id: string;
  readonly appRoleId: string;
  readonly principalId: string;
  readonly resourceId: string;
  /** With seven decimals, as Microsoft Graph writes it. */
  readonly createdDateTime: string;
}

/** An app role as applications and service principals define it. */
export interface AppRole extends JsonObject {
  readonly id: string;
  readonly value: string | null;
  readonly displayName: string;
  readonly description: string;
  readonly allowedMemberTypes: readonly string[];
  readonly isEnabled: boolean;
}
