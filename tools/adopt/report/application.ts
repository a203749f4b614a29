import { z } from "zod";
import { type AzureReader, AzureRefusal } from "../azureReader";

/** All that is there of an application, with nothing secret: a credential's value is nowhere to be read. */
export interface ApplicationReport {
  readonly clientId: string;
  readonly objectId: string;
  readonly displayName: string;
  readonly servicePrincipal: { readonly objectId: string; readonly enabled: boolean } | null;
  readonly passwords: readonly Credential[];
  readonly certificates: readonly Credential[];
  readonly federatedCredentials: readonly Federated[];
  readonly permissionsAsked: readonly Permission[];
  readonly permissionsGranted: readonly Granted[];
  readonly redirectUris: readonly string[];
  readonly owners: readonly Owner[];
  readonly servicePrincipalOwners: readonly Owner[];
  readonly roleAssignments: readonly RoleAssignment[];
  /** What could not be read, and why. */
  readonly unread: readonly string[];
}

interface Credential {
  readonly id: string;
  readonly displayName: string | null;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
}
interface Federated {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
}
interface Permission {
  readonly api: string;
  readonly permission: string;
  readonly kind: "application" | "delegated";
}
interface Granted {
  readonly id: string;
  readonly api: string;
  readonly permission: string;
  readonly kind: "application" | "delegated";
}
interface Owner {
  readonly objectId: string;
  readonly displayName: string;
}
interface RoleAssignment {
  readonly id: string;
  readonly role: string;
  readonly scope: string;
}

const text = z.string().nullish();
const credential = z
  .object({ keyId: z.string(), displayName: text, startDateTime: text, endDateTime: text })
  .transform(({ keyId, displayName, startDateTime, endDateTime }) => ({
    id: keyId,
    displayName: displayName ?? null,
    startsOn: startDateTime ?? null,
    endsOn: endDateTime ?? null,
  }));
const uris = z.object({ redirectUris: z.array(z.string()).default([]) }).nullish();
const application = z.object({
  id: z.string(),
  appId: z.string(),
  displayName: z.string(),
  passwordCredentials: z.array(credential).default([]),
  keyCredentials: z.array(credential).default([]),
  requiredResourceAccess: z
    .array(
      z.object({
        resourceAppId: z.string(),
        resourceAccess: z.array(z.object({ id: z.string(), type: z.enum(["Role", "Scope"]) })),
      }),
    )
    .default([]),
  web: uris,
  spa: uris,
  publicClient: uris,
});
const servicePrincipal = z.object({ id: z.string(), accountEnabled: z.boolean().nullish() });
const role = z.object({ id: z.string(), value: text });
const api = z.object({
  displayName: z.string(),
  appRoles: z.array(role).default([]),
  oauth2PermissionScopes: z.array(role).default([]),
});
const federated = z.object({ id: z.string(), name: z.string(), issuer: z.string(), subject: z.string() });
const owner = z
  .object({ id: z.string(), displayName: text })
  .transform(({ id, displayName }) => ({ objectId: id, displayName: displayName ?? "" }));
const appRoleAssignment = z.object({ id: z.string(), appRoleId: z.string(), resourceId: z.string() });
const delegatedGrant = z.object({ id: z.string(), resourceId: z.string(), scope: text });
const roleAssignment = z.object({
  id: z.string(),
  properties: z.object({ roleDefinitionId: z.string(), scope: z.string(), principalId: z.string() }),
});
const roleDefinition = z.object({ properties: z.object({ roleName: z.string() }) });

/**
 * Reads an application, its service principal, and what they hold.
 *
 * @param subscription where role assignments are looked for; undefined for nowhere
 * @returns undefined where no application of the tenant has the ID
 */
export async function readApplication(
  azure: AzureReader,
  clientId: string,
  subscription: string | undefined,
): Promise<ApplicationReport | undefined> {
  const found = await azure.graphList(`/applications?$filter=${encodeURIComponent(`appId eq '${clientId}'`)}`);
  const [app] = z.array(application).parse(found);
  if (!app) return undefined;
  const principals = await azure.graphList(
    `/servicePrincipals?$filter=${encodeURIComponent(`appId eq '${clientId}'`)}`,
  );
  const [principal] = z.array(servicePrincipal).parse(principals);
  const apis = new Apis(azure);
  const unread: string[] = [];
  return {
    clientId: app.appId,
    objectId: app.id,
    displayName: app.displayName,
    servicePrincipal: principal ? { objectId: principal.id, enabled: principal.accountEnabled ?? true } : null,
    passwords: app.passwordCredentials,
    certificates: app.keyCredentials,
    federatedCredentials: z
      .array(federated)
      .parse(await azure.graphList(`/applications/${app.id}/federatedIdentityCredentials`)),
    permissionsAsked: await asked(app.requiredResourceAccess, apis),
    permissionsGranted: principal ? await granted(azure, principal.id, apis, unread) : [],
    redirectUris: [app.web, app.spa, app.publicClient].flatMap((kind) => kind?.redirectUris ?? []),
    owners: z.array(owner).parse(await azure.graphList(`/applications/${app.id}/owners`)),
    servicePrincipalOwners: principal
      ? z.array(owner).parse(await azure.graphList(`/servicePrincipals/${principal.id}/owners`))
      : [],
    roleAssignments: principal ? await rolesOf(azure, principal.id, subscription, unread) : [],
    unread,
  };
}

