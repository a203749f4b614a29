"""Signs in as a daemon with the certificate that its credential tells of: by msal, and by azure-identity."""
import json
import os

import msal
from azure.identity import CertificateCredential, DefaultAzureCredential
from azure.keyvault.secrets import SecretClient

SCOPE = "https://graph.microsoft.com/.default"

reader = DefaultAzureCredential()


def secret(uri):
    vault, name = uri.split("/secrets/")
    return SecretClient(vault, reader).get_secret(name).value


credential = json.loads(secret(os.environ["CREDENTIAL_URI"]))
certificate = credential["certificate"]
pem = secret(certificate["secretUri"])

application = msal.ConfidentialClientApplication(
    credential["clientId"],
    authority=credential["authority"],
    client_credential={"private_key": pem, "thumbprint": certificate["thumbprint"]},
)
answer = application.acquire_token_for_client([SCOPE])
print("msal", "signed in" if "access_token" in answer else answer["error_description"])

own = CertificateCredential(credential["tenantId"], credential["clientId"], certificate_data=pem.encode())
print("azure-identity", "signed in" if own.get_token(SCOPE).token else "no token")
