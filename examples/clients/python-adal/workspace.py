"""Reads a Machine Learning workspace by REST with a token of adal's; the three AML_ variables come from Key Vault.

VAULT_URL and DAEMON say which, and the AZURE_ variables who reads them.
"""

import json
import os

import adal
import requests
from azure.identity import EnvironmentCredential
from azure.keyvault.secrets import SecretClient

vault = SecretClient(os.environ["VAULT_URL"], EnvironmentCredential())


def settings(form):
    return json.loads(vault.get_secret(f"{os.environ['DAEMON']}-{form}").value)


aml = settings("aml-env")
context = adal.AuthenticationContext("https://login.microsoftonline.com/" + aml["AML_TENANT_ID"])
token = context.acquire_token_with_client_credentials(
    "https://management.azure.com/", aml["AML_PRINCIPAL_ID"], aml["AML_PRINCIPAL_PASS"]
)

url = "https://management.azure.com" + settings("credential")["machineLearning"]["workspaceId"]
headers = {"Authorization": "Bearer " + token["accessToken"]}
response = requests.get(url, params={"api-version": "2024-04-01"}, headers=headers, timeout=60)
if response.status_code != 200:
    raise SystemExit(f"{response.status_code} {response.text}")
workspace = response.json()
print("workspace", workspace["name"], "in", workspace["location"])
