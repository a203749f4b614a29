// Uploads a stream in blocks, appends to a blob, copies one and deletes them in a batch, as DefaultAzureCredential; the AZURE_
// variables of the daemon come from Key Vault. VAULT_URL and DAEMON say which, and the AZURE_ variables at the start who reads
// them. Azure's SDK finds the proxy in HTTPS_PROXY, and Node.js the CA in NODE_EXTRA_CA_CERTS.
import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { DefaultAzureCredential, EnvironmentCredential } from "@azure/identity";
import { SecretClient } from "@azure/keyvault-secrets";
import { BlobServiceClient } from "@azure/storage-blob";

const mebibyte = 1024 * 1024;
const { VAULT_URL, DAEMON } = process.env;
const vault = new SecretClient(VAULT_URL, new EnvironmentCredential());
const settings = async (format) => JSON.parse((await vault.getSecret(`${DAEMON}-${format}`)).value);

const { lake } = await settings("credential");
Object.assign(process.env, await settings("azure-identity-env"));
const service = new BlobServiceClient(lake.url.replace(".dfs.", ".blob."), new DefaultAzureCredential());
const container = service.getContainerClient(lake.fileSystem);
const content = randomBytes(9 * mebibyte);

const stream = container.getBlockBlobClient(`${DAEMON}/stream.bin`);
await stream.uploadStream(Readable.from([content]), 4 * mebibyte, 2);
const isWhole = (await stream.downloadToBuffer()).equals(content);
const log = container.getAppendBlobClient(`${DAEMON}/app.log`);
await log.create();
await log.appendBlock("one\n", 4);
await log.appendBlock("two\n", 4, { conditions: { appendPosition: 4 } });
const copy = container.getBlobClient(`${DAEMON}/copy.log`);
const { copyStatus } = await (await copy.beginCopyFromURL(log.url)).pollUntilDone();
const copied = (await copy.downloadToBuffer()).toString();
await container.getBlobBatchClient().deleteBlobs([stream, log, copy]);
console.log(`stream whole ${isWhole}, copy ${copyStatus} ${JSON.stringify(copied)}, left ${await copy.exists()}`);
