"""Lists the tenant's users with Microsoft Graph, as MSAL's daemon samples do: parameters.json comes from Key Vault.

VAULT_URL and DAEMON say which, and the AZURE_ variables who reads it.
"""

import json
import os

import msal
import requests
from azure.identity import EnvironmentCredential
from azure.keyvault.secrets import SecretClient

vault = SecretClient(os.environ["VAULT_URL"], EnvironmentCredential())


def client_credential(config):
    if "secret" in config:
        return config["secret"]
    # The vault keeps the private key under the name of the file; here it never becomes one.
    private_key = vault.get_secret(config["private_key_file"].removesuffix(".pem")).value
    return {"thumbprint": config["thumbprint"], "private_key": private_key}


config = json.loads(vault.get_secret(os.environ["DAEMON"] + "-msal-parameters").value)
app = msal.ConfidentialClientApplication(
    config["client_id"], authority=config["authority"], client_credential=client_credential(config)
)
result = app.acquire_token_silent(config["scope"], account=None)
if not result:
    result = app.acquire_token_for_client(scopes=config["scope"])
if "access_token" not in result:
    raise SystemExit(f"{result['error']}: {result['error_description']}")

headers = {"Authorization": "Bearer " + result["access_token"]}
response = requests.get(config["endpoint"], headers=headers, timeout=60)
if response.status_code != 200:
    raise SystemExit(f"{response.status_code} {response.text}")
print(len(response.json()["value"]), "users")
