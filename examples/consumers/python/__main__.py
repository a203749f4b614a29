"""An identity that may read one daemon's credential and nothing else, with Pulumi's own stack reference."""

import uuid

import pulumi
from pulumi_azure_native import authorization, managedidentity

CONTRACT_VERSION = 1
KEY_VAULT_SECRETS_USER = "4633458b-17de-408a-b874-0445c86b69e6"
DAEMON = "forecast-loader"

config = pulumi.Config()
stack = pulumi.StackReference("access", stack_name=config.require("daemonStack"))


def check_contract(version: int) -> int:
    """Refuses a stack whose outputs mean something else than this program takes them for."""
    if version != CONTRACT_VERSION:
        raise pulumi.RunError(
            f"The stack keeps version {version} of the contract, and this program reads version {CONTRACT_VERSION}. "
            "Update whichever is older."
        )
    return version


contract = stack.require_output("contractVersion").apply(check_contract)
vault_id = stack.require_output("vaultId")
secret_uri = stack.require_output(f"{DAEMON}.secretUri")

identity = managedidentity.UserAssignedIdentity(
    "id-reporting", resource_group_name=config.require("resourceGroupName")
)

scope = pulumi.Output.all(contract, vault_id, secret_uri).apply(
    lambda known: f"{known[1]}/secrets/{known[2].rsplit('/', 1)[-1]}"
)
role = vault_id.apply(
    lambda known: f"/subscriptions/{known.split('/')[2]}"
    f"/providers/Microsoft.Authorization/roleDefinitions/{KEY_VAULT_SECRETS_USER}"
)
authorization.RoleAssignment(
    "reader",
    scope=scope,
    role_definition_id=role,
    principal_id=identity.principal_id,
    principal_type="ServicePrincipal",
    role_assignment_name=pulumi.Output.all(scope, identity.principal_id).apply(
        lambda known: str(uuid.uuid5(uuid.NAMESPACE_URL, "|".join(known).lower()))
    ),
)

pulumi.export("identityClientId", identity.client_id)
pulumi.export("expiresOn", stack.require_output(f"{DAEMON}.expiresOn"))
pulumi.export("appSetting", pulumi.Output.concat("@Microsoft.KeyVault(SecretUri=", secret_uri, ")"))
