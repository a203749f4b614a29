"""Writes and reads data frames of a lake with pandas, by fsspec and adlfs; the AZURE_ variables of the daemon come from Key Vault.

VAULT_URL and DAEMON say which, and the AZURE_ variables at the start who reads them. adlfs asks and signs in by aiohttp, the
vault's client by requests. Both find the proxy in HTTPS_PROXY; aiohttp finds the CA in SSL_CERT_FILE, requests in
REQUESTS_CA_BUNDLE.
"""

import json
import os

import fsspec
import pandas
from azure.identity import EnvironmentCredential
from azure.identity.aio import DefaultAzureCredential
from azure.keyvault.secrets import SecretClient

vault = SecretClient(os.environ["VAULT_URL"], EnvironmentCredential())


def settings(form):
    return json.loads(vault.get_secret(f"{os.environ['DAEMON']}-{form}").value)


lake = settings("credential")["lake"]
os.environ.update(settings("azure-identity-env"))
account = lake["url"].removeprefix("https://").split(".")[0]
options = {"account_name": account, "credential": DefaultAzureCredential()}
directory = f"abfs://{lake['fileSystem']}/{os.environ['DAEMON']}"
frame = pandas.DataFrame({"day": range(1000), "value": range(1000)})
frame.to_parquet(f"{directory}/forecast.parquet", storage_options=options)
frame.to_csv(f"{directory}/forecast.csv", storage_options=options, index=False)
read = pandas.read_parquet(f"{directory}/forecast.parquet", storage_options=options)
same = read.equals(pandas.read_csv(f"{directory}/forecast.csv", storage_options=options))

files = fsspec.filesystem("abfs", **options)
with files.open(f"{directory}/large.bin", "wb") as large:
    for _ in range(2):
        large.write(bytes(6 * 1024 * 1024))
files.copy(f"{directory}/large.bin", f"{directory}/copy.bin")
found = sorted(path.rsplit("/")[-1] for path in files.ls(directory))
files.rm(directory, recursive=True)
print(f"{len(read)} rows, the same in both files {same}, found", *found, "then", files.exists(directory))
