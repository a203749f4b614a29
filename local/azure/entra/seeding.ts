import type { ApplicationRecord } from "./records";
import type { Directory } from "./directory";
import { recordPassword } from "./credentials/password";
import { tenantGuid } from "./wellKnown/tenantGuid";
import { microsoftGraphAppId } from "./wellKnown/firstPartyPrincipals";
import { assignAppRole } from "./appRoles";

export interface UserSeed {
  readonly objectId: string;
  readonly displayName: string;
  readonly givenName: string;
  readonly surname: string;
  /** For example `adele.vance@contoso.example`; also the mail address. */
  readonly userPrincipalName: string;
  readonly jobTitle?: string;
  /** @default "Member" */
  readonly userType?: "Member" | "Guest";
  /** @default the user principal name; a guest's own address */
  readonly mail?: string;
}

export interface ApplicationSeed {
  readonly clientId: string;
  /** Object ID of the service principal. */
  readonly objectId: string;
  readonly displayName: string;
  /** A client secret without a practical end. Left out: the application has none. */
  readonly secret?: string;
  /** Microsoft Graph application permissions, by name, that admin consent is given for. */
  readonly graphAppRoles: readonly string[];
}

const secretLifetimeYears = 99;

const secondsOf = (moment: Date): string => moment.toISOString().replace(/\.\d+Z$/, "Z");

/** Makes a user who is there from the start. Idempotent by object ID. */
export function seedUser(directory: Directory, seed: UserSeed): void {
  if (directory.users.get(seed.objectId) !== undefined) {
    return;
  }
  directory.users.put({
    id: seed.objectId,
    deletedDateTime: null,
    properties: {
      businessPhones: [],
      createdDateTime: secondsOf(directory.clock.now()),
      displayName: seed.displayName,
      givenName: seed.givenName,
      jobTitle: seed.jobTitle ?? null,
      mail: seed.mail ?? seed.userPrincipalName,
      mobilePhone: null,
      officeLocation: null,
      preferredLanguage: null,
      surname: seed.surname,
      userPrincipalName: seed.userPrincipalName,
      userType: seed.userType ?? "Member",
      accountEnabled: true,
    },
  });
}

/** Makes an application with its service principal, secret and admin consent. Idempotent by client ID. */
export function seedApplication(directory: Directory, seed: ApplicationSeed): void {
  const existing = directory.applications.byAppId(seed.clientId);
  if (existing !== undefined) {
    renewSecret(directory, existing, seed.secret);
    return;
  }
  const now = directory.clock.now();
  const created = secondsOf(now);
  const end = new Date(now);
  end.setUTCFullYear(end.getUTCFullYear() + secretLifetimeYears);
  const password = {
    keyId: secretKeyId(seed.clientId),
    displayName: "landing zone",
    customKeyIdentifier: null,
    startDateTime: created,
    endDateTime: end.toISOString(),
  };
  directory.applications.put({
    id: tenantGuid(`application ${seed.clientId}`),
    appId: seed.clientId,
    deletedDateTime: null,
    owners: [],
    passwords: seed.secret === undefined ? [] : [recordPassword(password, seed.secret)],
    keys: [],
    federatedCredentials: [],
    properties: { displayName: seed.displayName, createdDateTime: created, signInAudience: "AzureADMyOrg" },
  });
  directory.servicePrincipals.put({
    id: seed.objectId,
    appId: seed.clientId,
    deletedDateTime: null,
    servicePrincipalType: "Application",
    accountEnabled: true,
    owners: [],
    properties: { displayName: seed.displayName, createdDateTime: created },
  });
  for (const value of seed.graphAppRoles) {
    const graph = directory.servicePrincipals.byAppId(microsoftGraphAppId);
    const role = graph && directory.appRolesOf(graph).find((candidate) => candidate.value === value);
    if (graph === undefined || role === undefined) {
      throw new Error(`Microsoft Graph has no application permission "${value}" in local Azure's catalogue.`);
    }
    assignAppRole(directory, { principalId: seed.objectId, resourceId: graph.id, appRoleId: role.id });
  }
}

const secretKeyId = (clientId: string): string => tenantGuid(`secret of ${clientId}`);

/** Gives an application of an earlier landing zone the secret that it has in this one, unless someone has removed it. */
function renewSecret(directory: Directory, application: ApplicationRecord, secret: string | undefined): void {
  if (secret === undefined) return;
  const keyId = secretKeyId(application.appId);
  const passwords = application.passwords.map((each) => (each.keyId === keyId ? recordPassword(each, secret) : each));
  directory.applications.put({ ...application, passwords });
}
