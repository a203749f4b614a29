import * as azuread from "@pulumi/azuread";
import * as managedidentity from "@pulumi/azure-native/managedidentity";
import type { OutputMap, Stack } from "@pulumi/pulumi/automation";
import { subscription } from "../../../local/azure/landingZone/layout";
import { issueCertificates } from "../../../local/azure/network/issueCertificates";
import { Deployment } from "./deployment";
import { everyType, type Variation } from "./everyType";
import { factsOf, sequencesOf } from "./parity/sequences";
import { azureNativeFacts } from "./parity/azureNative.facts";

jest.setTimeout(240_000);

/** What everyType declares, and the stack itself. */
const all = 26;
/** The types of azure-native that it declares. */
const declared = Object.keys(azureNativeFacts.types).filter(
  (type) => !["azure-native:datalakestore:Account", "azure-native:machinelearningservices:Compute"].includes(type),
);
const armScope = "https://management.azure.com/.default";
const graphScope = "https://graph.microsoft.com/.default";
const arm = "https://management.azure.com";

/** A subnet for the private endpoint, made by a platform team. */
async function subnet({ local }: Deployment): Promise<string> {
  const network = `/subscriptions/${subscription.id}/resourceGroups/rg-daemons/providers/Microsoft.Network/virtualNetworks/vnet-hub`;
  await local.call("administrator", armScope, "PUT", `${arm}${network}?api-version=2024-05-01`, {
    location: "westeurope",
    properties: {
      addressSpace: { addressPrefixes: ["10.20.0.0/16"] },
      subnets: [{ name: "snet-endpoints", properties: { addressPrefix: "10.20.1.0/24" } }],
    },
  });
  return `${network}/subnets/snet-endpoints`;
}

