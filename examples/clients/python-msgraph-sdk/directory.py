"""Reads the tenant's directory with Microsoft Graph's SDK: users, groups and applications.

The credential comes from Key Vault: VAULT_URL and DAEMON say which, and the AZURE_ variables who reads it.
"""

import asyncio
import json
import os

from azure.identity import ClientSecretCredential, EnvironmentCredential
from azure.keyvault.secrets import SecretClient
from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph import GraphServiceClient
from msgraph.generated.applications.applications_request_builder import ApplicationsRequestBuilder
from msgraph.generated.groups.groups_request_builder import GroupsRequestBuilder
from msgraph.generated.users.count.count_request_builder import CountRequestBuilder
from msgraph.generated.users.users_request_builder import UsersRequestBuilder

vault = SecretClient(os.environ["VAULT_URL"], EnvironmentCredential())
config = json.loads(vault.get_secret(os.environ["DAEMON"] + "-msal-parameters").value)
tenant = config["authority"].rsplit("/", 1)[-1]
credential = ClientSecretCredential(tenant, config["client_id"], config["secret"])
graph = GraphServiceClient(credential, ["https://graph.microsoft.com/.default"])


def asking(builder, eventual=False, **options):
    """A request with query options, which advanced queries send a header with."""
    parameters = getattr(builder, builder.__name__ + "GetQueryParameters")(**options)
    request = RequestConfiguration(query_parameters=parameters)
    if eventual:
        request.headers.add("ConsistencyLevel", "eventual")
    return request


async def main():
    users = await graph.users.get(asking(UsersRequestBuilder, select=["id", "displayName", "userType"], top=999))
    members = await graph.users.get(asking(UsersRequestBuilder, filter="userType eq 'Member'", select=["id"]))
    count = await graph.users.count.get(asking(CountRequestBuilder, eventual=True))
    search = asking(UsersRequestBuilder, eventual=True, search='"displayName:ingrid"', orderby=["displayName"], count=True)
    found = await graph.users.get(search)
    one = await graph.users.by_user_id(found.value[0].id).get()
    if count != len(users.value) or len(members.value) >= count or one.display_name != found.value[0].display_name:
        raise SystemExit("users are not listed, counted and filtered as documented")

    groups = await graph.groups.get(asking(GroupsRequestBuilder, select=["id", "displayName"]))
    own = asking(ApplicationsRequestBuilder, filter=f"appId eq '{config['client_id']}'", expand=["owners"])
    applications = await graph.applications.get(own)
    if [each.app_id for each in applications.value] != [config["client_id"]]:
        raise SystemExit("the application does not find itself")
    print(f"{count} users, {len(groups.value)} groups, {len(applications.value)} application")


asyncio.run(main())
