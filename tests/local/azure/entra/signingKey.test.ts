import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signingKey } from "../../../../local/azure/entra/token/signingKey";
import { StateKey } from "../../../../local/azure/store/stateKey";
import { Store } from "../../../../local/azure/store/store";

let directory: string;
let stateKey: StateKey;
let store: Store;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "signing-key-"));
  stateKey = StateKey.open(join(directory, "state.key"));
  store = await Store.open(join(directory, "store"));
});

afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true });
});

describe("the key that a tenant signs with", () => {
  it("is a new one of 2048 bits, and stays", () => {
    const made = signingKey(store, stateKey);
    expect(made.privateKey.asymmetricKeyDetails).toMatchObject({ modulusLength: 2048 });
    expect(signingKey(store, stateKey).kid).toBe(made.kid);
  });

  it("is the given one in a new state alone", () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    expect(signingKey(store, stateKey, privateKey).privateKey.equals(privateKey)).toBe(true);
    const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    expect(signingKey(store, stateKey, other).privateKey.equals(privateKey)).toBe(true);
  });
});
