import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { subscription, tenant } from "../../../../local/azure/landingZone/layout";
import { AzureNativeProvider } from "../../../../local/providers/azureNative/provider";
import type { Connection } from "../../../../local/providers/rest/connection";
import { noRequests } from "../../../../local/providers/rest/counters";
import { serve, type ServedProvider } from "../../../../local/providers/server/serve";
import { call } from "../engineClient";

/** Answers with a token of whoever signs in. */
const connection: Connection = {
  send: ({ body }) => {
    const clientId = new URLSearchParams(body).get("client_id") ?? "";
    const claims = Buffer.from(JSON.stringify({ oid: `object of ${clientId}`, tid: tenant.id })).toString("base64url");
    const answer = { access_token: `e30.${claims}.`, expires_in: 3600, token_type: "Bearer" };
    return Promise.resolve({ status: 200, headers: {}, body: JSON.stringify(answer) });
  },
  close: () => Promise.resolve(),
};

let served: ServedProvider;
const engines: ResourceProviderClient[] = [];

beforeAll(async () => {
  const deployer = { tenantId: tenant.id, clientId: "usual", clientSecret: "secret" };
  const options = { connection, counters: noRequests(), deployer, subscriptionId: subscription.id, waitScale: 0.01 };
  served = await serve(() => new AzureNativeProvider(options), new Set());
});

afterAll(() => {
  for (const engine of engines) engine.close();
  served.close();
});

/** An engine with a connection of its own, which configures the provider. */
async function engineAs(clientId: string): Promise<ResourceProviderClient> {
  const own = { "grpc.use_local_subchannel_pool": 1 };
  const engine = new ResourceProviderClient(`127.0.0.1:${served.port}`, credentials.createInsecure(), own);
  engines.push(engine);
  const request = new proto.ConfigureRequest();
  request.getVariablesMap().set("azure-native:config:clientId", clientId);
  request.getVariablesMap().set("azure-native:config:clientSecret", "secret");
  await call<proto.ConfigureResponse>((done) => engine.configure(request, done));
  return engine;
}

async function actsAs(engine: ResourceProviderClient): Promise<unknown> {
  const request = new proto.InvokeRequest().setTok("azure-native:authorization:getClientConfig");
  const { clientId, objectId } = (await call<proto.InvokeResponse>((done) => engine.invoke(request, done)))
    .getReturn()
    ?.toJavaScript() as { readonly clientId: string; readonly objectId: string };
  return [clientId, objectId];
}

it("each engine acts as its own deployer, whichever was configured last", async () => {
  const first = await engineAs("team-a");
  const second = await engineAs("team-b");
  expect(await actsAs(first)).toEqual(["team-a", "object of team-a"]);
  expect(await actsAs(second)).toEqual(["team-b", "object of team-b"]);
});
