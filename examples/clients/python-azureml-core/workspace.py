"""Shows a Machine Learning workspace with azureml-core; the three AML_ variables come from Key Vault.

VAULT_URL and DAEMON say which, and the AZURE_ variables who reads them.
"""

import json
import os

from azure.identity import EnvironmentCredential
from azure.keyvault.secrets import SecretClient
from azureml.core import Workspace
from azureml.core.authentication import ServicePrincipalAuthentication

vault = SecretClient(os.environ["VAULT_URL"], EnvironmentCredential())


def settings(form):
    return json.loads(vault.get_secret(f"{os.environ['DAEMON']}-{form}").value)


aml = settings("aml-env")
auth = ServicePrincipalAuthentication(
    tenant_id=aml["AML_TENANT_ID"],
    service_principal_id=aml["AML_PRINCIPAL_ID"],
    service_principal_password=aml["AML_PRINCIPAL_PASS"],
)
# /subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.MachineLearningServices/workspaces/<name>
_, _, subscription_id, _, resource_group, *_, name = settings("credential")["machineLearning"]["workspaceId"].split("/")
# Version 1.61 asks for the resource group, although its documentation has it optional.
workspace = Workspace.get(name, auth=auth, subscription_id=subscription_id, resource_group=resource_group)
details = workspace.get_details()
print("workspace", details["name"], "in", details["location"], details["provisioningState"])
