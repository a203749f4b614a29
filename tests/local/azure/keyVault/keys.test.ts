import { createHash, createPublicKey, generateKeyPairSync, randomBytes, verify, type JsonWebKey } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { codeOf, errorOf, VaultScenario, vaultBody, type Answer } from "./vaultScenario";
import { identities } from "../../../../local/azure/landingZone/layout";

const vault = "kv-keys";

let scenario: VaultScenario;
beforeAll(async () => {
  scenario = await VaultScenario.open();
  await scenario.makeVault(vault);
  scenario.grant("administrator", "cryptoOfficer", scenario.vaultId(vault));
  scenario.grant("consumer", "cryptoUser", scenario.vaultId(vault));
});
afterAll(() => scenario.azure.close());

interface Key {
  readonly key: JsonWebKey & { readonly kid: string; readonly key_ops: readonly string[] };
  readonly attributes: Readonly<Record<string, unknown>>;
}

const officer = (method: string, path: string, body?: unknown): Promise<Answer> =>
  scenario.data("administrator", method, vault, path, body);
const user = (method: string, path: string, body?: unknown): Promise<Answer> =>
  scenario.data("consumer", method, vault, path, body);

async function made(name: string, body: object): Promise<Key> {
  const answer = await officer("POST", `/keys/${name}/create`, body);
  expect([answer.status, errorOf(answer)]).toEqual([200, undefined]);
  return answer.body as Key;
}

const now = (): number => Math.floor(scenario.azure.clock.now().getTime() / 1000);
const innerOf = (answer: Answer): unknown => (errorOf(answer) as { innererror?: { code?: unknown } }).innererror?.code;
const digestOf = (hash: string, text: string): string => createHash(hash).update(text).digest("base64url");

/** The key as OpenSSL has it, to check what Key Vault has made without its help. */
const openSslKey = ({ key }: Key) =>
  createPublicKey({ key: { ...key, ...(key.crv === "P-256K" && { crv: "secp256k1" }) }, format: "jwk" });

const kinds: Readonly<Record<string, object>> = {
  RSA: { kty: "RSA" },
  "RSA 3072": { kty: "RSA", key_size: 3072 },
  "P-256": { kty: "EC" },
  "P-384": { kty: "EC", crv: "P-384" },
  "P-521": { kty: "EC", crv: "P-521" },
  "P-256K": { kty: "EC", crv: "P-256K" },
};
const nameOf = (kind: string): string => kind.replace(" ", "-");

describe("a signature", () => {
  it.each([
    ["RS256", "RSA", "sha256"],
    ["RS384", "RSA", "sha384"],
    ["RS512", "RSA 3072", "sha512"],
    ["PS256", "RSA", "sha256"],
    ["PS384", "RSA", "sha384"],
    ["PS512", "RSA 3072", "sha512"],
    ["ES256", "P-256", "sha256"],
    ["ES384", "P-384", "sha384"],
    ["ES512", "P-521", "sha512"],
    ["ES256K", "P-256K", "sha256"],
  ])("by %s is one that OpenSSL accepts for %s, and Key Vault for this digest alone", async (alg, kind, hash) => {
    const name = `sign-${nameOf(kind)}-${alg}`;
    const key = await made(name, kinds[kind] ?? {});
    const text = "what a daemon signs";
    const signed = await user("POST", `/keys/${name}//sign`, { alg, value: digestOf(hash, text) });
    const { kid, value } = signed.body as { readonly kid: string; readonly value: string };
    expect(kid).toBe(key.key.kid);
    const pss = alg.startsWith("PS") ? { padding: 6, saltLength: -1 } : {};
    const options = { key: openSslKey(key), ...pss, dsaEncoding: "ieee-p1363" as const };
    expect(verify(hash, Buffer.from(text), options, Buffer.from(value, "base64url"))).toBe(true);
    const version = new URL(kid).pathname;
    const asked = async (digest: string, signature: string): Promise<unknown> =>
      (await user("POST", `${version}/verify`, { alg, digest, value: signature })).body;
    expect(await asked(digestOf(hash, text), value)).toEqual({ value: true });
    expect(await asked(digestOf(hash, "something else"), value)).toEqual({ value: false });
    expect(await asked(digestOf(hash, text), randomBytes(64).toString("base64url"))).toEqual({ value: false });
  });
});

