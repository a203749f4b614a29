"""Makes a datastore and submits a job with local code, with azure-ai-ml; the AZURE_ variables of the daemon come from Key Vault.

VAULT_URL and DAEMON say which, and the AZURE_ variables at the start who reads them.
"""

import json
import os
import pathlib
import tempfile

from azure.ai.ml import MLClient, command
from azure.ai.ml.entities import AzureDataLakeGen2Datastore, Environment
from azure.identity import DefaultAzureCredential, EnvironmentCredential
from azure.keyvault.secrets import SecretClient

vault = SecretClient(os.environ["VAULT_URL"], EnvironmentCredential())


def settings(form):
    return json.loads(vault.get_secret(f"{os.environ['DAEMON']}-{form}").value)


# /subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.MachineLearningServices/workspaces/<name>
_, _, subscription_id, _, resource_group, *_, name = settings("credential")["machineLearning"]["workspaceId"].split("/")
os.environ.update(settings("azure-identity-env"))
client = MLClient(DefaultAzureCredential(), subscription_id, resource_group, name)

lake = AzureDataLakeGen2Datastore(name="daemon_lake", account_name="contosolake", filesystem="forecast")
datastore = client.datastores.create_or_update(lake)
with tempfile.TemporaryDirectory() as code:
    (pathlib.Path(code) / "train.py").write_text("print('trained')\n")
    job = client.jobs.create_or_update(
        command(
            code=code,
            command="python train.py",
            environment=Environment(image="mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04"),
            compute="serverless",
            instance_type="Standard_DS3_v2",
        )
    )
print("datastore", datastore.name, "and a job that is", client.jobs.get(job.name).status)
