import {
  dataLakeStore,
  dataLakeStoreId,
  identities,
  type IdentityName,
} from "../../../../local/azure/landingZone/layout";
import { LocalAzureForTests } from "../../../support/localAzure";

const managementScope = "https://management.azure.com/.default";
const lakeScope = "https://datalake.azure.net/.default";
const ownerRole = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
const contributorRole = "b24988ac-6180-42a0-ab88-20f7382dd24c";

// Each test opens a local Azure of its own, which a busy machine does slowly.
jest.setTimeout(30_000);

export interface Answer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: unknown;
}

/** A local Azure with the two planes of Data Lake Store at hand; the administrator owns the subscription. */
export class StoreScenario {
  private constructor(readonly azure: LocalAzureForTests) {}

  static async open(options: { readonly allowsRetiredServices?: boolean } = {}): Promise<StoreScenario> {
    return new StoreScenario(await LocalAzureForTests.open(options));
  }

  arm(method: string, path: string, body?: unknown, as: IdentityName = "administrator"): Promise<Answer> {
    const url = `https://management.azure.com${path}?api-version=2016-11-01`;
    return this.azure.call(as, managementScope, method, url, body);
  }

  poll(url: string): Promise<Answer> {
    return this.azure.call("administrator", managementScope, "GET", url);
  }

  assign(identity: IdentityName, role: "owner" | "contributor"): void {
    const roleDefinitionId = role === "owner" ? ownerRole : contributorRole;
    const { objectId } = identities[identity];
    this.azure.azure.cloud.access.seed({ principalId: objectId, roleDefinitionId, scope: dataLakeStoreId });
  }

  /** A call to the lake, for example `PUT`, `forecasts?op=MKDIRS`; the body is sent as it is. */
  async lake(
    identity: IdentityName,
    method: string,
    call: string,
    body?: string,
    root = "webhdfs/v1",
  ): Promise<Answer> {
    const token = await this.azure.token(identity, lakeScope);
    const url = `https://${dataLakeStore.name}.azuredatalakestore.net/${root}/${call}&api-version=2018-09-01`;
    const response = await this.azure.fetch(url, {
      method,
      redirect: "manual",
      headers: { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.startsWith("application/json") === true && text !== "";
    return { status: response.status, headers: response.headers, body: isJson ? (JSON.parse(text) as unknown) : text };
  }

  /** Makes a file with a text in it, as the owner of the subscription. */
  async write(path: string, text: string): Promise<void> {
    const { status } = await this.lake("administrator", "PUT", `${path}?op=CREATE&overwrite=true&write=true`, text);
    expect(status).toBe(201);
  }
}

/** "404 FileNotFoundException". */
export const refusal = ({ status, body }: Answer): string =>
  `${status} ${(body as { RemoteException?: { exception: string } }).RemoteException?.exception ?? ""}`;