describe("encryption", () => {
  beforeAll(() => made("crypt", { kty: "RSA" }));

  it.each(["RSA-OAEP", "RSA-OAEP-256", "RSA1_5"])("by %s comes back whole", async (alg) => {
    const plain = randomBytes(32).toString("base64url");
    for (const [there, back] of [
      ["encrypt", "decrypt"],
      ["wrapkey", "unwrapkey"],
    ] as const) {
      const sealed = (await user("POST", `/keys/crypt/${there}`, { alg, value: plain })).body as { value: string };
      expect(sealed.value).not.toBe(plain);
      const opened = await user("POST", `/keys/crypt/${back}`, { alg, value: sealed.value });
      expect(opened.body).toMatchObject({ value: plain });
    }
  });

  it("refuses what is too long, and what another key has made", async () => {
    const long = await user("POST", "/keys/crypt/encrypt", {
      alg: "RSA-OAEP",
      value: randomBytes(300).toString("base64url"),
    });
    const foreign = await user("POST", "/keys/crypt/decrypt", {
      alg: "RSA-OAEP",
      value: randomBytes(256).toString("base64url"),
    });
    expect([codeOf(long), codeOf(foreign)]).toEqual(["BadParameter", "BadParameter"]);
  });
});

describe("a key", () => {
  it("shows its public half alone, and lies sealed on the disk", async () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const jwk = privateKey.export({ format: "jwk" });
    const { body } = await officer("PUT", "/keys/imported", { key: { ...jwk, key_ops: ["sign", "verify"] } });
    const { key } = body as Key;
    expect(key).toMatchObject({ kty: "RSA", n: jwk.n, e: jwk.e, key_ops: ["sign", "verify"] });
    expect(Object.keys(key).sort()).toEqual(["e", "key_ops", "kid", "kty", "n"]);
    const signed = await user("POST", "/keys/imported/sign", { alg: "RS256", value: digestOf("sha256", "x") });
    expect(signed.status).toBe(200);
    const store = join(scenario.azure.stateDirectory, "store");
    const onDisk = Buffer.concat(readdirSync(store).map((file) => readFileSync(join(store, file))));
    const der = privateKey.export({ format: "der", type: "pkcs8" }).toString("base64");
    expect([jwk.d ?? "", der].filter((secret) => onDisk.includes(secret))).toEqual([]);
  });

  it("has versions, of which a changed one changes alone", async () => {
    const first = await made("versions", { kty: "EC", tags: { team: "forecast" } });
    const second = await made("versions", { kty: "EC" });
    await officer("PATCH", new URL(first.key.kid).pathname, { attributes: { enabled: false }, key_ops: ["verify"] });
    const { body } = await user("GET", "/keys/versions/versions");
    const versions = (body as { value: { kid: string; attributes: { enabled: boolean } }[] }).value;
    expect(versions.map(({ kid, attributes: { enabled } }) => [kid, enabled])).toEqual([
      [first.key.kid, false],
      [second.key.kid, true],
    ]);
    expect((await user("GET", new URL(first.key.kid).pathname)).body).toMatchObject({ tags: { team: "forecast" } });
    expect((await user("GET", "/keys/versions")).body).toMatchObject({ key: { kid: second.key.kid } });
  });

  it("is deleted, recovered, deleted and purged, and its name is free only then", async () => {
    await made("gone", { kty: "EC" });
    expect((await officer("DELETE", "/keys/gone")).body).toMatchObject({
      recoveryId: `https://${vault}.vault.azure.net/deletedkeys/gone`,
    });
    expect(codeOf(await officer("GET", "/keys/gone"))).toBe("KeyNotFound");
    expect((await officer("POST", "/keys/gone/create", { kty: "EC" })).status).toBe(409);
    expect((await officer("POST", "/deletedkeys/gone/recover")).status).toBe(200);
    await officer("DELETE", "/keys/gone");
    expect((await officer("DELETE", "/deletedkeys/gone")).status).toBe(204);
    expect(codeOf(await officer("GET", "/deletedkeys/gone"))).toBe("KeyNotFound");
    await made("gone", { kty: "EC" });
  });

  it("comes back from its backup, which is none of a secret", async () => {
    const key = await made("backed-up", { kty: "EC" });
    const backup = (await officer("POST", "/keys/backed-up/backup")).body;
    await officer("DELETE", "/keys/backed-up");
    await officer("DELETE", "/deletedkeys/backed-up");
    expect((await officer("POST", "/keys/restore", backup)).body).toMatchObject({ key: { kid: key.key.kid } });
    scenario.grant("deployer", "secretsOfficer", scenario.vaultId(vault));
    const asSecret = await scenario.data("deployer", "POST", vault, "/secrets/restore", backup);
    expect(codeOf(asSecret)).toBe("BadParameter");
  });

  it("rotates into a new version that expires as its policy says", async () => {
    const first = await made("rotated", { kty: "RSA", key_ops: ["wrapKey", "unwrapKey"] });
    expect((await officer("GET", "/keys/rotated/rotationpolicy")).body).toMatchObject({
      lifetimeActions: [{ trigger: { timeBeforeExpiry: "P30D" }, action: { type: "Notify" } }],
    });
    const policy = {
      lifetimeActions: [{ trigger: { timeAfterCreate: "P90D" }, action: { type: "Rotate" } }],
      attributes: { expiryTime: "P4M" },
    };
    expect((await officer("PUT", "/keys/rotated/rotationpolicy", policy)).body).toMatchObject(policy);
    const { body } = await officer("POST", "/keys/rotated/rotate");
    const { key, attributes } = body as Key;
    expect(key.kid).not.toBe(first.key.kid);
    expect(key.key_ops).toEqual(["wrapKey", "unwrapKey"]);
    expect(attributes["exp"]).toBe(Date.parse("2026-07-01T09:00:00Z") / 1000);
  });

  it("is there after a restart, with what it has sealed", async () => {
    await made("kept", { kty: "RSA" });
    const value = randomBytes(16).toString("base64url");
    const sealed = (await user("POST", "/keys/kept/wrapkey", { alg: "RSA-OAEP", value })).body as { value: string };
    await scenario.azure.restart();
    const opened = await user("POST", "/keys/kept/unwrapkey", { alg: "RSA-OAEP", value: sealed.value });
    expect(opened.body).toMatchObject({ value });
  });
});

