// Reads a secret and writes, reads and deletes a file, by the Azure SDKs and the AZURE_ variables alone.
import { Buffer } from "node:buffer";
import { DefaultAzureCredential } from "@azure/identity";
import { SecretClient } from "@azure/keyvault-secrets";
import { DataLakeServiceClient } from "@azure/storage-file-datalake";

const { VAULT_URL, SECRET_NAME, LAKE_URL, FILE_SYSTEM } = process.env;
const credential = new DefaultAzureCredential();

if (SECRET_NAME !== undefined) {
  const { name, properties } = await new SecretClient(VAULT_URL, credential).getSecret(SECRET_NAME);
  console.log("secret", name, properties.contentType);
}
if (FILE_SYSTEM !== undefined) {
  const file = new DataLakeServiceClient(LAKE_URL, credential)
    .getFileSystemClient(FILE_SYSTEM)
    .getFileClient("sdk.txt");
  await file.upload(Buffer.from("from the SDK"));
  console.log("file", (await file.readToBuffer()).toString("utf8"));
  await file.delete();
  console.log("exists", await file.exists());
}
