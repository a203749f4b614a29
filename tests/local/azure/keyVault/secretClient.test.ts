import { SecretClient } from "@azure/keyvault-secrets";
import { SdkClients } from "../../../support/sdkClient";
import { VaultScenario } from "./vaultScenario";

let scenario: VaultScenario;
let sdk: SdkClients;
beforeEach(async () => {
  scenario = await VaultScenario.open();
  await scenario.makeVault("kv-sdk");
  scenario.grant("deployer", "secretsOfficer", scenario.vaultId("kv-sdk"));
  sdk = new SdkClients(scenario.azure);
});
afterEach(async () => {
  sdk.close();
  await scenario.azure.close();
});

const client = (identity: "deployer" | "consumer"): SecretClient =>
  new SecretClient("https://kv-sdk.vault.azure.net", sdk.credential(identity), sdk.options);
const quickly = { intervalInMs: 1 };

it("serves Azure's own client through a secret's whole life", async () => {
  const secrets = client("deployer");
  const expiresOn = new Date("2030-01-31T00:00:00Z");
  const set = await secrets.setSecret("loader", "one", { contentType: "text/plain", tags: { a: "1" }, expiresOn });
  expect((await secrets.getSecret("loader")).value).toBe("one");
  expect(set.properties.expiresOn).toEqual(expiresOn);

  await secrets.setSecret("loader", "two");
  expect((await secrets.getSecret("loader")).value).toBe("two");
  expect((await secrets.getSecret("loader", { version: set.properties.version ?? "" })).value).toBe("one");
  await secrets.updateSecretProperties("loader", set.properties.version ?? "", { enabled: false });
  const versions: (boolean | undefined)[] = [];
  for await (const { enabled } of secrets.listPropertiesOfSecretVersions("loader")) {
    versions.push(enabled);
  }
  expect(versions).toEqual([false, true]);

  await (await secrets.beginDeleteSecret("loader", quickly)).pollUntilDone();
  await expect(secrets.getSecret("loader")).rejects.toMatchObject({ statusCode: 404, code: "SecretNotFound" });
  await (await secrets.beginRecoverDeletedSecret("loader", quickly)).pollUntilDone();
  expect((await secrets.getSecret("loader")).value).toBe("two");

  await (await secrets.beginDeleteSecret("loader", quickly)).pollUntilDone();
  await secrets.purgeDeletedSecret("loader");
  await expect(secrets.getDeletedSecret("loader")).rejects.toMatchObject({ statusCode: 404 });
});

it("lists more than a page to Azure's own client", async () => {
  const secrets = client("deployer");
  const names = Array.from({ length: 27 }, (_, n) => `secret-${String(n).padStart(2, "0")}`);
  await Promise.all(names.map((name) => secrets.setSecret(name, name)));
  const listed: string[] = [];
  for await (const { name } of secrets.listPropertiesOfSecrets()) {
    listed.push(name);
  }
  expect(listed).toEqual(names);
});

it("refuses Azure's own client where it has no role", async () => {
  await client("deployer").setSecret("loader", "one");
  await expect(client("consumer").getSecret("loader")).rejects.toMatchObject({
    statusCode: 403,
    code: "Forbidden",
    details: { error: { innerError: { code: "ForbiddenByRbac" } } },
  });
});
