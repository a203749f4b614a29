import {
  identities,
  resourceGroupId,
  resourceGroups,
  subscription,
  tenant,
  type IdentityName,
} from "../../../../local/azure/landingZone/layout";
import { LocalAzureForTests } from "../../../support/localAzure";

export const managementScope = "https://management.azure.com/.default";
export const vaultScope = "https://vault.azure.net/.default";
export const keyVaultRoles = {
  secretsOfficer: "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
  secretsUser: "4633458b-17de-408a-b874-0445c86b69e6",
  administrator: "00482a5a-887f-4fb3-b363-3b7fe8e74483",
  cryptoOfficer: "14b46e9e-c2b7-41b4-b07b-48a6ebf60603",
  cryptoUser: "12338af0-0e69-4776-bea7-57ae8d297424",
  reader: "21090545-7ca7-4776-b22c-e363652d74d2",
} as const;

// Each test opens a local Azure of its own, which a busy machine does slowly.
jest.setTimeout(30_000);

export interface Answer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: unknown;
}

const apiVersion = "2024-11-01";
const dataApiVersion = "2025-07-01";
const subscriptionPath = `/subscriptions/${subscription.id}`;

/** A vault body that ARM takes; `properties` are laid over the defaults. */
export const vaultBody = (properties: object = {}): { location: string; properties: object } => ({
  location: "westeurope",
  properties: {
    sku: { family: "A", name: "standard" },
    tenantId: tenant.id,
    enableRbacAuthorization: true,
    ...properties,
  },
});

/** A local Azure with Key Vault's two planes at hand; the administrator owns the subscription. */
export class VaultScenario {
  private constructor(readonly azure: LocalAzureForTests) {}

  static async open(): Promise<VaultScenario> {
    return new VaultScenario(await LocalAzureForTests.open());
  }

  vaultId(name: string): string {
    return `${resourceGroupId(resourceGroups.daemons)}/providers/Microsoft.KeyVault/vaults/${name}`;
  }

  /** A call to ARM by the administrator; the path may begin below the subscription. */
  arm(method: string, path: string, body?: unknown): Promise<Answer> {
    const full = path.startsWith("/subscriptions/") ? path : `${subscriptionPath}${path}`;
    const url = `https://management.azure.com${full}?api-version=${apiVersion}`;
    return this.azure.call("administrator", managementScope, method, url, body);
  }

  vault(method: string, name: string, body?: unknown): Promise<Answer> {
    return this.arm(method, this.vaultId(name), body);
  }

  async makeVault(name: string, properties: object = {}): Promise<void> {
    const { status } = await this.vault("PUT", name, vaultBody(properties));
    expect(status).toBe(201);
  }

  /** A call to a vault's data plane. */
  data(identity: IdentityName, method: string, vault: string, path: string, body?: unknown): Promise<Answer> {
    const mark = path.includes("?") ? "&" : "?";
    const url = `https://${vault}.vault.azure.net${path}${mark}api-version=${dataApiVersion}`;
    return this.azure.call(identity, vaultScope, method, url, body);
  }

  grant(identity: IdentityName, role: keyof typeof keyVaultRoles, scope: string): void {
    const { objectId } = identities[identity];
    this.azure.azure.cloud.access.seed({ principalId: objectId, roleDefinitionId: keyVaultRoles[role], scope });
  }
}

/** The `error` of an Azure error envelope. */
export const errorOf = (answer: Answer): unknown => (answer.body as { error?: unknown }).error;
export const codeOf = (answer: Answer): unknown => (errorOf(answer) as { code?: unknown } | undefined)?.code;
