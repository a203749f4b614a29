"""The same files with azure-datalake-store 0, whose own lib.auth signs in."""

import sys

from azure.datalake.store import core, lib

from files_work import work_in
from settings import read_settings

settings = read_settings()
token = lib.auth(
    tenant_id=settings["tenant_id"],
    client_id=settings["client_id"],
    client_secret=settings["client_secret"],
    resource=settings["resource"],
)
work_in(core.AzureDLFileSystem(token, store_name=settings["store_name"]), *sys.argv[1:])
