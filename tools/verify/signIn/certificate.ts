import { createPrivateKey, X509Certificate } from "node:crypto";
import type { CertificateReference, Credential } from "../credential";
import { clientCredentialToken, type ClientProof } from "./confidentialClient";
import type { SignIn, SignInContext } from "./signIn";

/** A secret of the vault that isn't the certificate that the credential tells of. Its message shows nothing of it. */
export class CertificateError extends Error {
  readonly code = "CertificateUnreadable";
}

/** With an assertion that is signed with the private key that the vault holds. */
export function signInWithCertificate(
  credential: Credential,
  certificate: CertificateReference,
  { readSecret, hide }: SignInContext,
): SignIn {
  return {
    how: "with its certificate",
    tokens: async (scope, signal) => {
      const pem = await readSecret(certificate.secretUri, signal);
      hide(pem);
      return clientCredentialToken(credential, proofIn(pem, certificate, hide), scope, signal);
    },
  };
}

/**
 * Takes key and certificate from what Key Vault keeps of a certificate in PEM.
 * @throws CertificateError
 */
export function proofIn(pem: string, expected: CertificateReference, hide: (secret: string) => void): ClientProof {
  const [privateKey] =
    /-----BEGIN (?:RSA |EC )?PRIVATE KEY-----[\s\S]+?-----END (?:RSA |EC )?PRIVATE KEY-----/.exec(pem) ?? [];
  const [certificate] = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(pem) ?? [];
  if (privateKey === undefined || certificate === undefined) {
    throw new CertificateError(`${expected.secretUri} holds no private key and certificate in PEM.`);
  }
  hide(privateKey);
  const parsed = parse(privateKey, certificate, expected.secretUri);
  const thumbprint = plain(parsed.certificate.fingerprint);
  if (thumbprint !== expected.thumbprint.toLowerCase()) {
    throw new CertificateError(
      `${expected.secretUri} holds the certificate ${thumbprint}, and the credential names ${expected.thumbprint.toLowerCase()}.`,
    );
  }
  hide(parsed.privateKey);
  return {
    clientCertificate: {
      thumbprintSha256: plain(parsed.certificate.fingerprint256),
      privateKey: parsed.privateKey,
      x5c: certificate,
    },
  };
}

function parse(privateKey: string, certificate: string, uri: string) {
  try {
    return {
      privateKey: createPrivateKey(privateKey).export({ type: "pkcs8", format: "pem" }).toString(),
      certificate: new X509Certificate(certificate),
    };
  } catch {
    // The parser's own message could quote what it parsed.
    throw new CertificateError(`${uri} holds a private key or certificate that cannot be read.`);
  }
}

const plain = (fingerprint: string): string => fingerprint.replaceAll(":", "").toLowerCase();
