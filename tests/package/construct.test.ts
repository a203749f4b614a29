import { promisify } from "node:util";
import type { ServiceError } from "@grpc/grpc-js";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import schema from "../../components/api/schema.json";
import { azure, guidOf, TENANT_ID } from "../support/azureMocks";
import { type BuiltPackage, buildPackage } from "./support/builtPackage";
import { type PluginProcess, startPlugin } from "./support/pluginProcess";
import { type RecordingEngine, startRecordingEngine, urnOf } from "./support/recordingEngine";
import { samples } from "./support/samples";
import { isSecret, output } from "./support/wire";

const STACK_OUTPUTS = {
  contractVersion: 1,
  daemons: ["forecast-loader"],
  vaultId: `/subscriptions/${guidOf("s")}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-forecasts`,
  vaultName: "kv-forecasts",
  vaultUri: "https://kv-forecasts.vault.azure.net/",
  "forecast-loader.clientId": guidOf("client"),
  "forecast-loader.objectId": guidOf("object"),
  "forecast-loader.tenantId": TENANT_ID,
  "forecast-loader.secretUri": "https://kv-forecasts.vault.azure.net/secrets/forecast-loader-credential",
  "forecast-loader.expiresOn": "2030-04-15T00:00:00.000Z",
  "forecast-loader.generation": 0,
  // What a platform adds.
  platformVersion: 1,
  location: "westeurope",
  resourceGroupName: "rg",
  "vaultId.forecasts": `/subscriptions/${guidOf("s")}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-forecasts`,
};
const mocks = {
  calls: {
    ...azure.calls,
    "pulumi:pulumi:readStackOutputs": () => ({ outputs: STACK_OUTPUTS, secretOutputNames: [] }),
  },
  resources: {
    ...azure.resources,
    "pulumi:pulumi:StackReference": () => ({
      id: "organization/azure-daemon-access/dev",
      state: { outputs: STACK_OUTPUTS, secretOutputNames: [] },
    }),
  },
};

let built: BuiltPackage;
let engine: RecordingEngine;
let plugin: PluginProcess;

beforeAll(async () => {
  built = buildPackage();
  engine = await startRecordingEngine(mocks);
  plugin = await startPlugin(built.directory, engine.address);
});
afterAll(async () => {
  await plugin.stop();
  engine.stop();
  built.remove();
});
beforeEach(() => {
  engine.forget();
});

interface Constructed {
  readonly urn: string;
  readonly state: Readonly<Record<string, unknown>>;
}

/** What the engine asks of a plugin when a program in any language registers a component. */
async function construct(
  component: string,
  inputs: unknown,
  { name = "", preview = false } = {},
): Promise<Constructed> {
  const request = new proto.ConstructRequest()
    .setProject("consumer")
    .setStack("test")
    .setParallel(16)
    .setMonitorendpoint(engine.address)
    .setDryrun(preview)
    .setType(`azure-daemon-access:index:${component}`)
    .setName(name)
    .setInputs(Struct.fromJavaScript(inputs as never))
    .setAcceptsOutputValues(true);
  const call = promisify<proto.ConstructRequest, proto.ConstructResponse>((asked, callback) =>
    plugin.client.construct(asked, (error: ServiceError | null, answer) => callback(error, answer)),
  );
  const response = await call(request);
  return { urn: response.getUrn(), state: response.getState()?.toJavaScript() ?? {} };
}

const components = Object.entries(schema.resources).map(([token, { required }]): [string, readonly string[]] => [
  token.split(":").at(-1) ?? "",
  required,
]);

function sampleOf(component: string) {
  const sample = samples[component];
  if (!sample) throw new Error(`tests/package/support/samples.ts has no ${component}.`);
  return sample;
}

describe("the plugin, as a program in another language uses it", () => {
  it("serves the reviewed schema", async () => {
    const call = promisify<proto.GetSchemaRequest, proto.GetSchemaResponse>((asked, callback) =>
      plugin.client.getSchema(asked, callback),
    );
    const response = await call(new proto.GetSchemaRequest());
    expect(JSON.parse(response.getSchema())).toEqual(schema);
  });

  it.each(components)("constructs %s from plain values and outputs", async (component, required) => {
    const { name, inputs, declares } = sampleOf(component);
    const { urn, state } = await construct(component, inputs, { name });
    const type = `azure-daemon-access:index:${component}`;
    expect(urn).toBe(urnOf(type, name));
    expect(Object.keys(state)).toEqual(expect.arrayContaining([...required]));
    const [own, ...children] = engine.registered;
    expect([own?.type, own?.name]).toEqual([type, name]);
    expect(children.map((child) => `${child.type} ${child.name}`).sort()).toEqual(declares);
    expect(engine.errors).toEqual([]);
  });

  it.each(components)("previews %s where nothing else is known yet", async (component) => {
    const { name, inputs, declares } = sampleOf(component);
    await construct(component, unknownOutputs(inputs), { name, preview: true });
    expect(
      engine.registered
        .slice(1)
        .map((child) => `${child.type} ${child.name}`)
        .sort(),
    ).toEqual(declares);
    expect(engine.errors).toEqual([]);
  });

  it("keeps a secret secret on its way to the vault", async () => {
    const { name, inputs } = sampleOf("CredentialExport");
    await construct("CredentialExport", inputs, { name });
    const secret = engine.registered.find((each) => each.name === "loader-client-secret");
    expect(isSecret((secret?.inputs["properties"] as { value?: unknown }).value)).toBe(true);
  });

  it("hands a client secret's value back as a secret", async () => {
    const { name, inputs } = sampleOf("ClientSecret");
    const { state } = await construct("ClientSecret", inputs, { name });
    expect(isSecret(state["value"])).toBe(true);
    expect(isSecret(state["expiresOn"])).toBe(false);
  });

  it("tells every problem of the arguments", async () => {
    const principal = { clientId: guidOf("client"), objectId: "the daemon", tenantId: TENANT_ID };
    const inputs = { principal, permissions: ["User.Read.Al"] };
    await expect(construct("GraphGrant", inputs, { name: "loader" })).rejects.toThrow(
      /GraphGrant "loader" cannot take its arguments:\n.*permissions\[0\]: got "User.Read.Al".*\n.*principal.objectId: got/,
    );
  });

  it("names the components where one is asked for that isn't there", async () => {
    await expect(construct("DaemonAcces", {}, { name: "loader" })).rejects.toThrow(
      /There is no azure-daemon-access:index:DaemonAcces; there are .*azure-daemon-access:index:DaemonAccess,/,
    );
  });
});

/** The same inputs in a preview: no output has a value. */
function unknownOutputs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unknownOutputs);
  if (typeof value !== "object" || value === null) return value;
  if ("dependencies" in value) return output(undefined, { secret: "secret" in value });
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unknownOutputs(inner)]));
}
