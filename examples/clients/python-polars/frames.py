"""Writes and scans data frames of a lake with polars, whose object store is Rust's; the daemon's secret comes from Key Vault.

VAULT_URL and DAEMON say which, and the AZURE_ variables at the start who reads them. The object store finds the proxy in
HTTPS_PROXY and the CA in SSL_CERT_FILE.
"""

import json
import os

import polars
from azure.identity import EnvironmentCredential
from azure.keyvault.secrets import SecretClient

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
directory = f"abfss://{lake['fileSystem']}@{host}/{os.environ['DAEMON']}"
frame = polars.DataFrame({"day": range(1000), "value": range(1000)})
frame.write_parquet(f"{directory}/forecast.parquet", storage_options=options)
frame.lazy().sink_csv(f"{directory}/forecast.csv", storage_options=options)
scanned = polars.scan_parquet(f"{directory}/*.parquet", storage_options=options)
total = scanned.select(polars.col("value").sum()).collect().item()
rows = polars.read_csv(f"{directory}/forecast.csv", storage_options=options).height
print(f"{rows} rows, whose values make {total}")
