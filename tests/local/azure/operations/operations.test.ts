import type { Operation } from "../../../../local/azure/http/router";
import { subscription, tenant, workspace, workspaceId } from "../../../../local/azure/landingZone/layout";
import { machineUrl, machineWith } from "../../../../local/azure/instanceMetadata/machine";
import type { RequestRecord } from "../../../../local/azure/network/requestLog";
import { chapters } from "../../../../local/operations/page";
import { LocalAzureForTests } from "../../../support/localAzure";

/** How one service is reached, and something that nobody has documented of it. */
interface Way {
  readonly title: RegExp;
  /** What paths go below. */
  readonly root: string;
  /** What a token is asked for; none: it takes no token. */
  readonly scope?: string;
  /** Added to the query of every request. */
  readonly query?: string;
  readonly undocumented: readonly [method: string, path: string];
}

const lake = "https://stmlwforecast";
const endpoint = "operations";
const scored = `https://${endpoint}.westeurope.inference.ml.azure.com`;

const ways: readonly Way[] = [
  {
    title: /^Entra ID/,
    root: "https://login.microsoftonline.com",
    undocumented: ["POST", `/${tenant.id}/oauth2/v2.0/devicecode`],
  },
  {
    title: /^Microsoft Graph/,
    root: "https://graph.microsoft.com/v1.0",
    scope: "https://graph.microsoft.com/.default",
    undocumented: ["GET", "/identity/conditionalAccess/policies"],
  },
  {
    title: /^Admin consent/,
    root: "https://main.iam.ad.ext.azure.com",
    scope: "74658136-14ec-4630-ad9b-26e160ff0fc6/.default",
    query: "onBehalfOfAll=true",
    undocumented: ["GET", "/api/RegisteredApplications"],
  },
  {
    title: /^Instance metadata/,
    root: "machine",
    undocumented: ["GET", "/metadata/instance"],
  },
  {
    title: /^Azure Resource Manager/,
    root: "https://management.azure.com",
    scope: "https://management.azure.com/.default",
    query: "api-version=2024-03-01",
    undocumented: ["GET", `/subscriptions/${subscription.id}/providers/Microsoft.Network/loadBalancers`],
  },
  {
    title: /^Key Vault/,
    root: `https://${workspace.vault}.vault.azure.net`,
    scope: "https://vault.azure.net/.default",
    query: "api-version=7.4",
    undocumented: ["GET", "/storage"],
  },
  {
    title: /^Data lake:/,
    root: lake,
    scope: "https://storage.azure.com/.default",
    undocumented: ["PUT", ".blob.core.windows.net/files/sample.txt?comp=tier"],
  },
  {
    title: /^Data Lake Storage Gen1/,
    root: "https://contosodatalake",
    scope: "https://datalake.azure.net/.default",
    query: "api-version=2018-09-01",
    undocumented: ["GET", ".azuredatalakestore.net/webhdfs/v1/sample?op=GETFILECHECKSUM"],
  },
  {
    title: /^Container registry/,
    root: `https://${workspace.containerRegistry}.azurecr.io`,
    scope: "https://containerregistry.azure.net/.default",
    undocumented: ["GET", "/acr/v1/_catalog"],
  },
  {
    title: /^Online endpoints/,
    root: scored,
    scope: "https://ml.azure.com/.default",
    undocumented: ["GET", "/swagger.json"],
  },
  {
    title: /^Machine Learning in a region/,
    root: "https://westeurope.api.azureml.ms",
    scope: "https://management.azure.com/.default",
    undocumented: ["GET", "/history/v1.0/experiments"],
  },
];

const samples: Readonly<Record<string, string>> = {
  tenant: tenant.id,
  subscription: subscription.id,
  group: "rg-sample",
  namespace: "Microsoft.KeyVault",
  location: "westeurope",
  scope: `subscriptions/${subscription.id}`,
};
const guid = "00000000-0000-4000-8000-000000000001";

let azure: LocalAzureForTests;
beforeAll(async () => {
  azure = await LocalAzureForTests.open();
  const management = "https://management.azure.com";
  const made = `${management}${workspaceId}/onlineEndpoints/${endpoint}?api-version=2024-04-01`;
  const body = { location: "westeurope", properties: { authMode: "Key" } };
  expect((await azure.call("administrator", `${management}/.default`, "PUT", made, body)).status).toBe(201);
});
afterAll(() => azure.close());

const wayOf = (title: string): Way => {
  const found = ways.find((way) => way.title.test(title));
  if (found === undefined) {
    throw new Error(`say in this test how "${title}" is reached, and what nobody has documented of it`);
  }
  return found;
};

/** An operation's path with a sample in each of its places. */
const concrete = ({ path }: Operation): string =>
  path
    .replace(/^https:\/\/[:{]account\}?/, "")
    .replace(/[:{](\w+)\}?/g, (_all, name: string) => samples[name] ?? guid)
    .replace("*", "sample");

/** Sends a request, and gives what the request log has of it, with the answer's text. */
async function sent(way: Way, method: string, path: string): Promise<RequestRecord & { readonly text: string }> {
  const records: RequestRecord[] = [];
  const headers: Record<string, string> = { "content-type": "application/json", consistencylevel: "eventual" };
  if (way.scope !== undefined) {
    headers["authorization"] = `Bearer ${await azure.token("administrator", way.scope)}`;
  }
  const stop = azure.azure.requests.listen((record) => records.push(record));
  const joint = path.includes("?") ? "&" : "?";
  const root =
    way.root === "machine" ? machineUrl(azure.azure.proxyUrl, machineWith(azure.azure.cloud.stateKey, [])) : way.root;
  const url = `${root}${path}${way.query === undefined ? "" : joint + way.query}`;
  const body = ["POST", "PUT", "PATCH"].includes(method) ? { body: "{}" } : {};
  const response = await (way.root === "machine"
    ? fetch(url, { method, headers })
    : azure.fetch(url, { method, headers, ...body }));
  const text = await response.text();
  stop();
  const [record] = records;
  if (record === undefined) {
    throw new Error(`${method} ${url} is not in the request log`);
  }
  return { ...record, text };
}

describe.each(chapters)("$title", ({ title, operationsOf }) => {
  it("knows each operation that the page documents", async () => {
    const way = wayOf(title);
    const operations = operationsOf(azure.azure.cloud);
    expect(operations).not.toEqual([]);
    const unknown: string[] = [];
    for (const operation of operations) {
      const { unknown: isUnknown, status, text } = await sent(way, operation.method, concrete(operation));
      if (isUnknown === true || status >= 500) {
        unknown.push(`${operation.method} ${operation.path}: ${status} ${text}`);
      }
    }
    expect(unknown).toEqual([]);
  });

  it("answers 501 to what it does not document, in a sentence, and logs it as unknown", async () => {
    const way = wayOf(title);
    const { status, unknown, text } = await sent(way, ...way.undocumented);
    expect([status, unknown]).toEqual([501, true]);
    expect(text).toMatch(/Local Azure[^"<]+\./);
  });
});
