// Finds Machine Learning workspaces with the management libraries; the JSON of create-for-rbac comes from Key Vault.
// VAULT_URL and DAEMON say which, and the AZURE_ variables who reads it.
import { AzureMachineLearningWorkspaces } from "@azure/arm-machinelearning";
import { ResourceManagementClient } from "@azure/arm-resources";
import { ClientSecretCredential, EnvironmentCredential } from "@azure/identity";
import { SecretClient } from "@azure/keyvault-secrets";

const type = "Microsoft.MachineLearningServices/workspaces";

const { VAULT_URL, DAEMON } = process.env;
const vault = new SecretClient(VAULT_URL, new EnvironmentCredential());
const auth = JSON.parse((await vault.getSecret(`${DAEMON}-sdk-auth`)).value);
const credential = new ClientSecretCredential(auth.tenantId, auth.clientId, auth.clientSecret);

const { resources } = new ResourceManagementClient(credential, auth.subscriptionId);
const { workspaces } = new AzureMachineLearningWorkspaces(credential, auth.subscriptionId);
const found = [];
for await (const { id } of resources.list({ filter: `resourceType eq '${type}'` })) {
  found.push(id.split("/"));
}
if (found.length === 0) {
  throw new Error("no workspace that this daemon may see");
}
for (const [, , , , group, , , , name] of found) {
  const workspace = await workspaces.get(group, name);
  console.log("workspace", workspace.name, "in", workspace.location);
}
