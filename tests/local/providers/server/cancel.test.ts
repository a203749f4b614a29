import { once, EventEmitter } from "node:events";
import { subscription, tenant } from "../../../../local/azure/landingZone/layout";
import { AzureNativeProvider } from "../../../../local/providers/azureNative/provider";
import type { Connection } from "../../../../local/providers/rest/connection";
import { noRequests } from "../../../../local/providers/rest/counters";
import { serve, type ServedProvider } from "../../../../local/providers/server/serve";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { call, EngineClient } from "../engineClient";

const id = `/subscriptions/${subscription.id}/resourceGroups/rg-daemons/providers/Microsoft.KeyVault/vaults/kv`;
const answers: Readonly<Record<string, object>> = {
  "login.microsoftonline.com": { access_token: "token", expires_in: 3600, token_type: "Bearer" },
  "management.azure.com": { id, name: "kv", location: "westeurope", properties: {} },
};

const network = new EventEmitter();
/** Holds each request until the test lets it go, unless it is given up first. */
const connection: Connection = {
  send: async ({ url }, signal) => {
    const released = once(network, "release", { signal });
    network.emit("asked");
    await released;
    return { status: 200, headers: {}, body: JSON.stringify(answers[new URL(url).host]) };
  },
  close: () => Promise.resolve(),
};

let provider: AzureNativeProvider;
let served: ServedProvider;
let engine: EngineClient;

beforeEach(async () => {
  const deployer = { tenantId: tenant.id, clientId: "deployer", clientSecret: "secret" };
  const options = { connection, counters: noRequests(), deployer, subscriptionId: subscription.id, waitScale: 0.01 };
  provider = new AzureNativeProvider(options);
  served = await serve(() => provider, new Set());
  engine = new EngineClient(served.port);
});

afterEach(() => {
  engine.close();
  served.close();
});

/** A read of the vault, whose first request has been sent. */
async function readingVault(): Promise<{ readonly read: ReturnType<EngineClient["read"]> }> {
  const asked = once(network, "asked");
  const read = engine.read("azure-native:keyvault:Vault", id);
  await asked;
  return { read };
}

it("lets the requests in flight finish when the engine cancels", async () => {
  const { read } = await readingVault();
  await call((done) => engine.raw.cancel(new Empty(), done));

  const askedForVault = once(network, "asked");
  network.emit("release");
  await askedForVault;
  network.emit("release");

  expect(await read).toMatchObject({ id, outputs: { name: "kv" } });
});

it("gives them up when it ends itself", async () => {
  const { read } = await readingVault();
  provider.close();
  await expect(read).rejects.toThrow("aborted");
});
