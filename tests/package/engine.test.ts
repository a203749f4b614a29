import * as pulumi from "@pulumi/pulumi";
import { clientAddress } from "../../local/azure/network/clientAddress";
import { resourceGroups } from "../../local/azure/landingZone/layout";
import schema from "../../components/api/schema.json";
import { type BuiltPackage, buildPackage } from "./support/builtPackage";
import { type EngineStack, openEngineStack } from "./support/engineStack";
import { type PluginProcess, startPlugin } from "./support/pluginProcess";

/** What a generated SDK's class does, in any language: it has the engine construct the component. */
class Remote extends pulumi.ComponentResource {
  constructor(component: keyof typeof outputs, name: string, inputs: pulumi.Inputs) {
    super(`azure-daemon-access:index:${component}`, name, { ...outputs[component], ...inputs }, {}, true);
  }

  output<T>(name: string): pulumi.Output<T> {
    return Reflect.get(this, name) as pulumi.Output<T>;
  }
}

const undefinedOutputs = (properties: object): pulumi.Inputs =>
  Object.fromEntries(Object.keys(properties).map((name) => [name, undefined]));

const outputs = {
  CredentialVault: undefinedOutputs(schema.resources["azure-daemon-access:index:CredentialVault"].properties),
  DaemonAccess: undefinedOutputs(schema.resources["azure-daemon-access:index:DaemonAccess"].properties),
};

async function program(): Promise<Record<string, unknown>> {
  const vault = new Remote("CredentialVault", "kv-remote", {
    allowedIpRanges: [clientAddress],
    resourceGroupName: resourceGroups.daemons,
    location: "westeurope",
  });
  const loader = new Remote("DaemonAccess", "remote-loader", {
    secret: { endDate: "2026-12-31T00:00:00Z" },
    graph: { permissions: ["User.Read.All"] },
    vault: {
      vaultId: vault.output("vaultId"),
      vaultName: vault.output("vaultName"),
      vaultUri: vault.output("vaultUri"),
      resourceGroupName: vault.output("resourceGroupName"),
    },
  });
  return Promise.resolve({
    clientId: loader.output("clientId"),
    secretUris: loader.output("secretUris"),
    expiresOn: loader.output("expiresOn"),
  });
}

describe("the plugin on the real engine", () => {
  let built: BuiltPackage;
  let plugin: PluginProcess;
  let engine: EngineStack;

  beforeAll(async () => {
    built = buildPackage();
    plugin = await startPlugin(built.directory);
    engine = await openEngineStack(plugin, program);
  }, 180_000);
  afterAll(async () => {
    await engine.close();
    await plugin.stop();
    built.remove();
  });

  it("previews, deploys, finds nothing to change, and removes what a program in another language declares", async () => {
    const { stack } = engine;
    const preview = await stack.preview();
    expect(preview.changeSummary.create).toBeGreaterThan(5);

    const deployed = await stack.up();
    expect(deployed.outputs["expiresOn"]?.value).toBe("2026-12-31T00:00:00Z");
    const uris = deployed.outputs["secretUris"]?.value as Readonly<Record<string, string>>;
    expect(uris["credential"]).toMatch(/vault\.azure\.net\/secrets\/remote-loader-credential$/);

    const again = await stack.up({ expectNoChanges: true });
    expect(Object.keys(again.summary.resourceChanges ?? {})).toEqual(["same"]);

    const { deployment } = (await stack.exportStack()) as { deployment: { resources: { type: string }[] } };
    expect(deployment.resources.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["azure-native:keyvault:Vault", "azuread:index/applicationPassword:ApplicationPassword"]),
    );
    const removed = await stack.destroy();
    expect(removed.summary.result).toBe("succeeded");
  }, 180_000);
});
