"""Works with files of a data lake as DefaultAzureCredential; the AZURE_ variables of the daemon come from Key Vault.

VAULT_URL and DAEMON say which, and the AZURE_ variables at the start who reads them.
"""

import json
import os

from azure.identity import DefaultAzureCredential, EnvironmentCredential
from azure.keyvault.secrets import SecretClient
from azure.storage.filedatalake import DataLakeServiceClient

vault = SecretClient(os.environ["VAULT_URL"], EnvironmentCredential())


def settings(form):
    return json.loads(vault.get_secret(f"{os.environ['DAEMON']}-{form}").value)


lake = settings("credential")["lake"]
os.environ.update(settings("azure-identity-env"))
service = DataLakeServiceClient(lake["url"], DefaultAzureCredential())
file = service.get_file_system_client(lake["fileSystem"]).get_file_client(os.environ["DAEMON"] + ".txt")
file.upload_data(b"a forecast\n", overwrite=True)
content = file.download_file().readall()
file.delete_file()
print("read back", content, "exists", file.exists())
