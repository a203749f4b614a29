import { type Side, type Told } from "./events";
import { UNKNOWN } from "../../../support/engineMarks";

/** The moment that the tests review at. */
export const now = new Date("2030-04-05T00:00:00Z");

export const graph = "00000003-0000-0000-c000-000000000000";
export const permissionIds = {
  "User.Read.All": "df021288-bdef-4463-88db-98f22de89214",
  "GroupMember.Read.All": "98830695-27a2-44f7-8c18-0c3ebc9698f6",
  "Directory.ReadWrite.All": "19dbc75e-c2e2-444c-a770-ec69d8559fc7",
} as const;
export type Permission = keyof typeof permissionIds;

const roles = "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions";
export const roleIds = {
  blobReader: `${roles}/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1`,
  blobContributor: `${roles}/ba92f5b4-2d11-453d-a403-e96b0029c9fe`,
  secretsUser: `${roles}/4633458b-17de-408a-b874-0445c86b69e6`,
  owner: `${roles}/8e3af657-a8ff-443c-a75c-2fe8c4bcb635`,
} as const;

const provider = "/subscriptions/s/resourceGroups/rg-daemons/providers";
export const vaultId = `${provider}/Microsoft.KeyVault/vaults/kv-daemons1`;
export const accountId = `${provider}/Microsoft.Storage/storageAccounts/stdaemons1`;
export const reader = "1a7b8c2e-3f54-4609-9d8e-b2c1f0a6d573";
export const person = "5c7d9e1f-2a3b-4c5d-8e6f-7a8b9c0d1e2f";

/** A resource that is there before and after, with what differs in its inputs; `null` takes it away or adds it. */
const kept = (
  rest: Pick<Told, "type" | "name" | "parent">,
  side: Side,
  changed: Readonly<Record<string, unknown>> = {},
): Told => ({ ...rest, old: side, new: { ...side, inputs: { ...side.inputs, ...changed } } });

export const application = (permissions: readonly Permission[], next = permissions, owners = [person]): Told => {
  const asking = (names: readonly Permission[]) => ({
    requiredResourceAccesses: [
      { resourceAppId: graph, resourceAccesses: names.map((name) => ({ id: permissionIds[name], type: "Role" })) },
    ],
  });
  return kept(
    { type: "azuread:index/application:Application", name: "loader-application", parent: "loader" },
    {
      id: "/applications/app-object",
      inputs: { displayName: "Forecast loader", owners: [person], ...asking(permissions) },
      outputs: { clientId: "app-client", objectId: "app-object" },
    },
    { ...asking(next), owners },
  );
};

export const principal: Told = kept(
  { type: "azuread:index/servicePrincipal:ServicePrincipal", name: "loader-service-principal", parent: "loader" },
  {
    id: "/servicePrincipals/sp-object",
    inputs: { clientId: "app-client", owners: [person] },
    outputs: { objectId: "sp-object", clientId: "app-client" },
  },
);

export const grant = (permission: Permission): Side => ({
  inputs: { appRoleId: permissionIds[permission], principalObjectId: "sp-object", resourceObjectId: "graph-object" },
});

export const granted = (permission: Permission, sides: "kept" | "new" | "gone"): Told => ({
  type: "azuread:index/appRoleAssignment:AppRoleAssignment",
  name: `loader-graph-${permission}`,
  parent: "loader",
  ...(sides !== "new" && { old: grant(permission) }),
  ...(sides !== "gone" && { new: grant(permission) }),
});

export const role = (name: string, before: Side["inputs"], after: Side["inputs"]): Told => ({
  type: "azure-native:authorization:RoleAssignment",
  name,
  parent: "loader",
  ...(before && { old: { inputs: before } }),
  ...(after && { new: { inputs: after } }),
});

export const lakeScope = `${accountId}/blobServices/default/containers/forecasts`;
export const lakeRole = (roleDefinitionId: string, scope = lakeScope) => ({
  scope,
  roleDefinitionId,
  principalId: "sp-object",
  principalType: "ServicePrincipal",
});

export const fileSystem: Told = kept(
  { type: "azure-native:storage:BlobContainer", name: "stdaemons-forecasts" },
  { id: lakeScope, inputs: { containerName: "forecasts", publicAccess: "None" } },
);

