import { resourceGroupId, resourceGroups, subscription } from "../../../local/azure/landingZone/layout";
import type { LocalAzureForTests } from "../../support/localAzure";

const arm = "https://management.azure.com";
const graph = "https://graph.microsoft.com";
const group = resourceGroupId(resourceGroups.daemons);
const workspaces = resourceGroupId(resourceGroups.machineLearning);

interface Found {
  readonly id: string;
  readonly name: string;
}
interface Application extends Found {
  readonly appId: string;
  readonly displayName: string;
}

/** What moves by itself, or is told by something else. */
const volatile =
  /^(@odata\S*|etag|systemData|createdDateTime|createdOn|updatedOn|createdBy|updatedBy|resourceGuid|keyId|customKeyIdentifier|secretUri\w*|created|updated|creationTime|lastModified\w*|accountId|clientId|principalId|networkInterfaces|customDnsConfigs|recordSets|privateEndpointConnections|kind|type|location|primaryEndpoints|hint|version|startDateTime|nbf|lastEnabledTime|ipAddresses|web|api|info|publicClient|spa|keyCreationTime)$/;

/** What is in Azure of a stack, as lines "what path = value" in an order of their own. */
export async function inventory(local: LocalAzureForTests): Promise<string[]> {
  const read = async (path: string, version: string): Promise<unknown> => {
    const url = `${arm}${path}${path.includes("?") ? "&" : "?"}api-version=${version}`;
    const { status, body } = await local.call("administrator", `${arm}/.default`, "GET", url);
    if (status === 404) return { value: [] };
    if (status !== 200) throw new Error(`${url}: ${status} ${JSON.stringify(body)}`);
    return body;
  };
  const list = async <T = Found>(path: string, version: string): Promise<T[]> =>
    ((await read(path, version)) as { value?: T[] }).value ?? [];
  const inGraph = async <T>(path: string): Promise<T[]> => {
    const { body } = await local.call("administrator", `${graph}/.default`, "GET", `${graph}/v1.0${path}`);
    return (body as { value?: T[] }).value ?? [];
  };
  const lines: string[] = [];
  const tell = (what: string, value: unknown): void => {
    for (const [path, text] of flat(value, "")) lines.push(`${what} ${path} = ${text}`);
  };

  for (const vault of await list(`${group}/providers/Microsoft.KeyVault/vaults`, "2024-11-01")) {
    tell(`vault ${vault.name}`, vault);
    for (const secret of await list(`${vault.id}/secrets`, "2024-11-01"))
      tell(`secret ${secret.name}`, { ...secret, at: vault.name });
    for (const each of await list(`${vault.id}/providers/Microsoft.Insights/diagnosticSettings`, "2021-05-01-preview"))
      tell("vault's diagnostics", each);
  }
  for (const account of await list(`${group}/providers/Microsoft.Storage/storageAccounts`, "2024-01-01")) {
    tell(`account ${account.name}`, account);
    const blobs = `${account.id}/blobServices/default`;
    tell(`blobs of ${account.name}`, await read(blobs, "2024-01-01"));
    for (const each of await list(`${blobs}/containers`, "2024-01-01"))
      tell(`file system ${each.name}`, { at: account.name });
    for (const each of await list(`${blobs}/providers/Microsoft.Insights/diagnosticSettings`, "2021-05-01-preview"))
      tell("lake's diagnostics", each);
    tell("lifecycle", await read(`${account.id}/managementPolicies/default`, "2024-01-01"));
  }
  for (const each of await list(`${group}/providers/Microsoft.DataLakeStore/accounts`, "2016-11-01"))
    tell(`Gen1 account ${each.name}`, await read(each.id, "2016-11-01"));
  for (const endpoint of await list(`${group}/providers/Microsoft.Network/privateEndpoints`, "2024-05-01")) {
    tell(`endpoint ${endpoint.name}`, endpoint);
    for (const each of await list(`${endpoint.id}/privateDnsZoneGroups`, "2024-05-01"))
      tell(`zones of ${endpoint.name}`, each);
  }
  const identities = await list<Found & { properties: { principalId: string; clientId: string } }>(
    `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`,
    "2023-01-31",
  );
  for (const identity of identities) {
    tell(`identity ${identity.name}`, { tags: (identity as { tags?: unknown }).tags ?? {}, is: "there" });
    for (const each of await list(`${identity.id}/federatedIdentityCredentials`, "2023-01-31"))
      tell(`trust ${identity.name}/${each.name}`, each);
  }
  for (const lock of await list<{ id: string }>(`${group}/providers/Microsoft.Authorization/locks`, "2020-05-01"))
    tell("lock", { at: lock.id });
  for (const role of await list<{ properties: unknown }>(
    `${workspaces}/providers/Microsoft.Authorization/roleDefinitions?$filter=type eq 'CustomRole'`,
    "2022-04-01",
  ))
    tell("role", { name: (role.properties as { roleName: string }).roleName });

  const names = new Map(identities.map(({ name, properties }) => [properties.principalId, name]));
  for (const application of await inGraph<Application>("/applications")) {
    if (application.displayName.startsWith("landing-zone-")) continue;
    tell(`application ${application.displayName}`, application);
    names.set(application.appId, `${application.displayName}'s client`);
    for (const owner of await inGraph<{ id: string }>(`/applications/${application.id}/owners`))
      tell(`application ${application.displayName}`, { owner: { [owner.id]: "yes" } });
    for (const each of await inGraph<Found>(`/applications/${application.id}/federatedIdentityCredentials`))
      tell(`trust ${application.displayName}/${each.name}`, each);
    for (const principal of await inGraph<{ id: string }>(
      `/servicePrincipals?$filter=appId eq '${application.appId}'`,
    )) {
      names.set(principal.id, application.displayName);
      for (const grant of await inGraph<{ appRoleId: string }>(`/servicePrincipals/${principal.id}/appRoleAssignments`))
        tell(`grant to ${application.displayName}`, { appRoleId: grant.appRoleId });
    }
  }
  interface Assignment {
    readonly properties: Readonly<Record<"scope" | "principalId" | "principalType" | "roleDefinitionId", string>>;
  }
  for (const { properties } of await list<Assignment>(
    `/subscriptions/${subscription.id}/providers/Microsoft.Authorization/roleAssignments`,
    "2022-04-01",
  )) {
    const { scope, principalId, principalType, roleDefinitionId } = properties;
    const place = scope.split("/").slice(-2).join("/");
    lines.push(`role of ${principalId} at ${place} = ${roleDefinitionId.split("/").at(-1) ?? ""} (${principalType})`);
  }
  return lines.map((line) => readable(line, names)).sort();
}

/** Without what autonaming adds, and with names for the IDs of what the stack has made. */
function readable(line: string, names: ReadonlyMap<string, string>): string {
  const plain = line.replaceAll(/((?:kv|st|dl)-?daemons(?:-[a-z]+-endpoint)?|-identity)[0-9a-f]{8}/g, "$1");
  return [...names].reduce((text, [id, name]) => text.replaceAll(id, name), plain);
}

/** Leaves by path; elements of lists that have names by these, others by their place. */
function flat(value: unknown, path: string): [path: string, text: string][] {
  if (value === null || value === undefined) return [];
  if (typeof value !== "object") return [[path, JSON.stringify(value).replaceAll('"', "")]];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    if (volatile.test(key) || (key === "id" && path === "")) return [];
    const named = Array.isArray(value) ? nameOf(inner) : undefined;
    return flat(inner, path === "" ? key : `${path}.${named ?? key}`);
  });
}

const nameOf = (value: unknown): string | undefined => {
  const name: unknown = typeof value === "object" && value !== null ? Reflect.get(value, "name") : undefined;
  return typeof name === "string" ? name : undefined;
};
