import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { codeOf, errorOf, VaultScenario, type Answer } from "./vaultScenario";

let scenario: VaultScenario;
beforeEach(async () => {
  scenario = await VaultScenario.open();
  await scenario.makeVault("kv-data");
  scenario.grant("deployer", "secretsOfficer", scenario.vaultId("kv-data"));
});
afterEach(() => scenario.azure.close());

const officer = (method: string, path: string, body?: unknown): Promise<Answer> =>
  scenario.data("deployer", method, "kv-data", path, body);

describe("a secret", () => {
  it("is returned whole to who may read it", async () => {
    const set = await officer("PUT", "/secrets/loader", {
      value: "the value",
      contentType: "text/plain",
      attributes: { nbf: 1772000000, exp: 1780000000 },
      tags: { daemon: "loader" },
    });
    expect(set.status).toBe(200);
    const read = await officer("GET", "/secrets/loader");
    expect(read.body).toEqual(set.body);
    expect(read.body).toEqual({
      value: "the value",
      id: expect.stringMatching(/^https:\/\/kv-data\.vault\.azure\.net\/secrets\/loader\/[0-9a-f]{32}$/) as string,
      contentType: "text/plain",
      attributes: {
        enabled: true,
        nbf: 1772000000,
        exp: 1780000000,
        created: 1772355600,
        updated: 1772355600,
        recoveryLevel: "Recoverable+Purgeable",
        recoverableDays: 90,
      },
      tags: { daemon: "loader" },
    });
    expect(read.headers.get("x-ms-keyvault-region")).toBe("westeurope");
  });

  it("is found in any letter case, and under percent-encoded parameter names", async () => {
    await officer("PUT", "/secrets/Loader", { value: "v" });
    const token = await scenario.azure.token("deployer", "https://vault.azure.net/.default");
    const response = await scenario.azure.fetch(
      "https://kv-data.vault.azure.net/secrets/lOADER/?api%2Dversion=2025-07-01",
      { headers: { authorization: `Bearer ${token}` } },
    );
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ value: "v" });
  });

  it("keeps its versions apart", async () => {
    const idOf = ({ body }: Answer): string => (body as { id: string }).id;
    const first = await officer("PUT", "/secrets/loader", { value: "one" });
    await officer("PUT", "/secrets/loader", { value: "two" });
    expect((await officer("GET", "/secrets/loader")).body).toMatchObject({ value: "two" });
    expect((await officer("GET", new URL(idOf(first)).pathname)).body).toMatchObject({ value: "one" });
    const versions = await officer("GET", "/secrets/loader/versions");
    expect((versions.body as { value: { id: string }[] }).value.map(({ id }) => id)).toContain(idOf(first));
    expect(JSON.stringify(versions.body)).not.toContain('"value":"');
  });

  it("can be read before it begins and after it ends", async () => {
    await officer("PUT", "/secrets/early", { value: "v", attributes: { nbf: 4000000000 } });
    await officer("PUT", "/secrets/late", { value: "v", attributes: { exp: 1000000000 } });
    expect((await officer("GET", "/secrets/early")).status).toBe(200);
    expect((await officer("GET", "/secrets/late")).status).toBe(200);
  });

  it("is not read while it is disabled, and can be enabled again", async () => {
    await officer("PUT", "/secrets/loader", { value: "v", attributes: { enabled: false } });
    const refused = await officer("GET", "/secrets/loader");
    expect(refused.status).toBe(403);
    expect(errorOf(refused)).toEqual({
      code: "Forbidden",
      message: "Operation get is not allowed on a disabled secret.",
      innererror: { code: "SecretDisabled" },
    });
    const updated = await officer("PATCH", "/secrets/loader", { attributes: { enabled: true } });
    expect(updated.body).not.toHaveProperty("value");
    expect((await officer("GET", "/secrets/loader")).body).toMatchObject({ value: "v" });
  });

  it("keeps what an update leaves out", async () => {
    await officer("PUT", "/secrets/loader", { value: "v", contentType: "text/plain", tags: { a: "1" } });
    const updated = await officer("PATCH", "/secrets/loader/", { attributes: { exp: 1790000000 } });
    expect(updated.body).toMatchObject({
      contentType: "text/plain",
      tags: { a: "1" },
      attributes: { exp: 1790000000 },
    });
  });

  it("says when there is none", async () => {
    const refused = await officer("GET", "/secrets/none");
    expect(refused.status).toBe(404);
    expect(errorOf(refused)).toEqual({
      code: "SecretNotFound",
      message:
        "A secret with (name/id) none was not found in this key vault. If you recently deleted this secret you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182",
    });
  });

  it("refuses a bad name and a body without a value", async () => {
    for (const [path, body] of [
      ["/secrets/under_score", { value: "v" }],
      ["/secrets/loader", {}],
    ] as const) {
      const refused = await officer("PUT", path, body);
      expect([refused.status, codeOf(refused)]).toEqual([400, "BadParameter"]);
    }
  });

  it("is listed in pages that follow one another", async () => {
    for (const name of ["c", "a", "b"]) {
      await officer("PUT", `/secrets/${name}`, { value: "hidden" });
    }
    type Page = { value: { id: string }[]; nextLink: string | null };
    const first = (await officer("GET", "/secrets?maxresults=2")).body as Page;
    const next = new URL(first.nextLink ?? "");
    const second = (await officer("GET", `${next.pathname}?$skiptoken=${next.searchParams.get("$skiptoken") ?? ""}`))
      .body as Page;
    expect([...first.value, ...second.value].map(({ id }) => id)).toEqual(
      ["a", "b", "c"].map((name) => `https://kv-data.vault.azure.net/secrets/${name}`),
    );
    expect(second.nextLink).toBeNull();
    expect(JSON.stringify([first, second])).not.toContain("hidden");
    expect((await officer("GET", "/secrets?maxresults=26")).status).toBe(400);
  });
});