const closed = {
  publicNetworkAccess: "enabled",
  enablePurgeProtection: true,
  enableSoftDelete: true,
  softDeleteRetentionInDays: 90,
};
const rules = (ranges: readonly string[], defaultAction = "Deny") => ({
  networkAcls: { defaultAction, bypass: "AzureServices", ipRules: ranges.map((value) => ({ value })) },
});

/** The vault, closed but for one range, and what changes of its properties. */
export const vault = (changed: Readonly<Record<string, unknown>> = {}, side: Side = {}): Told => ({
  ...kept(
    { type: "azure-native:keyvault:Vault", name: "kv-daemons" },
    { id: vaultId, inputs: { properties: { ...closed, ...rules(["203.0.113.0/24"]) } }, ...side },
    { properties: { ...closed, ...rules(["203.0.113.0/24"]), ...changed } },
  ),
});

export const openTo = (ranges: readonly string[], defaultAction?: string) => rules(ranges, defaultAction);

/** A client secret of the application. Without a second date it leaves; with another one it is replaced. */
export const password = (generation: number, endDate: string | undefined, next = endDate): Told => ({
  type: "azuread:index/applicationPassword:ApplicationPassword",
  name: `loader-generation-${generation}`,
  parent: "loader",
  ...(endDate !== undefined && {
    old: {
      inputs: { applicationId: "/applications/app-object", endDate },
      outputs: { startDate: "2030-01-01T00:00:00Z" },
    },
  }),
  ...(next !== undefined && { new: { inputs: { applicationId: "/applications/app-object", endDate: next } } }),
  ...(endDate !== undefined && next !== undefined && endDate !== next
    ? { ops: ["create-replacement", "replace", "delete-replaced"] as const, diffs: ["endDate"] }
    : {}),
});

/** A resource that leaves. */
export const gone = ({ type, name, parent, old }: Told): Told => ({
  type,
  name,
  ...(parent !== undefined && { parent }),
  ...(old && { old }),
});

/** A secret that leaves. */
export const revoked = (generation: number, endDate: string): Told => gone(password(generation, endDate));

export const credential: Told = kept(
  { type: "azure-native:keyvault:Secret", name: "loader-credential", parent: "loader" },
  {
    id: `${vaultId}/secrets/loader-credential`,
    inputs: {
      secretName: "loader-credential",
      vaultName: "kv-daemons1",
      properties: { attributes: { expires: Date.parse("2030-07-15T00:00:00Z") / 1000 }, value: "hidden-by-its-place" },
    },
  },
);

/** A daemon that is not there yet, with all that the components make of it. */
export function newDaemon(index: number): Told[] {
  const parent = `daemon-${index}`;
  const named = (type: string, label: string, inputs: Side["inputs"], from: Told["from"] = {}): Told => ({
    type,
    name: `${parent}-${label}`,
    parent,
    new: { ...(inputs && { inputs }) },
    from,
  });
  const registration = named("azuread:index/application:Application", "application", {
    displayName: `Daemon ${index}`,
    owners: [person],
    requiredResourceAccesses: [
      { resourceAppId: graph, resourceAccesses: [{ id: permissionIds["User.Read.All"], type: "Role" }] },
    ],
  });
  const servicePrincipal = named(
    "azuread:index/servicePrincipal:ServicePrincipal",
    "service-principal",
    { clientId: UNKNOWN },
    { clientId: registration },
  );
  const secret = named("azure-native:keyvault:Secret", "credential", { secretName: `${parent}-credential` });
  const role = (label: string, inputs: Side["inputs"]): Told =>
    named("azure-native:authorization:RoleAssignment", label, inputs, { principalId: servicePrincipal });
  return [
    registration,
    servicePrincipal,
    named(
      "azuread:index/appRoleAssignment:AppRoleAssignment",
      "graph",
      { appRoleId: permissionIds["User.Read.All"], principalObjectId: UNKNOWN },
      { principalObjectId: servicePrincipal },
    ),
    named(
      "azuread:index/applicationPassword:ApplicationPassword",
      "generation-0",
      { endDate: "2030-07-15T00:00:00Z" },
      { applicationId: registration },
    ),
    secret,
    role("lake-role", { ...lakeRole(roleIds.blobContributor), principalId: UNKNOWN }),
    role("reader", {
      scope: `${vaultId}/secrets/${parent}-credential`,
      roleDefinitionId: roleIds.secretsUser,
      principalId: reader,
      principalType: "Group",
    }),
  ];
}
