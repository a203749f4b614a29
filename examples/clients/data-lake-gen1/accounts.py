"""Account management as a daemon: finds its account and shows it.

`python accounts.py list` shows all accounts of its resource group, `python accounts.py create <name>` tries to make another
one there, and `python accounts.py delete <name>` deletes it; these need a role on the group.
"""

import sys

import adal
from azure.mgmt.datalake.store import DataLakeStoreAccountManagementClient
from azure.mgmt.datalake.store.models import CreateDataLakeStoreAccountParameters
from azure.mgmt.resource import ResourceManagementClient, SubscriptionClient
from msrestazure.azure_active_directory import AADTokenCredentials
from msrestazure.azure_exceptions import CloudError

from settings import private_key, read_settings

RESOURCE = "https://management.core.windows.net/"


def sign_in(settings):
    authority = "https://login.microsoftonline.com/" + settings["tenant_id"]
    context = adal.AuthenticationContext(authority, api_version=None)
    client_id = settings["client_id"]
    if "client_secret" in settings:
        token = context.acquire_token_with_client_credentials(RESOURCE, client_id, settings["client_secret"])
    else:
        key, thumbprint = private_key(settings), settings["thumbprint"]
        token = context.acquire_token_with_client_certificate(RESOURCE, client_id, key, thumbprint)
    return AADTokenCredentials(token, client_id, resource=RESOURCE)


def main(action="show", name=None):
    settings = read_settings()
    credentials = sign_in(settings)
    subscription_id = next(SubscriptionClient(credentials).subscriptions.list()).subscription_id
    resources = ResourceManagementClient(credentials, subscription_id).resources
    accounts = DataLakeStoreAccountManagementClient(credentials, subscription_id).accounts

    mine = next(resources.list(filter=f"name eq '{settings['store_name']}'"))
    group = mine.id.split("/")[4]
    if action == "list":
        for found in accounts.list_by_resource_group(group):
            print("list", found.name, found.state.value)
        return
    if action == "create":
        wanted = CreateDataLakeStoreAccountParameters(location=mine.location)
        print("create", accounts.create(group, name, wanted).result().state.value)
        return
    if action == "delete":
        print("delete", accounts.delete(group, name).result())
        return
    account = accounts.get(group, mine.name)
    print("get", account.endpoint, account.encryption_state.value, account.provisioning_state.value)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except StopIteration:
        raise SystemExit("no subscription or account that this daemon may see")
    except CloudError as error:
        raise SystemExit(f"{error.status_code} {error.error.error} {error.message}")
