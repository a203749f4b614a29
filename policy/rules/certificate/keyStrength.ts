import { applicationCertificate } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { X509Certificate, type KeyObject } from "node:crypto";

const leastRsaBits = 2048;

export const certificateKeyStrength = rule({
  name: "certificate-key-strength",
  on: applicationCertificate,
  what: "A certificate's key is strong enough",
  why: "A short RSA key can be factored.",
  fix: "make a certificate with an RSA key of 2048 bits or more, or an elliptic one",
  source: ["MCSB DP-7"],
  severity: "medium",
  level: "advisory",
  check(certificate, report) {
    if (certificate.pending("value")) return;
    const key = publicKey(certificate.text("value") ?? "", certificate.text("encoding") ?? "pem");
    const bits = key?.asymmetricKeyDetails?.modulusLength;
    if (key?.asymmetricKeyType === "rsa" && bits !== undefined && bits < leastRsaBits)
      report(`its RSA key has ${bits} bits`);
  },
});

/** The certificate's public key, or undefined if the text is no certificate: its provider will say so. */
function publicKey(value: string, encoding: string): KeyObject | undefined {
  try {
    return new X509Certificate(encoding === "pem" ? value : Buffer.from(value, encoding === "hex" ? "hex" : "base64"))
      .publicKey;
  } catch {
    return undefined;
  }
}