async function asked(
  accesses: z.infer<typeof application>["requiredResourceAccess"],
  apis: Apis,
): Promise<Permission[]> {
  const all = accesses.map(async ({ resourceAppId, resourceAccess }) => {
    const known = await apis.of(`/servicePrincipals(appId='${resourceAppId}')`);
    return resourceAccess.map(({ id, type }) => ({
      api: known?.displayName ?? resourceAppId,
      permission: permissionName(known, id),
      kind: type === "Role" ? ("application" as const) : ("delegated" as const),
    }));
  });
  return (await Promise.all(all)).flat();
}

async function granted(azure: AzureReader, principalId: string, apis: Apis, unread: string[]): Promise<Granted[]> {
  const path = `/servicePrincipals/${principalId}`;
  const roles = z.array(appRoleAssignment).parse(await azure.graphList(`${path}/appRoleAssignments`));
  const delegated = await readable("delegated permissions that were consented to", unread, async () =>
    z.array(delegatedGrant).parse(await azure.graphList(`${path}/oauth2PermissionGrants`)),
  );
  const apiOf = async (resourceId: string): Promise<Api | undefined> => apis.of(`/servicePrincipals/${resourceId}`);
  const ofRoles = roles.map(async ({ id, appRoleId, resourceId }) => {
    const known = await apiOf(resourceId);
    const permission = permissionName(known, appRoleId);
    return [{ id, api: known?.displayName ?? resourceId, permission, kind: "application" as const }];
  });
  const ofScopes = delegated.map(async ({ id, scope, resourceId }) => {
    const known = await apiOf(resourceId);
    const words = (scope ?? "").split(" ").filter((word) => word !== "");
    return words.map((permission) => ({
      id,
      api: known?.displayName ?? resourceId,
      permission,
      kind: "delegated" as const,
    }));
  });
  return (await Promise.all([...ofRoles, ...ofScopes])).flat();
}

async function rolesOf(
  azure: AzureReader,
  principalId: string,
  subscription: string | undefined,
  unread: string[],
): Promise<RoleAssignment[]> {
  if (subscription === undefined) {
    unread.push("Azure role assignments: name the subscription, with --subscription or AZURE_SUBSCRIPTION_ID");
    return [];
  }
  const filter = encodeURIComponent(`principalId eq '${principalId}'`);
  const path = `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleAssignments`;
  return await readable("Azure role assignments", unread, async () => {
    const found = await azure.armList(`${path}?api-version=2022-04-01&$filter=${filter}`);
    return await Promise.all(
      z
        .array(roleAssignment)
        .parse(found)
        .map(async ({ id, properties: { roleDefinitionId, scope } }) => {
          const named = roleDefinition.safeParse(await azure.arm(`${roleDefinitionId}?api-version=2022-04-01`));
          return { id, role: named.data?.properties.roleName ?? roleDefinitionId, scope };
        }),
    );
  });
}

/** What takes a right of its own to read: where it is refused, the report says so, and goes on. */
async function readable<T>(what: string, unread: string[], read: () => Promise<T[]>): Promise<T[]> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AzureRefusal)) throw error;
    unread.push(`${what}: ${error.message}`);
    return [];
  }
}

type Api = z.infer<typeof api>;

const permissionName = (known: Api | undefined, id: string): string =>
  [...(known?.appRoles ?? []), ...(known?.oauth2PermissionScopes ?? [])].find((each) => each.id === id)?.value ?? id;

/** APIs by the path of their service principal, each read once. */
class Apis {
  private readonly read = new Map<string, Promise<Api | undefined>>();

  constructor(private readonly azure: AzureReader) {}

  of(path: string): Promise<Api | undefined> {
    const known = this.read.get(path) ?? this.azure.graph(path).then((found) => api.safeParse(found).data);
    this.read.set(path, known);
    return known;
  }
}
