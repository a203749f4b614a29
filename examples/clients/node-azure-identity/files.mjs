// Works with files of a data lake as DefaultAzureCredential; the AZURE_ variables of the daemon come from Key Vault.
// VAULT_URL and DAEMON say which, and the AZURE_ variables at the start who reads them.
import { text } from "node:stream/consumers";
import { DefaultAzureCredential, EnvironmentCredential } from "@azure/identity";
import { SecretClient } from "@azure/keyvault-secrets";
import { DataLakeServiceClient } from "@azure/storage-file-datalake";

const { VAULT_URL, DAEMON } = process.env;
const vault = new SecretClient(VAULT_URL, new EnvironmentCredential());
const settings = async (format) => JSON.parse((await vault.getSecret(`${DAEMON}-${format}`)).value);

const { lake } = await settings("credential");
Object.assign(process.env, await settings("azure-identity-env"));
const service = new DataLakeServiceClient(lake.url, new DefaultAzureCredential());
const file = service.getFileSystemClient(lake.fileSystem).getFileClient(`${DAEMON}.txt`);
const content = "a forecast";
await file.create();
await file.append(content, 0, content.length);
await file.flush(content.length);
const read = await text((await file.read()).readableStreamBody);
await file.delete();
console.log(`read back "${read}", exists ${await file.exists()}`);
