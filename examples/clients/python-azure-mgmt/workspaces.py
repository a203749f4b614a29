"""Finds Machine Learning workspaces with the management libraries; the JSON of create-for-rbac comes from Key Vault.

VAULT_URL and DAEMON say which, and the AZURE_ variables who reads it.
"""

import json
import os

from azure.identity import ClientSecretCredential, EnvironmentCredential
from azure.keyvault.secrets import SecretClient
from azure.mgmt.machinelearningservices import MachineLearningServicesMgmtClient
from azure.mgmt.resource.resources import ResourceManagementClient

TYPE = "Microsoft.MachineLearningServices/workspaces"

vault = SecretClient(os.environ["VAULT_URL"], EnvironmentCredential())
auth = json.loads(vault.get_secret(os.environ["DAEMON"] + "-sdk-auth").value)
credential = ClientSecretCredential(auth["tenantId"], auth["clientId"], auth["clientSecret"])

resources = ResourceManagementClient(credential, auth["subscriptionId"]).resources
workspaces = MachineLearningServicesMgmtClient(credential, auth["subscriptionId"]).workspaces
found = [resource.id.split("/") for resource in resources.list(filter=f"resourceType eq '{TYPE}'")]
if not found:
    raise SystemExit("no workspace that this daemon may see")
for _, _, _, _, group, *_, name in found:
    workspace = workspaces.get(group, name)
    print("workspace", workspace.name, "in", workspace.location)
