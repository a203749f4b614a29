"""Queries files of a lake with DuckDB, by fsspec and adlfs; the AZURE_ variables of the daemon come from Key Vault.

VAULT_URL and DAEMON say which, and the AZURE_ variables at the start who reads them. DuckDB's own azure extension is no part
of its package: it is downloaded from extensions.duckdb.org when it is first used. A file system of fsspec does without; the
proxy and the CA are found as adlfs finds them.
"""

import json
import os

import duckdb
import fsspec
from azure.identity import EnvironmentCredential
from azure.identity.aio import DefaultAzureCredential
from azure.keyvault.secrets import SecretClient

vault = SecretClient(os.environ["VAULT_URL"], EnvironmentCredential())


def settings(form):
    return json.loads(vault.get_secret(f"{os.environ['DAEMON']}-{form}").value)


lake = settings("credential")["lake"]
os.environ.update(settings("azure-identity-env"))
account = lake["url"].removeprefix("https://").split(".")[0]
files = fsspec.filesystem("abfs", account_name=account, credential=DefaultAzureCredential())
directory = f"abfs://{lake['fileSystem']}/{os.environ['DAEMON']}"
duckdb.register_filesystem(files)
duckdb.sql("select range as day, range * 2 as value from range(1000)").write_parquet(f"{directory}/forecast.parquet")
((rows, total),) = duckdb.sql(f"select count(*), sum(value) from '{directory}/*.parquet'").fetchall()
files.rm(directory, recursive=True)
print(f"{rows} rows, whose values make {total}")
