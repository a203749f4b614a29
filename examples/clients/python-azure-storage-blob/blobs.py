"""Uploads a large blob in blocks and a stream, appends to a blob and copies one, as DefaultAzureCredential.

The AZURE_ variables of the daemon come from Key Vault: VAULT_URL and DAEMON say which, and the AZURE_ variables at the start
who reads them. requests finds the proxy in HTTPS_PROXY and the CA in REQUESTS_CA_BUNDLE.
"""

import json
import os

from azure.identity import DefaultAzureCredential, EnvironmentCredential
from azure.keyvault.secrets import SecretClient
from azure.storage.blob import BlobServiceClient

mebibyte = 1024 * 1024
vault = SecretClient(os.environ["VAULT_URL"], EnvironmentCredential())


def settings(form):
    return json.loads(vault.get_secret(f"{os.environ['DAEMON']}-{form}").value)


lake = settings("credential")["lake"]
os.environ.update(settings("azure-identity-env"))
service = BlobServiceClient(lake["url"].replace(".dfs.", ".blob."), DefaultAzureCredential())
container = service.get_container_client(lake["fileSystem"])


def blob(name):
    return container.get_blob_client(f"{os.environ['DAEMON']}/{name}")


content = os.urandom(65 * mebibyte)
large = blob("large.bin")
large.upload_blob(content, overwrite=True, max_concurrency=2)
whole = large.download_blob(max_concurrency=2).readall() == content
stream = blob("stream.bin")
stream.upload_blob((content[each : each + mebibyte] for each in range(0, 6 * mebibyte, mebibyte)), overwrite=True)
log = blob("app.log")
log.create_append_blob()
log.append_block(b"one\n")
log.append_block(b"two\n", appendpos_condition=4)
copy = blob("copy.log")
status = copy.start_copy_from_url(log.url)["copy_status"]
copied = copy.download_blob().readall()
container.delete_blobs(*(each.blob_name for each in (large, stream, log, copy)))
print("large blob whole", whole, "copy", status, copied, "left", large.exists())
