"""Works with files of a lake with Arrow's own file system, on Azure's SDK for C++; the daemon's secret comes from Key Vault.

VAULT_URL and DAEMON say which, and the AZURE_ variables at the start who reads them. The SDK asks by libcurl, which finds the
proxy in HTTPS_PROXY and the CA in SSL_CERT_FILE.
"""

import json
import os

import pyarrow
import pyarrow.parquet
from azure.identity import EnvironmentCredential
from azure.keyvault.secrets import SecretClient
from pyarrow.fs import AzureFileSystem, FileSelector, FileType

vault = SecretClient(os.environ["VAULT_URL"], EnvironmentCredential())


def settings(form):
    return json.loads(vault.get_secret(f"{os.environ['DAEMON']}-{form}").value)


lake = settings("credential")["lake"]
identity = settings("azure-identity-env")
files = AzureFileSystem(
    account_name=lake["url"].removeprefix("https://").split(".")[0],
    tenant_id=identity["AZURE_TENANT_ID"],
    client_id=identity["AZURE_CLIENT_ID"],
    client_secret=identity["AZURE_CLIENT_SECRET"],
)
directory = f"{lake['fileSystem']}/{os.environ['DAEMON']}"
missing = files.get_file_info(f"{directory}/none.parquet").type == FileType.NotFound
table = pyarrow.table({"day": range(1000), "value": range(1000)})
pyarrow.parquet.write_table(table, f"{directory}/forecast.parquet", filesystem=files)
files.copy_file(f"{directory}/forecast.parquet", f"{directory}/copy.parquet")
files.move(f"{directory}/copy.parquet", f"{directory}/moved.parquet")
read = pyarrow.parquet.read_table(f"{directory}/moved.parquet", filesystem=files)
found = [info.base_name for info in files.get_file_info(FileSelector(directory))]
files.delete_dir(directory)
print(f"{read.num_rows} rows, found", *found, "and nothing where nothing is", missing)
