import { randomUUID } from "node:crypto";
import {
  type IdentityName,
  identities,
  location,
  resourceGroupId,
  resourceGroups,
  tenant,
  workspaceId,
} from "../../local/azure/landingZone/layout";
import type { Credential, GraphAccess } from "../../tools/verify/credential";
import type { LocalAzureForTests } from "./localAzure";

const arm = "https://management.azure.com";
const graph = "https://graph.microsoft.com/v1.0";
const vault = "kv-verify-tests";
const account = "stverifytests";
const fileSystem = "forecasts";
const group = resourceGroupId(resourceGroups.daemons);
const vaultId = `${group}/providers/Microsoft.KeyVault/vaults/${vault}`;
const accountId = `${group}/providers/Microsoft.Storage/storageAccounts/${account}`;
const fileSystemId = `${accountId}/blobServices/default/containers/${fileSystem}`;

export const vaultUrl = `https://${vault}.vault.azure.net`;
export const userReadAll = "df021288-bdef-4463-88db-98f22de89214";

const roles = {
  keyVaultSecretsUser: "4633458b-17de-408a-b874-0445c86b69e6",
  storageBlobDataContributor: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
  azureMlDataScientist: "f6c7c914-8db3-469d-8ca1-694a8f32e121",
} as const;

export interface DeliveryOptions {
  readonly daemon: string;
  /** "grant" gives the permission too. */
  readonly consent: GraphAccess["consent"];
  /** @default a month after the test clock's start */
  readonly expiresOn?: string;
}

/** The credential of a daemon with a client secret. */
export type SecretCredential = Credential & { readonly clientSecret: string; readonly notBefore: string };

/** A daemon as the stack would leave it, and the means to break it. */
export interface Delivery {
  readonly credential: SecretCredential;
  readonly servicePrincipalId: string;
  /** ARM IDs of its role assignments. */
  readonly assignments: { readonly lake: string; readonly workspace: string; readonly reader: string };
}

/** A user-assigned managed identity, as Azure Resource Manager tells it. */
export interface ManagedIdentityIds {
  readonly resourceId: string;
  readonly clientId: string;
  readonly principalId: string;
}

/** Makes requests to local Azure as the administrator. */
export class Administrator {
  private readonly stored = new Set<string>();

  constructor(private readonly azure: LocalAzureForTests) {}

  /** @throws Error with the service's answer, for any status that is no success */
  async arm(method: string, id: string, apiVersion: string, body?: unknown): Promise<unknown> {
    const url = `${arm}${id}?api-version=${apiVersion}`;
    let reply = await this.azure.call("administrator", `${arm}/.default`, method, url, body);
    for (let next = reply.headers.get("location"); reply.status === 202 && next !== null;) {
      reply = await this.azure.call("administrator", `${arm}/.default`, "GET", next);
    }
    return succeeded(`${method} ${url}`, reply);
  }

  async graph(method: string, path: string, body?: unknown): Promise<Record<string, string>> {
    const url = `${graph}${path}`;
    const reply = await this.azure.call("administrator", "https://graph.microsoft.com/.default", method, url, body);
    return succeeded(`${method} ${url}`, reply) as Record<string, string>;
  }

  /** Makes a user-assigned managed identity beside the daemons' resources. */
  async managedIdentity(name: string): Promise<ManagedIdentityIds> {
    const resourceId = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
    const made = (await this.arm("PUT", resourceId, "2023-01-31", { location })) as {
      readonly properties: { readonly clientId: string; readonly principalId: string };
    };
    const { clientId, principalId } = made.properties;
    return { resourceId, clientId, principalId };
  }

  /** Gives User.Read.All, as an administrator who consents does. */
  async consent(servicePrincipalId: string): Promise<void> {
    const { id: graphId } = await this.graph("GET", "/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')");
    await this.graph("POST", `/servicePrincipals/${graphId ?? ""}/appRoleAssignedTo`, {
      principalId: servicePrincipalId,
      resourceId: graphId,
      appRoleId: userReadAll,
    });
  }

  /** Lets somebody read one secret of the vault, and list none; gives the ID of the role assignment. */
  letReadSecret(name: string, principalId: string): Promise<string> {
    return this.assign(`${vaultId}/secrets/${name}`, roles.keyVaultSecretsUser, principalId);
  }

