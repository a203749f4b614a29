# Gets a token for Microsoft Graph with MSAL for Python, by the kind of credential that KIND names, and lists users.
import os

import msal
import requests

kind = os.environ["KIND"]
client_id = os.environ["CLIENT_ID"]


def read(name):
    with open(os.environ[name], encoding="utf-8") as file:
        return file.read()


if kind == "managedIdentity":
    client = msal.ManagedIdentityClient(
        msal.UserAssignedManagedIdentity(client_id=client_id), http_client=requests.Session()
    )
    result = client.acquire_token_for_client(resource="https://graph.microsoft.com")
else:
    credential = {
        "secret": lambda: os.environ["CLIENT_SECRET"],
        "certificate": lambda: {
            "private_key": read("PRIVATE_KEY_FILE"),
            "thumbprint": os.environ["THUMBPRINT"],
        },
        "federated": lambda: {"client_assertion": lambda: read("AZURE_FEDERATED_TOKEN_FILE")},
    }[kind]()
    authority = "https://login.microsoftonline.com/" + os.environ["TENANT_ID"]
    app = msal.ConfidentialClientApplication(client_id, credential, authority)
    result = app.acquire_token_for_client(["https://graph.microsoft.com/.default"])

if "access_token" not in result:
    print(result.get("error"), result.get("error_description"))
else:
    headers = {"Authorization": "Bearer " + result["access_token"]}
    print(requests.get("https://graph.microsoft.com/v1.0/users", headers=headers).status_code)
