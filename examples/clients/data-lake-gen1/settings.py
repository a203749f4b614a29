"""The daemon's settings, read from Key Vault: a secret of the format datalake-gen1.

SECRET_URI names the secret; the AZURE_ variables say who reads it. The settings hold tenant_id, client_id, resource,
store_name, and client_secret or else thumbprint and private_key_file.
"""

import json
import os
from urllib.parse import urlsplit

from azure.identity import EnvironmentCredential
from azure.keyvault.secrets import SecretClient


def read_settings():
    uri = urlsplit(os.environ["SECRET_URI"])
    vault = SecretClient(f"https://{uri.netloc}", EnvironmentCredential())
    return json.loads(vault.get_secret(uri.path.split("/")[2]).value)


def private_key(settings):
    with open(settings["private_key_file"], encoding="utf-8") as file:
        return file.read()