  /** Assigns a role; gives the ID of the assignment. */
  async assign(scope: string, role: string, principalId: string): Promise<string> {
    const id = `${scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
    const subscription = group.split("/").slice(0, 3).join("/");
    const roleDefinitionId = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
    await this.arm("PUT", id, "2022-04-01", {
      properties: { roleDefinitionId, principalId, principalType: "ServicePrincipal" },
    });
    return id;
  }

  async removeAssignment(id: string): Promise<void> {
    await this.arm("DELETE", id, "2022-04-01");
  }

  /** Makes the vault, or changes it: its firewall lets everybody in, or nobody. */
  async closeVault(closed: boolean): Promise<void> {
    await this.arm("PUT", vaultId, "2023-07-01", {
      location,
      properties: {
        sku: { family: "A", name: "standard" },
        tenantId: tenant.id,
        enableRbacAuthorization: true,
        accessPolicies: [],
        networkAcls: { bypass: "None", defaultAction: closed ? "Deny" : "Allow", ipRules: [] },
      },
    });
  }

  /** The vault, empty, and the lake with its file system. */
  async layOut(): Promise<void> {
    await this.closeVault(false);
    await this.arm("PUT", accountId, "2024-01-01", {
      location,
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
      properties: { isHnsEnabled: true, allowSharedKeyAccess: false },
    });
    await this.arm("PUT", fileSystemId, "2024-01-01", { properties: { publicAccess: "None" } });
  }

  /** A daemon's application, rights and credential, with the consumer as its reader. */
  async deliver({ daemon, consent, expiresOn = "2026-04-01T00:00:00Z" }: DeliveryOptions): Promise<Delivery> {
    const application = await this.graph("POST", "/applications", { displayName: daemon });
    const { id: servicePrincipalId = "" } = await this.graph("POST", "/servicePrincipals", {
      appId: application.appId,
    });
    const password = await this.graph("POST", `/applications/${application.id ?? ""}/addPassword`, {
      passwordCredential: { displayName: "generation-0", endDateTime: expiresOn },
    });
    if (consent === "grant") {
      await this.consent(servicePrincipalId);
    }
    const credential = credentialOf({ daemon, consent, expiresOn }, application.appId ?? "", password.secretText ?? "");
    const secretId = await this.store(credential);
    const assignments = {
      lake: await this.assign(fileSystemId, roles.storageBlobDataContributor, servicePrincipalId),
      workspace: await this.assign(workspaceId, roles.azureMlDataScientist, servicePrincipalId),
      reader: await this.assign(secretId, roles.keyVaultSecretsUser, identities.consumer.objectId),
    };
    return { credential, servicePrincipalId, assignments };
  }

  /** Writes a secret, anew perhaps, for an identity to read. */
  async storeFor(identity: IdentityName, name: string, value: string): Promise<void> {
    const id = `${vaultId}/secrets/${name}`;
    await this.arm("PUT", id, "2023-07-01", { properties: { value, contentType: "application/json" } });
    if (this.stored.has(id)) return;
    this.stored.add(id);
    await this.assign(id, roles.keyVaultSecretsUser, identities[identity].objectId);
  }

  /** Writes a credential as the stack does; gives the ID of its secret. */
  async store(credential: Credential): Promise<string> {
    const { daemon } = credential;
    const id = `${vaultId}/secrets/${daemon}-credential`;
    await this.arm("PUT", id, "2023-07-01", {
      tags: { "managed-by": "azure-daemon-access", daemon, format: "credential", contract: "1" },
      properties: { value: JSON.stringify(credential), contentType: "application/json" },
    });
    return id;
  }
}

function credentialOf(options: Required<DeliveryOptions>, clientId: string, clientSecret: string): SecretCredential {
  const authority = `https://login.microsoftonline.com/${tenant.id}`;
  return {
    version: 1,
    daemon: options.daemon,
    tenantId: tenant.id,
    clientId,
    clientSecret,
    authority,
    notBefore: "2026-01-01T00:00:00Z",
    expiresOn: options.expiresOn,
    generation: 0,
    graph: {
      endpoint: graph,
      permissions: ["User.Read.All"],
      consent: options.consent,
      adminConsentUrl: `${authority}/adminconsent?client_id=${clientId}`,
    },
    lake: { url: `https://${account}.dfs.core.windows.net/`, fileSystem, role: "Storage Blob Data Contributor" },
    machineLearning: { workspaceId, role: "AzureML Data Scientist" },
  };
}

function succeeded(what: string, { status, body }: { readonly status: number; readonly body: unknown }): unknown {
  if (status >= 300) {
    throw new Error(`${what}: ${status} ${JSON.stringify(body)}`);
  }
  return body;
}
