import {
  identities,
  resourceGroupId,
  resourceGroups,
  subscription,
  type IdentityName,
} from "../../../../local/azure/landingZone/layout";
import { LocalAzureForTests } from "../../../support/localAzure";

export const storageScope = "https://storage.azure.com/.default";
const managementScope = "https://management.azure.com/.default";
const apiVersion = "2024-01-01";
const lakeRoles = {
  dataOwner: "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
  dataContributor: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
  dataReader: "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
} as const;

// Each test opens a local Azure of its own, which a busy machine does slowly.
jest.setTimeout(30_000);

export interface Answer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: unknown;
}

/** An account body that ARM takes; `properties` are laid over the defaults. */
export const accountBody = (
  properties: object = {},
): { kind: string; location: string; sku: object; properties: object } => ({
  kind: "StorageV2",
  location: "westeurope",
  sku: { name: "Standard_LRS" },
  properties: { isHnsEnabled: true, minimumTlsVersion: "TLS1_2", allowSharedKeyAccess: false, ...properties },
});

export const accountId = (name: string): string =>
  `${resourceGroupId(resourceGroups.daemons)}/providers/Microsoft.Storage/storageAccounts/${name}`;

/** A local Azure with the two planes of storage at hand; the administrator owns the subscription. */
export class LakeScenario {
  private constructor(readonly azure: LocalAzureForTests) {}

  static async open(): Promise<LakeScenario> {
    return new LakeScenario(await LocalAzureForTests.open());
  }

  /** A call to ARM by the administrator; the path may begin below the subscription. */
  arm(method: string, path: string, body?: unknown): Promise<Answer> {
    const full = path.startsWith("/subscriptions/") ? path : `/subscriptions/${subscription.id}${path}`;
    const url = `https://management.azure.com${full}?api-version=${apiVersion}`;
    return this.azure.call("administrator", managementScope, method, url, body);
  }

  account(method: string, name: string, body?: unknown): Promise<Answer> {
    return this.arm(method, accountId(name), body);
  }

  poll(url: string): Promise<Answer> {
    return this.azure.call("administrator", managementScope, "GET", url);
  }

  /** Makes an account, to the end of its operation. */
  async makeAccount(name: string, properties: object = {}): Promise<void> {
    const created = await this.account("PUT", name, accountBody(properties));
    expect(created.status).toBe(202);
    const location = created.headers.get("location") ?? "";
    while ((await this.poll(location)).status === 202);
  }

  container(method: string, account: string, name: string, body?: unknown): Promise<Answer> {
    return this.arm(method, `${accountId(account)}/blobServices/default/containers/${name}`, body);
  }

  grant(identity: IdentityName, role: keyof typeof lakeRoles, scope: string): void {
    const { objectId } = identities[identity];
    this.azure.azure.cloud.access.seed({ principalId: objectId, roleDefinitionId: lakeRoles[role], scope });
  }

  /** A call to a data host, for example `stlake.dfs`; the body is sent as it is. */
  async data(
    identity: IdentityName,
    method: string,
    host: string,
    path: string,
    options: { readonly body?: string; readonly headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const token = await this.azure.token(identity, storageScope);
    const response = await this.azure.fetch(`https://${host}.core.windows.net${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "x-ms-version": "2026-02-06", ...options.headers },
      ...(options.body === undefined ? {} : { body: options.body }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") === true && text !== "";
    return { status: response.status, headers: response.headers, body: isJson ? (JSON.parse(text) as unknown) : text };
  }
}

export const codeOf = (answer: Answer): unknown =>
  answer.headers.get("x-ms-error-code") ?? (answer.body as { error?: { code?: unknown } }).error?.code;
