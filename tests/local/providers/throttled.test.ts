import { identities, subscription, tenant } from "../../../local/azure/landingZone/layout";
import { ArmClient, armScope } from "../../../local/providers/azureNative/armClient";
import { GraphClient, graphScope } from "../../../local/providers/azuread/graphClient";
import { openConnection, type Connection } from "../../../local/providers/rest/connection";
import { noRequests, type MutableCounters } from "../../../local/providers/rest/counters";
import { resourceHeader, withResource } from "../../../local/providers/rest/resourceInHand";
import { TokenSource } from "../../../local/providers/rest/tokenSource";
import { LocalAzureForTests } from "../../support/localAzure";

const { signal } = new AbortController();

let azure: LocalAzureForTests;
let connection: Connection;
let counters: MutableCounters;
let tokens: TokenSource;

beforeAll(async () => {
  // At once pass one read of Resource Manager, two of Graph's lists and one sign-in.
  const throttling = { profile: "azure", factor: 0.001 } as const;
  azure = await LocalAzureForTests.open({ conditions: { throttling } });
  connection = openConnection(azure.azure.proxyUrl, azure.azure.caFile);
  counters = noRequests();
  const deployer = {
    tenantId: tenant.id,
    clientId: identities.deployer.clientId,
    clientSecret: azure.secretOf("deployer"),
  };
  tokens = new TokenSource(connection, deployer, counters);
});
afterAll(async () => {
  await connection.close();
  await azure.close();
});

it("wait as they are told where a service throttles, and repeat until it lets them through", async () => {
  const throttled: string[] = [];
  const stop = azure.azure.requests.listen(({ service, status }, { headers }, answer) => {
    if (status === 429) {
      throttled.push(
        `${service} after ${answer.headers?.["retry-after"] ?? ""} s for ${String(headers[resourceHeader] ?? "none")}`,
      );
      azure.clock.advance({ seconds: 1 });
    }
  });
  const arm = new ArmClient(connection, tokens, counters, subscription.id, 1);
  const graph = GraphClient.open(connection, tokens, counters, signal, 1);
  const group = `/subscriptions/${subscription.id}/resourceGroups/rg-daemons`;
  await tokens.token(armScope, signal);
  await tokens.token(graphScope, signal);
  const reads = [1, 2].map(() => withResource("role", () => arm.get(group, "2021-04-01", signal)));
  expect((await Promise.all(reads)).map((each) => each?.["name"])).toEqual(["rg-daemons", "rg-daemons"]);
  const lists = await Promise.all([1, 2, 3].map(() => graph.list("/applications")));
  expect(lists.every((each) => each.length === lists[0]?.length)).toBe(true);
  stop();
  expect(throttled).toEqual(["entra after 1 s for none", "arm after 1 s for role", "graph after 1 s for none"]);
  expect(counters.retries).toBe(3);
});
