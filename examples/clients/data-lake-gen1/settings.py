"""The daemon's settings, read from Key Vault: a secret of the format datalake-gen1.

VAULT_URL and DAEMON say which; the AZURE_ variables say who reads it. The settings hold tenant_id, client_id, resource,
store_name, and client_secret or else thumbprint and private_key_file.
"""

import json
import os

from azure.identity import EnvironmentCredential
from azure.keyvault.secrets import SecretClient

vault = SecretClient(os.environ["VAULT_URL"], EnvironmentCredential())


def read_settings():
    return json.loads(vault.get_secret(os.environ["DAEMON"] + "-datalake-gen1").value)


def private_key(settings):
    """The PEM text with key and certificate: the vault keeps it under the name of the file; here it never becomes one."""
    return vault.get_secret(settings["private_key_file"].removesuffix(".pem")).value
