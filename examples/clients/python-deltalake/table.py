"""Writes versions of a Delta table in a lake, whose object store is Rust's; the daemon's secret comes from Key Vault.

VAULT_URL and DAEMON say which, and the AZURE_ variables at the start who reads them. The object store finds the proxy in
HTTPS_PROXY and the CA in SSL_CERT_FILE. A version is taken by who writes its file first, by If-None-Match.
"""

import json
import os

import pyarrow
from azure.identity import EnvironmentCredential
from azure.keyvault.secrets import SecretClient
from deltalake import DeltaTable, write_deltalake

vault = SecretClient(os.environ["VAULT_URL"], EnvironmentCredential())


def settings(form):
    return json.loads(vault.get_secret(f"{os.environ['DAEMON']}-{form}").value)


lake = settings("credential")["lake"]
identity = settings("azure-identity-env")
host = lake["url"].removeprefix("https://").rstrip("/")
options = {
    "account_name": host.split(".")[0],
    "tenant_id": identity["AZURE_TENANT_ID"],
    "client_id": identity["AZURE_CLIENT_ID"],
    "client_secret": identity["AZURE_CLIENT_SECRET"],
}
place = f"abfss://{lake['fileSystem']}@{host}/{os.environ['DAEMON']}"
for day in range(3):
    rows = pyarrow.table({"day": [day], "value": [day * 10]})
    write_deltalake(place, rows, mode="append" if day > 0 else "overwrite", storage_options=options)
table = DeltaTable(place, storage_options=options)
table.optimize.compact()
removed = table.vacuum(retention_hours=0, enforce_retention_duration=False, dry_run=False)
table.create_checkpoint()
table.delete("day = 1")
rows = DeltaTable(place, storage_options=options).to_pyarrow_table().num_rows
print(f"{rows} rows left of 3, {len(removed)} files removed")
