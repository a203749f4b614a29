"""Signs with a key of Key Vault, and brings a certificate of its own there; the AZURE_ variables of the daemon come from Key Vault.

VAULT_URL and DAEMON say which, and the AZURE_ variables at the start who reads them.
"""

import base64
import hashlib
import json
import os

from azure.identity import DefaultAzureCredential, EnvironmentCredential
from azure.keyvault.certificates import CertificateClient, CertificateContentType, CertificatePolicy
from azure.keyvault.keys import KeyClient
from azure.keyvault.keys.crypto import KeyWrapAlgorithm, SignatureAlgorithm
from azure.keyvault.secrets import SecretClient
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12

url, daemon = os.environ["VAULT_URL"], os.environ["DAEMON"]
settings = SecretClient(url, EnvironmentCredential()).get_secret(f"{daemon}-azure-identity-env")
os.environ.update(json.loads(settings.value))
credential = DefaultAzureCredential()

keys = KeyClient(url, credential)
key = keys.create_rsa_key(f"{daemon}-key", size=2048)
crypto = keys.get_cryptography_client(key.name)
digest = hashlib.sha256(b"a forecast").digest()
signature = crypto.sign(SignatureAlgorithm.ps256, digest).signature
assert crypto.verify(SignatureAlgorithm.ps256, digest, signature).is_valid
wrapped = crypto.wrap_key(KeyWrapAlgorithm.rsa_oaep_256, b"a key of its own").encrypted_key
assert crypto.unwrap_key(KeyWrapAlgorithm.rsa_oaep_256, wrapped).key == b"a key of its own"
assert keys.rotate_key(key.name).properties.version != key.properties.version

certificates = CertificateClient(url, credential)
made = certificates.begin_create_certificate(f"{daemon}-made", CertificatePolicy.get_default()).result()
secrets = SecretClient(url, credential)
pfx = base64.b64decode(secrets.get_secret(made.name).value)
private_key, certificate, _ = pkcs12.load_key_and_certificates(pfx, None)
encryption = serialization.BestAvailableEncryption(b"correct horse")
sealed = pkcs12.serialize_key_and_certificates(b"made", private_key, certificate, None, encryption)
first = certificates.import_certificate(f"{daemon}-pfx", sealed, password="correct horse")
pem = private_key.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
) + certificate.public_bytes(serialization.Encoding.PEM)
policy = CertificatePolicy(issuer_name="Self", content_type=CertificateContentType.pem)
second = certificates.import_certificate(f"{daemon}-pem", pem, policy=policy)
assert first.cer == second.cer == made.cer
print("signed, wrapped, rotated; imported", x509.load_der_x509_certificate(bytes(made.cer)).subject.rfc4514_string())
