import { resourceGroups } from "../../../../local/azure/landingZone/layout";
import { codeOf, errorOf, VaultScenario, type Answer } from "./vaultScenario";

let scenario: VaultScenario;
beforeEach(async () => {
  scenario = await VaultScenario.open();
  await scenario.makeVault("kv-arm");
});
afterEach(() => scenario.azure.close());

const secretPath = (name: string): string => `${scenario.vaultId("kv-arm")}/secrets/${name}`;
const put = (name: string, properties: object, tags?: object): Promise<Answer> =>
  scenario.arm("PUT", secretPath(name), { properties, tags });

it("writes a secret, and never shows its value", async () => {
  const created = await put(
    "loader-credential",
    { value: "a-value-to-hide", contentType: "application/json", attributes: { nbf: 1772000000, exp: 1780000000 } },
    { daemon: "loader" },
  );
  expect(created.status).toBe(201);
  const found = await scenario.arm("GET", secretPath("loader-credential"));
  expect(found.body).toEqual(created.body);
  expect(found.body).toEqual({
    id: secretPath("loader-credential"),
    name: "loader-credential",
    type: "Microsoft.KeyVault/vaults/secrets",
    location: "westeurope",
    properties: {
      attributes: { enabled: true, nbf: 1772000000, exp: 1780000000, created: 1772355600, updated: 1772355600 },
      contentType: "application/json",
      secretUri: "https://kv-arm.vault.azure.net/secrets/loader-credential",
      secretUriWithVersion: expect.stringMatching(
        /^https:\/\/kv-arm\.vault\.azure\.net\/secrets\/loader-credential\/[0-9a-f]{32}$/,
      ) as string,
    },
    tags: { daemon: "loader" },
  });
  expect(JSON.stringify(created.body)).not.toContain("a-value-to-hide");
});

it("makes a new version with each PUT, and keeps the old one", async () => {
  const versionUri = (answer: Answer): string =>
    (answer.body as { properties: { secretUriWithVersion: string } }).properties.secretUriWithVersion;
  const first = await put("loader", { value: "one" });
  const second = await put("loader", { value: "two" });
  expect([first.status, second.status]).toEqual([201, 200]);

  scenario.grant("consumer", "secretsUser", secretPath("loader"));
  const read = async (uri: string) =>
    ((await scenario.data("consumer", "GET", "kv-arm", new URL(uri).pathname)).body as { value: string }).value;
  expect(await read(versionUri(first))).toBe("one");
  expect(await read(versionUri(second))).toBe("two");
});

it("lists the vault's secrets without values", async () => {
  await put("b", { value: "hidden-b" });
  await put("a", { value: "hidden-a" });
  const listed = await scenario.arm("GET", `${scenario.vaultId("kv-arm")}/secrets`);
  expect(listed.body).toMatchObject({ value: [{ name: "a" }, { name: "b" }] });
  expect(JSON.stringify(listed.body)).not.toContain("hidden");
});

it.each([
  ["no value", "s", {}, undefined],
  ["a value over 25 KiB", "s", { value: "x".repeat(25 * 1024 + 1) }, undefined],
  ["an underscore in its name", "under_score", { value: "v" }, undefined],
  ["an end before its beginning", "s", { value: "v", attributes: { nbf: 200, exp: 100 } }, undefined],
  ["times that are no numbers", "s", { value: "v", attributes: { exp: "2030-01-01" } }, undefined],
  ["sixteen tags", "s", { value: "v" }, Object.fromEntries(Array.from({ length: 16 }, (_, n) => [`t${n}`, ""]))],
])("refuses a secret with %s", async (_what, name, properties, tags) => {
  const refused = await put(name, properties, tags);
  expect([refused.status, codeOf(refused)]).toEqual([400, "BadRequest"]);
});

it("takes the largest value and fifteen tags", async () => {
  const tags = Object.fromEntries(Array.from({ length: 15 }, (_, n) => [`t${n}`, ""]));
  expect((await put("large", { value: "x".repeat(25 * 1024) }, tags)).status).toBe(201);
});

it("refuses the name of a soft-deleted secret", async () => {
  await put("loader", { value: "one" });
  scenario.grant("deployer", "secretsOfficer", scenario.vaultId("kv-arm"));
  await scenario.data("deployer", "DELETE", "kv-arm", "/secrets/loader");

  const refused = await put("loader", { value: "two" });
  expect(refused.status).toBe(409);
  expect(errorOf(refused)).toEqual({
    code: "ConflictError",
    message:
      "Secret loader is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the secret can only be recovered or purged.",
  });
  expect((await scenario.arm("GET", secretPath("loader"))).status).toBe(404);
});

it("has no DELETE", async () => {
  await put("loader", { value: "one" });
  const refused = await scenario.arm("DELETE", secretPath("loader"));
  expect(refused.status).toBeGreaterThanOrEqual(400);
  expect((await scenario.arm("GET", secretPath("loader"))).status).toBe(200);
});

it("passes the vault's firewall", async () => {
  await scenario.vault("PATCH", "kv-arm", { properties: { publicNetworkAccess: "Disabled" } });
  expect((await put("loader", { value: "one" })).status).toBe(201);
});

it("says that the vault is missing", async () => {
  const path = scenario.vaultId("kv-none");
  const refused = await scenario.arm("PUT", `${path}/secrets/loader`, { properties: { value: "v" } });
  expect([refused.status, codeOf(refused)]).toEqual([404, "ParentResourceNotFound"]);
});

it("is not for those who only look at the vault", async () => {
  const url = `https://management.azure.com${secretPath("loader")}?api-version=2024-11-01`;
  const refused = await scenario.azure.call("stranger", "https://management.azure.com/.default", "PUT", url, {
    properties: { value: "v" },
  });
  expect([refused.status, codeOf(refused)]).toEqual([403, "AuthorizationFailed"]);
  expect(secretPath("loader")).toContain(resourceGroups.daemons);
});
