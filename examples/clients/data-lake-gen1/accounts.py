"""Account management as a daemon: finds its account, shows it, and tries to make another one."""

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


def main():
    settings = read_settings()
    credentials = sign_in(settings)
    subscription_id = next(SubscriptionClient(credentials).subscriptions.list()).subscription_id
    resources = ResourceManagementClient(credentials, subscription_id).resources
    accounts = DataLakeStoreAccountManagementClient(credentials, subscription_id).accounts

    mine = next(resources.list(filter=f"name eq '{settings['store_name']}'"))
    group = mine.id.split("/")[4]
    for found in accounts.list_by_resource_group(group):
        print("list", found.name, found.state.value)
    account = accounts.get(group, mine.name)
    print("get", account.endpoint, account.encryption_state.value, account.provisioning_state.value)
    wanted = CreateDataLakeStoreAccountParameters(location=account.location)
    try:
        print("create", accounts.create(group, mine.name + "2", wanted).result().state.value)
    except CloudError as error:
        print("create", error.status_code, error.error.error, error.message)


if __name__ == "__main__":
    main()
