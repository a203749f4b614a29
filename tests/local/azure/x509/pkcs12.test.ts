import { createPrivateKey } from "node:crypto";
import { createSecureContext } from "node:tls";
import { pkcs12 } from "../../../../local/azure/x509/pkcs12";
import { issueCertificate } from "../../../support/certificates";

it("makes files that OpenSSL opens without a password, and with no other", async () => {
  const { pem, privateKeyPem } = await issueCertificate({
    notBefore: "2026-01-01T00:00:00Z",
    notAfter: "2036-01-01T00:00:00Z",
  });
  const certificate = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ""), "base64");
  const file = pkcs12(certificate, createPrivateKey(privateKeyPem).export({ format: "der", type: "pkcs8" }));
  expect(() => createSecureContext({ pfx: file, passphrase: "" })).not.toThrow();
  expect(() => createSecureContext({ pfx: file, passphrase: "wrong" })).toThrow(/mac verify failure/);
});
