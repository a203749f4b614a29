"""The documented procedures of a platform engineer, by the Azure CLI: applications, roles, resources, vaults, storage.

VAULT_URL and DAEMON name a vault and a daemon whose credential is in it; the AZURE_ variables say who signs in.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlparse

AZ = Path(sys.executable).with_name("az")
CONFIGURATION = tempfile.mkdtemp(prefix="azure-cli-", dir=os.environ.get("HOME"))
ENVIRONMENT = {
    **os.environ,
    "AZURE_CONFIG_DIR": CONFIGURATION,
    "AZURE_CORE_COLLECT_TELEMETRY": "no",
    "AZURE_CORE_NO_COLOR": "yes",
    "AZURE_CORE_ONLY_SHOW_ERRORS": "yes",
    "AZURE_EXTENSION_USE_DYNAMIC_INSTALL": "no",
}
GRAPH = "https://graph.microsoft.com"


def az(*arguments, output="json"):
    """Runs one command; answers what it printed."""
    command = [sys.executable, "-m", "azure.cli", *arguments, "--output", output]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"az {' '.join(arguments[:4])}: {done.stderr.strip()}")
    return json.loads(done.stdout) if output == "json" and done.stdout.strip() else done.stdout


def expect(what, found):
    if not found:
        raise SystemExit(f"{what}: not as documented")


def sign_in(client_id, secret):
    tenant = os.environ["AZURE_TENANT_ID"]
    return az("login", "--service-principal", "--username", client_id, "--password", secret, "--tenant", tenant)


def applications(name):
    """create-for-rbac, credential reset, permission add and admin-consent, role assignments."""
    group = az("group", "show", "--name", "rg-daemons")["id"]
    made = az("ad", "sp", "create-for-rbac", "--name", name, "--role", "Reader", "--scopes", group)
    client_id = made["appId"]
    shown = az("role", "assignment", "list", "--assignee", client_id, "--scope", group)
    expect("role assignment list", [each["roleDefinitionName"] for each in shown] == ["Reader"])
    az("role", "assignment", "create", "--assignee", client_id, "--role", "Key Vault Reader", "--scope", group)
    az("role", "assignment", "delete", "--assignee", client_id, "--role", "Key Vault Reader", "--scope", group)
    expect("role assignment delete", len(az("role", "assignment", "list", "--assignee", client_id, "--all")) == 1)

    reset = az("ad", "app", "credential", "reset", "--id", client_id)
    expect("ad app credential reset", reset["password"] != made["password"])
    expect("ad app credential list", len(az("ad", "app", "credential", "list", "--id", client_id)) == 1)
    graph = az("ad", "sp", "show", "--id", GRAPH)
    role = next(each["id"] for each in graph["appRoles"] if each["value"] == "User.Read.All")
    scope = next(each["id"] for each in graph["oauth2PermissionScopes"] if each["value"] == "User.Read")
    wanted = ("--api", graph["appId"], "--api-permissions", f"{role}=Role", f"{scope}=Scope")
    az("ad", "app", "permission", "add", "--id", client_id, *wanted)
    az("ad", "app", "permission", "admin-consent", "--id", client_id)
    grants = az("ad", "app", "permission", "list-grants", "--id", client_id)
    expect("ad app permission admin-consent", [each["scope"] for each in grants] == ["User.Read"])
    az("ad", "app", "permission", "grant", "--id", client_id, "--api", graph["appId"], "--scope", "User.Read", "Mail.Read")
    expect("ad app list", len(az("ad", "app", "list", "--display-name", name)) == 1)
    expect("ad sp show", az("ad", "sp", "show", "--id", client_id)["appId"] == client_id)
    groups_of(client_id)

    sign_in(client_id, reset["password"])
    expect("account show", az("account", "show")["user"]["name"] == client_id)
    az("logout", "--username", client_id)
    sign_in(os.environ["AZURE_CLIENT_ID"], os.environ["AZURE_CLIENT_SECRET"])
    az("ad", "app", "delete", "--id", client_id)


def groups_of(client_id):
    principal = az("ad", "sp", "show", "--id", client_id)["id"]
    group = az("ad", "group", "create", "--display-name", "cli-readers", "--mail-nickname", "cli-readers")["id"]
    az("ad", "group", "member", "add", "--group", group, "--member-id", principal)
    expect("ad group member list", [each["id"] for each in az("ad", "group", "member", "list", "--group", group)] == [principal])
    expect("ad group member check", az("ad", "group", "member", "check", "--group", group, "--member-id", principal)["value"])
    az("ad", "group", "member", "remove", "--group", group, "--member-id", principal)
    az("ad", "group", "delete", "--group", group)


def resources():
    """Groups by tag, resources by name, tag and type."""
    az("group", "create", "--name", "rg-cli", "--location", "westeurope", "--tags", "team=cli")
    expect("group list --tag", [each["name"] for each in az("group", "list", "--tag", "team=cli")] == ["rg-cli"])
    az("identity", "create", "--name", "id-cli", "--resource-group", "rg-cli", "--tags", "env=cli")
    for chosen in (["--name", "id-cli"], ["--resource-group", "rg-cli"], ["--tag", "env=cli"]):
        expect(f"resource list {chosen[0]}", [each["name"] for each in az("resource", "list", *chosen)] == ["id-cli"])
    kind = "Microsoft.ManagedIdentity/userAssignedIdentities"
    shown = az("resource", "show", "--resource-group", "rg-cli", "--name", "id-cli", "--resource-type", kind)
    expect("resource show --ids", az("resource", "show", "--ids", shown["id"])["name"] == "id-cli")
    expect("provider show", az("provider", "show", "--namespace", "Microsoft.KeyVault")["registrationState"])
    expect("provider operation show", az("provider", "operation", "show", "--namespace", "Microsoft.KeyVault"))
    az("group", "delete", "--name", "rg-cli", "--yes")


def vaults(vault):
    """With the resource group and without."""
    expect("keyvault list", vault in [each["name"] for each in az("keyvault", "list")])
    for group in ([], ["--resource-group", "rg-daemons"]):
        expect("keyvault show", az("keyvault", "show", "--name", vault, *group)["name"] == vault)
        expect("keyvault list", az("keyvault", "list", *group))
    expect("keyvault list-deleted", az("keyvault", "list-deleted") == [])
    scope = az("keyvault", "show", "--name", vault)["id"]
    role = ("--role", "Key Vault Secrets User", "--scope", scope, "--assignee", os.environ["AZURE_CLIENT_ID"])
    az("role", "assignment", "create", *role)
    secret = ("--vault-name", vault, "--name", os.environ["DAEMON"] + "-sdk-auth")
    daemon = json.loads(az("keyvault", "secret", "show", *secret)["value"])
    expect("ad sp show", az("ad", "sp", "show", "--id", daemon["clientId"])["appId"] == daemon["clientId"])
    az("role", "assignment", "delete", *role)


def storage():
    """With the resource group and without."""
    account = "stmlwforecast"
    for group in ([], ["--resource-group", "rg-machine-learning"]):
        expect("storage account show", az("storage", "account", "show", "--name", account, *group)["name"] == account)
        expect("storage account list", account in [each["name"] for each in az("storage", "account", "list", *group)])
    expect("check-name", az("storage", "account", "check-name", "--name", account)["nameAvailable"] is False)


def main():
    sign_in(os.environ["AZURE_CLIENT_ID"], os.environ["AZURE_CLIENT_SECRET"])
    resources()
    vaults(urlparse(os.environ["VAULT_URL"]).hostname.split(".")[0])
    storage()
    applications(f"{os.environ['DAEMON']}-made")
    az("logout")
    az("account", "clear")
    print("procedures done: applications, roles, resources, vaults, storage")


main()