describe("who may do what with a key", () => {
  const value = digestOf("sha256", "x");
  beforeAll(() => made("guarded", { kty: "EC" }));

  it.each([
    ["a user", "POST", "/keys/guarded/sign", 200, user],
    ["a user", "GET", "/keys/guarded", 200, user],
    ["a user", "GET", "/keys", 200, user],
    ["a user", "POST", "/keys/other/create", 403, user],
    ["a user", "DELETE", "/keys/guarded", 403, user],
    ["a user", "POST", "/keys/guarded/rotate", 403, user],
    ["a user", "PUT", "/keys/guarded/rotationpolicy", 403, user],
    ["an officer", "PUT", "/keys/guarded/rotationpolicy", 200, officer],
  ] as const)("%s: %s %s is %i", async (_who, method, path, status, as) => {
    const answer = await as(method, path, method === "POST" ? { alg: "ES256", value, kty: "EC" } : undefined);
    expect(answer.status).toBe(status);
    if (status === 403) expect(innerOf(answer)).toBe("ForbiddenByRbac");
  });

  it("follows the vault's access policies where it has no RBAC", async () => {
    const permissions = { keys: ["get", "wrapKey"] };
    const { objectId } = identities.consumer;
    const { tenantId } = vaultBody().properties as { readonly tenantId: string };
    const all = { tenantId, objectId: identities.administrator.objectId, permissions: { keys: ["all"] } };
    await scenario.makeVault("kv-policies", {
      enableRbacAuthorization: false,
      accessPolicies: [all, { tenantId, objectId, permissions }],
    });
    await scenario.data("administrator", "POST", "kv-policies", "/keys/k/create", { kty: "RSA" });
    const asked = async (path: string): Promise<unknown> =>
      (await scenario.data("consumer", "POST", "kv-policies", path, { alg: "RSA-OAEP", value: "AAAA" })).status;
    expect([await asked("/keys/k/wrapkey"), await asked("/keys/k/encrypt")]).toEqual([200, 403]);
  });
});

