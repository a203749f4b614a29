import { existsSync } from "node:fs";
import { join } from "node:path";
import { identityId, UserAssignedIdentities } from "../../../local/azure/arm/managedIdentity/userAssignedIdentity";
import type { Cloud } from "../../../local/azure/cloud";
import { addManagedIdentity } from "../../../local/azure/entra/managedIdentities";
import { identities, location, resourceGroups, subscription, tenant } from "../../../local/azure/landingZone/layout";
import { LocalAzure } from "../../../local/azure/localAzure";
import { CommandLine } from "./commandLine";

let cli: CommandLine;

beforeEach(() => {
  cli = new CommandLine();
});

afterEach(async () => {
  await cli.remove();
});

jest.setTimeout(60_000);

describe("env --as a managed identity", () => {
  let clientId: string;
  let other: string;

  const add = (cloud: Cloud, resourceGroup: string, name: string): string => {
    const made = addManagedIdentity(cloud.directory, {
      displayName: name,
      resourceId: identityId({ resourceGroup, name }),
    });
    const identity = { name, resourceGroup, location, tags: {}, ...made };
    new UserAssignedIdentities(cloud.store, cloud.directory).set(identity);
    return made.clientId;
  };

  beforeEach(async () => {
    const azure = await LocalAzure.open({ stateDirectory: cli.directory });
    clientId = add(azure.cloud, resourceGroups.daemons, "id-loader");
    other = add(azure.cloud, resourceGroups.daemons, "id-mailer");
    add(azure.cloud, resourceGroups.daemons, "id-twice");
    add(azure.cloud, resourceGroups.machineLearning, "id-twice");
    await azure.cloud.store.commit();
    await azure.close();
  });

  const variables = async (...args: string[]): Promise<Record<string, string>> => {
    const { stdout } = await cli.run("env", "--json", ...args);
    return JSON.parse(stdout) as Record<string, string>;
  };

  it("stands for a virtual machine with that identity, by name or client ID", async () => {
    await cli.serve();
    const byName = await variables("--as", "id-loader");
    expect(await variables("--as", clientId)).toEqual(byName);
    expect(byName).toMatchObject({ AZURE_CLIENT_ID: clientId, ARM_CLIENT_ID: clientId, ARM_USE_MSI: "true" });
    expect(byName).not.toHaveProperty("AZURE_CLIENT_SECRET");
    const address = byName["AZURE_POD_IDENTITY_AUTHORITY_HOST"] ?? "";
    expect(byName["ARM_MSI_ENDPOINT"]).toBe(`${address}/metadata/identity/oauth2/token`);
    const resource = encodeURIComponent("https://management.azure.com/");
    const reply = await fetch(`${byName["ARM_MSI_ENDPOINT"] ?? ""}?api-version=2018-02-01&resource=${resource}`, {
      headers: { Metadata: "true" },
    });
    expect(await reply.json()).toMatchObject({ client_id: clientId, token_type: "Bearer" });
  });

  it("stands for a machine with several identities, and leaves the choice to the client", async () => {
    const both = await variables("--as", `id-loader,${other}`);
    expect(both).not.toHaveProperty("AZURE_CLIENT_ID");
    expect(both["AZURE_POD_IDENTITY_AUTHORITY_HOST"]).toContain([clientId, other].sort().join(","));
  });

  it.each([
    ["machine-learning", ["MSI_ENDPOINT", "MSI_SECRET", "DEFAULT_IDENTITY_CLIENT_ID"]],
    ["app-service", ["IDENTITY_ENDPOINT", "IDENTITY_HEADER"]],
  ])("stands for a host of the kind %s", async (host, names) => {
    const set = await variables("--as", "id-loader", "--on", host);
    expect(Object.keys(set)).toEqual(expect.arrayContaining(names));
    expect(set).not.toHaveProperty("AZURE_POD_IDENTITY_AUTHORITY_HOST");
  });

  it("is refused for nobody, and for a name that two have", async () => {
    const nobody = await cli.run("env", "--as", "id-nobody");
    expect(nobody).toMatchObject({ code: 2 });
    expect(nobody.stderr).toContain(
      '--as: "id-nobody" is unknown. Local Azure has deployer, consumer, stranger, administrator, id-loader, id-mailer, id-twice, id-twice.',
    );
    const twice = await cli.run("env", "--as", "id-twice");
    expect(twice).toMatchObject({ code: 2 });
    expect(twice.stderr).toContain('--as: several managed identities are named "id-twice". Give a client ID: ');
  });
});

describe("env", () => {
  it("prints the connection for every kind of client, and the identity's sign-in twice", async () => {
    const { stdout, stderr } = await cli.run("env", "--as", "consumer", "--json");
    const {
      AZURE_CLIENT_SECRET: secret,
      NODE_OPTIONS: nodeOptions,
      ...variables
    } = JSON.parse(stdout) as Record<string, string>;
    const ca = join(cli.directory, "certificates", "ca.pem");
    expect(variables).toEqual({
      HTTPS_PROXY: "http://127.0.0.1:43210",
      https_proxy: "http://127.0.0.1:43210",
      NO_PROXY: "127.0.0.1,localhost,::1",
      no_proxy: "127.0.0.1,localhost,::1",
      SSL_CERT_FILE: ca,
      REQUESTS_CA_BUNDLE: ca,
      CURL_CA_BUNDLE: ca,
      NODE_EXTRA_CA_CERTS: ca,
      NODE_USE_ENV_PROXY: "1",
      JAVA_TOOL_OPTIONS:
        "-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=43210 " +
        `-Djavax.net.ssl.trustStore=${ca.replace(/pem$/, "p12")} -Djavax.net.ssl.trustStoreType=PKCS12`,
      ARM_CLIENT_ID: identities.consumer.clientId,
      ARM_CLIENT_SECRET: secret,
      ARM_TENANT_ID: tenant.id,
      ARM_SUBSCRIPTION_ID: subscription.id,
      AZURE_CLIENT_ID: identities.consumer.clientId,
      AZURE_TENANT_ID: tenant.id,
      AZURE_SUBSCRIPTION_ID: subscription.id,
    });
    expect(secret).toMatch(/^\w[\w-]{42}$/);
    expect(nodeOptions).toMatch(/--require \S+\/local\/preload\/fetchProxy\.cjs$/);
    expect(stderr).toContain("Local Azure is not running: start it with `npm run local -- serve`.");
    expect(existsSync(ca)).toBe(true);
  });
});