describe("a deleted secret", () => {
  beforeEach(async () => {
    await officer("PUT", "/secrets/loader", { value: "v" });
    const deleted = await officer("DELETE", "/secrets/loader");
    expect(deleted.body).toMatchObject({
      recoveryId: "https://kv-data.vault.azure.net/deletedsecrets/loader",
      deletedDate: 1772355600,
      scheduledPurgeDate: 1772355600 + 90 * 86400,
    });
    expect(deleted.body).not.toHaveProperty("value");
  });

  it("cannot be read or set again, and is found among the deleted", async () => {
    expect((await officer("GET", "/secrets/loader")).status).toBe(404);
    const refused = await officer("PUT", "/secrets/loader", { value: "new" });
    expect(refused.status).toBe(409);
    expect(errorOf(refused)).toMatchObject({ code: "Conflict", innererror: { code: "ObjectIsDeletedButRecoverable" } });
    expect((await officer("GET", "/deletedsecrets/loader")).status).toBe(200);
    expect((await officer("GET", "/deletedsecrets")).body).toMatchObject({ value: [{ deletedDate: 1772355600 }] });
  });

  it("comes back with its value", async () => {
    expect((await officer("POST", "/deletedsecrets/loader/recover")).status).toBe(200);
    expect((await officer("GET", "/secrets/loader")).body).toMatchObject({ value: "v" });
    expect((await officer("GET", "/deletedsecrets/loader")).status).toBe(404);
  });

  it("frees its name when it is purged", async () => {
    expect((await officer("DELETE", "/deletedsecrets/loader")).status).toBe(204);
    expect((await officer("PUT", "/secrets/loader", { value: "new" })).status).toBe(200);
  });

  it("is gone when its retention ends", async () => {
    scenario.azure.clock.advance({ days: 90 });
    expect((await officer("GET", "/deletedsecrets/loader")).status).toBe(404);
    expect((await officer("PUT", "/secrets/loader", { value: "new" })).status).toBe(200);
  });
});

it("does not purge under purge protection", async () => {
  await scenario.makeVault("kv-protected", { enablePurgeProtection: true });
  scenario.grant("deployer", "secretsOfficer", scenario.vaultId("kv-protected"));
  const call = (method: string, path: string, body?: unknown) =>
    scenario.data("deployer", method, "kv-protected", path, body);
  await call("PUT", "/secrets/loader", { value: "v" });
  await call("DELETE", "/secrets/loader");
  const refused = await call("DELETE", "/deletedsecrets/loader");
  expect(refused.status).toBe(403);
  expect(errorOf(refused)).toEqual({
    code: "Forbidden",
    message:
      'Operation "purge" is not allowed because purge protection is enabled for this vault. Key Vault service will automatically purge it after the retention period has passed.',
  });
});

it("restores a backup into a free name", async () => {
  await officer("PUT", "/secrets/loader", { value: "kept" });
  const { body: backup } = await officer("POST", "/secrets/loader/backup");
  expect(Buffer.from((backup as { value: string }).value, "base64url").toString()).not.toContain("kept");
  expect((await officer("POST", "/secrets/restore", backup)).status).toBe(409);
  await officer("DELETE", "/secrets/loader");
  await officer("DELETE", "/deletedsecrets/loader");
  expect((await officer("POST", "/secrets/restore", backup)).status).toBe(200);
  expect((await officer("GET", "/secrets/loader")).body).toMatchObject({ value: "kept" });
});

it("has nothing at the host of a vault that is not there, or is deleted", async () => {
  await scenario.makeVault("kv-gone");
  await scenario.vault("DELETE", "kv-gone");
  for (const host of ["kv-never", "kv-gone"]) {
    const response = await scenario.azure.fetch(`https://${host}.vault.azure.net/secrets`);
    expect(response.status).toBe(404);
    expect(response.headers.get("www-authenticate")).toBeNull();
    expect(await response.text()).toBe(
      `There is no vault at ${host}.vault.azure.net: in Azure this name would not resolve.\n`,
    );
  }
});

it("says plainly what it lacks", async () => {
  const answer = await officer("GET", "/storage");
  expect(answer.status).toBe(501);
  expect(errorOf(answer)).toMatchObject({
    code: "NotImplemented",
    message: expect.stringContaining("GET /storage") as string,
  });
});

it("keeps vaults and secrets over a restart, and no value in plain text on the disk", async () => {
  await officer("PUT", "/secrets/loader", { value: "never-on-the-disk" });
  await scenario.azure.restart();
  expect((await officer("GET", "/secrets/loader")).body).toMatchObject({ value: "never-on-the-disk" });

  const directory = join(scenario.azure.stateDirectory, "store");
  const files = await readdir(directory);
  const contents = await Promise.all(files.map((file) => readFile(join(directory, file), "latin1")));
  expect(contents.join("")).toContain("kv-data");
  expect(contents.join("")).not.toContain("never-on-the-disk");
});
