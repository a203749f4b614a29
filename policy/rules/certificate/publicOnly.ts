import { applicationCertificate } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const certificatePublicOnly = rule({
  name: "certificate-public-part-only",
  on: applicationCertificate,
  what: "Only the public part of a certificate enters the program",
  why: "A private key here would be in the state, and in everything that reads it.",
  fix: 'give the certificate alone as value, and set type to "AsymmetricX509Cert"',
  source: ["MCSB IM-8"],
  severity: "critical",
  level: "mandatory",
  check(certificate, report) {
    if (!certificate.pending("value") && (certificate.text("value") ?? "").includes("PRIVATE KEY"))
      report("value holds a private key");
    if (certificate.text("type") !== "AsymmetricX509Cert") report(`type is ${certificate.text("type") ?? "not set"}`);
  },
});