describe("what a key may be used for", () => {
  const value = digestOf("sha256", "x");
  const sign = (name: string): Promise<Answer> => user("POST", `/keys/${name}/sign`, { alg: "RS256", value });
  const verifies = (name: string): Promise<Answer> =>
    user("POST", `/keys/${name}/verify`, { alg: "RS256", digest: value, value: "AAAA" });

  it("is what its operations say", async () => {
    await made("wraps", { kty: "RSA", key_ops: ["wrapKey"] });
    const answer = await sign("wraps");
    expect([answer.status, innerOf(answer)]).toEqual([403, "KeyOperationForbidden"]);
  });

  it("is nothing while it is disabled, though it is shown", async () => {
    await made("off", { kty: "RSA", attributes: { enabled: false } });
    expect(innerOf(await sign("off"))).toBe("KeyDisabled");
    expect(innerOf(await verifies("off"))).toBe("KeyDisabled");
    expect((await user("GET", "/keys/off")).status).toBe(200);
  });

  it("is to check and open what was made before, outside of its dates", async () => {
    await made("later", { kty: "RSA", attributes: { nbf: now() + 60 } });
    await made("past", { kty: "RSA", attributes: { exp: now() - 60 } });
    expect([innerOf(await sign("later")), innerOf(await sign("past"))]).toEqual(["KeyNotYetValid", "KeyExpired"]);
    expect([(await verifies("later")).status, (await verifies("past")).status]).toEqual([200, 200]);
  });

  it.each([
    ["ES256", value, /is of type 'RSA', and algorithm 'ES256' can only be used with a key of type 'EC' or 'EC-HSM'/],
    ["RS256", "AAAA", /Invalid length of 'value': 3 bytes\. RS256 requires 32 bytes/],
    ["HS256", value, /alg has invalid value HS256/],
    ["RS256", "not base64url!", /value is required, and must be encoded with base64url/],
  ])("refuses %s of %s in Key Vault's own form", async (alg, digest, message) => {
    await made("rsa", { kty: "RSA" });
    const answer = await user("POST", "/keys/rsa/sign", { alg, value: digest });
    expect(answer.status).toBe(400);
    expect(errorOf(answer)).toMatchObject({ code: "BadParameter", message: expect.stringMatching(message) as unknown });
  });
});

it.each([
  ["hardware", "/keys/h/create", { kty: "RSA-HSM" }],
  ["symmetric keys", "/keys/h/create", { kty: "oct" }],
  ["release", "/keys/h/create", { kty: "RSA", attributes: { exportable: true } }],
  ["random bytes", "/rng", { count: 8 }],
])("says that it does not have %s", async (_what, path, body) => {
  const answer = await officer("POST", path, body);
  expect([answer.status, codeOf(answer)]).toEqual([501, "NotImplemented"]);
});
