"""The lake's files as a daemon, with azure-datalake-store 1: mkdir, put, ls, cat, rm, below a directory of its own."""

import sys

from azure.datalake.store import core
from azure.identity import CertificateCredential, ClientSecretCredential

from files_work import work_in
from settings import private_key, read_settings


def sign_in(settings):
    identity = settings["tenant_id"], settings["client_id"]
    if "client_secret" in settings:
        return ClientSecretCredential(*identity, settings["client_secret"])
    return CertificateCredential(*identity, certificate_data=private_key(settings).encode())


settings = read_settings()
work_in(core.AzureDLFileSystem(sign_in(settings), store_name=settings["store_name"]), *sys.argv[1:])