describe("the stand-in providers under the real engine", () => {
  let deployment: Deployment;
  let stack: Stack;
  let outputs: OutputMap;
  let variation: Variation;
  const texts = (): Record<string, string> =>
    Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, String(value)]));
  const deploy = async (change: Partial<Variation> = {}): Promise<Record<string, number | undefined>> => {
    variation = { ...variation, ...change };
    const result = await stack.up({ program: everyType(variation), color: "never" });
    outputs = result.outputs;
    return { ...result.summary.resourceChanges };
  };

  beforeAll(async () => {
    deployment = await Deployment.open();
    const { certificate } = await issueCertificates({
      hosts: ["loader.contoso.example"],
      notBefore: new Date("2026-01-01T00:00:00Z"),
      notAfter: new Date("2027-01-01T00:00:00Z"),
    });
    const [pem = ""] = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(certificate) ?? [];
    variation = {
      displayName: "forecast-loader",
      passwordEnds: "2026-06-01T00:00:00Z",
      contentType: "text/plain",
      certificate: pem,
      subnetId: await subnet(deployment),
      blobsKeptFor: 7,
    };
    stack = await deployment.stack("every-type", everyType(variation));
  });

  afterAll(() => deployment.close());

  it("previews every type without sending a single write", async () => {
    const { requests, result } = await deployment.requestsDuring(() => stack.preview({ color: "never" }));
    expect(result.changeSummary).toEqual({ create: all });
    expect(requests).not.toEqual([]);
    expect(requests.filter(({ method, service }) => method !== "GET" && service !== "entra")).toEqual([]);
  });

  it("creates every type", async () => {
    const { requests, result } = await deployment.requestsDuring(() => deploy());
    expect(result).toEqual({ create: all });
    expect(sequencesOf(requests)).toEqual(factsOf("create", declared));
    expect(outputs["password"]?.secret).toBe(true);
    expect(outputs["secretUri"]).toEqual({
      value: `https://${texts()["vaultName"] ?? ""}.vault.azure.net/secrets/secret`,
      secret: false,
    });
  });

  it("keeps the secret's value out of the state in plain text", async () => {
    const state = JSON.stringify((await stack.exportStack()).deployment);
    const value = JSON.stringify(texts()["password"]).slice(1, -1);
    // The Automation API's export decrypts: every mention of the value must stand inside a secret.
    expect(state.split(value).length - 1).toBe(state.split(`"plaintext":"\\"${value}\\""`).length - 1);
    expect(state).toContain(value);
  });

  it("changes nothing when nothing has changed", async () => {
    expect(await deploy()).toEqual({ same: all });
  });

  it("finds no drift where there is none", async () => {
    const { requests, result } = await deployment.requestsDuring(() => stack.refresh({ color: "never" }));
    expect(result.summary.resourceChanges).toEqual({ same: all });
    expect(sequencesOf(requests)).toEqual(factsOf("read", declared));
  });

  it("updates in place what can change in place", async () => {
    const change = { displayName: "forecast-loader-2", contentType: "application/json", blobsKeptFor: 14 };
    const { requests, result } = await deployment.requestsDuring(() => deploy(change));
    expect(result).toEqual({ same: all - 3, update: 3 });
    const updated = ["azure-native:keyvault:Secret", "azure-native:storage:BlobServiceProperties"];
    expect(sequencesOf(requests)).toEqual(factsOf("update", updated));
  });

  it("replaces a password whose end moves, and hands the new value on", async () => {
    const before = texts()["password"];
    expect(await deploy({ passwordEnds: "2026-09-01T00:00:00Z" })).toEqual({ same: all - 2, replace: 1, update: 1 });
    expect(texts()["password"]).not.toBe(before);
  });

  it("sees drift made in Azure itself, and puts it right", async () => {
    const { applicationId = "", vaultId = "" } = texts();
    const { local } = deployment;
    const graphUrl = `https://graph.microsoft.com/v1.0${applicationId}`;
    await local.call("administrator", graphScope, "PATCH", graphUrl, { displayName: "renamed by hand" });
    const tags = { tags: { owner: "nobody" } };
    await local.call("administrator", armScope, "PATCH", `${arm}${vaultId}?api-version=2024-11-01`, tags);

    const { summary } = await stack.refresh({ color: "never" });
    expect(summary.resourceChanges).toEqual({ same: all - 2, update: 2 });
    const { requests, result } = await deployment.requestsDuring(() => deploy());
    expect(result).toEqual({ same: all - 2, update: 2 });
    expect(sequencesOf(requests)).toEqual(factsOf("update", ["azure-native:keyvault:Vault"]));
    const found = await local.call("administrator", graphScope, "GET", graphUrl);
    expect(found.body).toMatchObject({ displayName: "forecast-loader-2" });
  });

  it("makes anew what was deleted behind its back", async () => {
    const { accountId = "" } = texts();
    const container = `${arm}${accountId}/blobServices/default/containers/forecasts?api-version=2024-01-01`;
    await deployment.local.call("administrator", armScope, "DELETE", container);

    const { summary } = await stack.refresh({ color: "never" });
    expect(summary.resourceChanges).toMatchObject({ delete: expect.any(Number) as number });
    deployment.local.clock.advance({ minutes: 1 });
    expect(await deploy()).toMatchObject({ create: expect.any(Number) as number });
  });

  it("takes over what was made by hand", async () => {
    const { local } = deployment;
    const identityId = `/subscriptions/${subscription.id}/resourceGroups/rg-daemons/providers/Microsoft.ManagedIdentity/userAssignedIdentities/by-hand`;
    const identity = { location: "westeurope", tags: { team: "forecast" } };
    await local.call("administrator", armScope, "PUT", `${arm}${identityId}?api-version=2023-01-31`, identity);
    const posted = await local.call(
      "administrator",
      graphScope,
      "POST",
      "https://graph.microsoft.com/v1.0/applications",
      {
        displayName: "by-hand",
        notes: "Made in the portal.",
      },
    );
    const { id } = posted.body as { id: string };
    const adopter = await deployment.stack("adopter", () => {
      const args = { ...identity, resourceGroupName: "rg-daemons", resourceName: "by-hand" };
      new managedidentity.UserAssignedIdentity("identity", args, { import: identityId });
      const application = { displayName: "by-hand", notes: "Made in the portal." };
      new azuread.Application("application", application, { import: `/applications/${id}` });
      return Promise.resolve();
    });

    const { summary } = await adopter.up({ color: "never" });
    expect(summary.resourceChanges).toEqual({ create: 1, import: 2 });
    expect((await adopter.preview({ color: "never" })).changeSummary).toEqual({ same: 3 });
  });

  it("destroys every type", async () => {
    const { requests, result } = await deployment.requestsDuring(() => stack.destroy({ color: "never" }));
    expect(result.summary.resourceChanges).toEqual({ delete: all });
    expect(sequencesOf(requests)).toEqual(factsOf("delete", declared));
  });
});
