"""Writes access lists into a lake, as whoever owns the account: what DataLakeGen1 tells in its output accessLists.

Reads [{"path": "/forecasts", "entries": ["user:<object ID>:rwx", …]}, …] from standard input. Directories that are
missing are made. `python access.py <account> remove` takes the entries away again. The AZURE_ variables say who does it.
"""

import json
import sys

from azure.datalake.store import core
from azure.identity import EnvironmentCredential


def main(account, action="set"):
    store = core.AzureDLFileSystem(EnvironmentCredential(), store_name=account)
    for access in json.load(sys.stdin):
        path, entries = access["path"], access["entries"]
        if action == "remove":
            store.remove_acl_entries(path, ",".join(entry.rsplit(":", 1)[0] for entry in entries))
            continue
        if not store.exists(path):
            store.mkdir(path)
        store.modify_acl_entries(path, ",".join(entries))


main(*sys.argv[1:])
