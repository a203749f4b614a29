"""Makes a certificate by the library's own default policy, and opens the PKCS #12 that the vault keeps of it."""
import base64
import os

from azure.identity import DefaultAzureCredential
from azure.keyvault.certificates import CertificateClient, CertificatePolicy
from azure.keyvault.secrets import SecretClient
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates

vault = os.environ["VAULT_URL"]
credential = DefaultAzureCredential()
certificates = CertificateClient(vault, credential)
made = certificates.begin_create_certificate("by-default", CertificatePolicy.get_default()).result()
kept = SecretClient(vault, credential).get_secret("by-default")
key, certificate, _ = load_key_and_certificates(base64.b64decode(kept.value), None)
print(kept.properties.content_type, certificate.subject.rfc4514_string())
print(key.public_key() == certificate.public_key(), bytes(made.cer) == certificate.public_bytes(Encoding.DER))
