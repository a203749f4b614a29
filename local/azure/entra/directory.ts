import type { Clock } from "../clock";
import { tenant } from "../landingZone/layout";
import type { Collection, Collections } from "../store/store";
import { DirectoryObjects } from "./directoryObjects";
import { Groups } from "./groups";
import type {
  AppRole,
  AppRoleAssignmentRecord,
  ApplicationRecord,
  DelegatedGrantRecord,
  FederatedCredentialRecord,
  JsonObject,
  ServicePrincipalRecord,
  UserRecord,
} from "./records";

/** A principal that roles can be assigned to. */
export interface DirectoryPrincipal {
  readonly objectId: string;
  readonly kind: "ServicePrincipal" | "User" | "Group";
  readonly displayName: string;
  /** Application (client) ID, of a service principal. */
  readonly appId?: string;
}

export interface Tenant {
  readonly id: string;
  readonly displayName: string;
  readonly initialDomain: string;
  readonly domain: string;
}

/** Who exists in the tenant: applications, service principals, users, and the app roles they hold. */
export class Directory {
  readonly tenant: Tenant = tenant;
  readonly applications: DirectoryObjects<ApplicationRecord>;
  readonly servicePrincipals: DirectoryObjects<ServicePrincipalRecord>;
  readonly users: DirectoryObjects<UserRecord>;
  readonly groups: Groups;
  readonly appRoleAssignments: Collection<AppRoleAssignmentRecord>;
  readonly delegatedGrants: Collection<DelegatedGrantRecord>;
  /** Workloads that are trusted to sign in as a managed identity, by the object ID of its service principal. */
  readonly identityFederation: Collection<readonly FederatedCredentialRecord[]>;

  constructor(
    store: Collections,
    readonly clock: Clock,
  ) {
    this.applications = new DirectoryObjects(store.collection("entra.applications"), clock);
    this.servicePrincipals = new DirectoryObjects(store.collection("entra.servicePrincipals"), clock);
    this.users = new DirectoryObjects(store.collection("entra.users"), clock);
    this.groups = new Groups(store, clock);
    this.identityFederation = store.collection("entra.identityFederation");
    this.appRoleAssignments = store.collection("entra.appRoleAssignments");
    this.delegatedGrants = store.collection("entra.delegatedGrants");
  }

  /** A principal that is not deleted. */
  principal(objectId: string): DirectoryPrincipal | undefined {
    const servicePrincipal = this.servicePrincipals.get(objectId);
    if (servicePrincipal !== undefined) {
      return this.describe(servicePrincipal);
    }
    const user = this.users.get(objectId);
    const found = user ?? this.groups.get(objectId);
    return (
      found && {
        objectId: found.id,
        kind: user === undefined ? "Group" : "User",
        displayName: text(found.properties, "displayName"),
      }
    );
  }

  servicePrincipalByAppId(appId: string): DirectoryPrincipal | undefined {
    const found = this.servicePrincipals.byAppId(appId);
    return found && this.describe(found);
  }

  /** The app roles that a service principal offers: its application's, or a Microsoft service's own. */
  appRolesOf(servicePrincipal: ServicePrincipalRecord): readonly AppRole[] {
    const source = this.applications.byAppId(servicePrincipal.appId) ?? servicePrincipal;
    return (source.properties["appRoles"] ?? []) as unknown as readonly AppRole[];
  }

  /** A service principal's name: its application's, where the tenant has the application. */
  displayNameOf(servicePrincipal: ServicePrincipalRecord): string {
    const source = this.applications.byAppId(servicePrincipal.appId) ?? servicePrincipal;
    return text(source.properties, "displayName");
  }

  /** The names that tokens for a service principal can be asked for by. */
  namesOf(servicePrincipal: ServicePrincipalRecord): readonly string[] {
    const application = this.applications.byAppId(servicePrincipal.appId);
    const own = servicePrincipal.properties["servicePrincipalNames"] ?? [];
    const uris = application?.properties["identifierUris"] ?? [];
    return application === undefined ? (own as readonly string[]) : [application.appId, ...(uris as readonly string[])];
  }

  /** Drops what goes with a service principal: the app roles and permissions that it holds or gave, its groups. */
  dropGrants(principalId: string): void {
    for (const assignment of [...this.appRoleAssignments.values()]) {
      if (assignment.principalId === principalId || assignment.resourceId === principalId) {
        this.appRoleAssignments.delete(assignment.id);
      }
    }
    for (const grant of [...this.delegatedGrants.values()]) {
      if (grant.clientId === principalId || grant.resourceId === principalId) {
        this.delegatedGrants.delete(grant.id);
      }
    }
    this.groups.forget(principalId);
  }

  private describe(servicePrincipal: ServicePrincipalRecord): DirectoryPrincipal {
    return {
      objectId: servicePrincipal.id,
      kind: "ServicePrincipal",
      displayName: this.displayNameOf(servicePrincipal),
      appId: servicePrincipal.appId,
    };
  }
}

const text = (properties: JsonObject, name: string): string => {
  const value = properties[name];
  return typeof value === "string" ? value : "";
};
