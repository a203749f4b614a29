// Signs and encrypts with a key of Key Vault as the daemon; its AZURE_ variables come from Key Vault.
// VAULT_URL and DAEMON say which, and the AZURE_ variables at the start who reads them.
import { createHash } from "node:crypto";
import { DefaultAzureCredential, EnvironmentCredential } from "@azure/identity";
import { CryptographyClient, KeyClient } from "@azure/keyvault-keys";
import { SecretClient } from "@azure/keyvault-secrets";

const { VAULT_URL, DAEMON } = process.env;
const vault = new SecretClient(VAULT_URL, new EnvironmentCredential());
Object.assign(process.env, JSON.parse((await vault.getSecret(`${DAEMON}-azure-identity-env`)).value));

const credential = new DefaultAzureCredential();
const keys = new KeyClient(VAULT_URL, credential);
const digest = createHash("sha256").update("a forecast").digest();
const curve = await keys.createEcKey(`${DAEMON}-ec`, { curve: "P-256" });
const signer = new CryptographyClient(curve.id, credential);
const { result: signature } = await signer.sign("ES256", digest);
const { result: valid } = await signer.verify("ES256", digest, signature);

const rsa = await rsaKey(`${DAEMON}-rsa`);
const cipher = new CryptographyClient(rsa.id, credential);
const { result: sealed } = await cipher.encrypt({ algorithm: "RSA-OAEP", plaintext: Buffer.from("a forecast") });
const { result: opened } = await cipher.decrypt({ algorithm: "RSA-OAEP", ciphertext: sealed });
await (await keys.beginDeleteKey(rsa.name)).pollUntilDone();
if (!valid || Buffer.from(opened).toString() !== "a forecast") {
  throw new Error("a key does not undo what it has done");
}
console.log("signed by", curve.key.crv, "and read back", Buffer.from(opened).toString());

/** A new version of the key. One that an earlier run has deleted keeps its name until it is purged: it is recovered first. */
async function rsaKey(name) {
  try {
    return await keys.createRsaKey(name, { keySize: 3072 });
  } catch (error) {
    if (error.statusCode !== 409) throw error;
    await (await keys.beginRecoverDeletedKey(name)).pollUntilDone();
    return keys.createRsaKey(name, { keySize: 3072 });
  }
}
