import { X509Certificate } from "node:crypto";
import { createRequire } from "node:module";
import { z } from "zod";
import { badParameter, notInLocalAzure } from "../errors";
import { fromPkcs8, kindOf } from "../keys/keyMaterial";
import { certificatePolicy, pemType, pkcs12Type, type CertificatePolicy, type PolicyKey } from "./certificatePolicy";
import { keyUsageOf } from "./issueCertificate";
import { fromPem } from "./pem";
import type { KeyedCertificate } from "./keyedCertificate";

/** Loads a module at the moment it is needed. Not `import()`: Node.js answers that itself, and knows no TypeScript. */
const later = createRequire(__filename);

const policyBody = z
  .looseObject({
    key_props: z.looseObject({}).nullish(),
    secret_props: z.looseObject({ contentType: z.string().nullish() }).nullish(),
    x509_props: z.looseObject({}).nullish(),
    lifetime_actions: z.array(z.unknown()).nullish(),
  })
  .nullish();
type PolicyBody = NonNullable<z.infer<typeof policyBody>>;

/** What a client imports, taken apart, and the policy that it gets. */
export interface Imported {
  readonly keyed: KeyedCertificate;
  readonly policy: CertificatePolicy;
}

/**
 * Reads what a client imports. The policy says in which form: Key Vault never looks for itself.
 *
 * @param value base64 of a PEM or PKCS #12 file; PEM also as it is, which the clients of .NET, Java and JavaScript send
 * @throws ServiceError 400, in words that never quote it
 */
export function importedCertificate(value: string, password: string, policy: unknown): Imported {
  const given = givenPolicy(policy);
  const plain = value.includes("-----BEGIN ");
  const contentType = given.secret_props?.contentType ?? (plain ? pemType : pkcs12Type);
  const keyed =
    contentType === pemType
      ? fromPem(plain ? value : Buffer.from(value, "base64").toString("utf8"), password)
      : pkcs12Reader().fromPkcs12(Buffer.from(value, "base64"), password);
  return { keyed, policy: importedPolicy({ ...given, secret_props: { contentType } }, keyed) };
}

/** Loaded when such a file comes: few do, and the library is slow to load. */
const pkcs12Reader = () => later("./fromPkcs12") as typeof import("./fromPkcs12");

function givenPolicy(policy: unknown): PolicyBody {
  const parsed = policyBody.safeParse(policy);
  const given = parsed.data ?? {};
  const { key_props: key, x509_props: x509, lifetime_actions: actions, secret_props: secret } = given;
  const needsType = [key, x509, actions].some((each) => each != null) && secret?.contentType == null;
  if (!parsed.success || needsType) {
    throw badParameter("Property policy has invalid value\r\n");
  }
  return given;
}

/** The policy of an imported certificate: what the certificate and its key are, and what else the client says. */
function importedPolicy(given: PolicyBody, { certificate, privateKey }: KeyedCertificate): CertificatePolicy {
  const { subject, subjectAltName, keyUsage, validFrom, validTo } = new X509Certificate(certificate);
  const months = Math.max(1, Math.round((Date.parse(validTo) - Date.parse(validFrom)) / averageMonthMs));
  const read = certificatePolicy({
    ...given,
    issuer: { name: "Self" },
    key_props: { ...given.key_props, ...policyKey(privateKey) },
    x509_props: {
      ...given.x509_props,
      subject: subject.split("\n").reverse().join(", "),
      ...(subjectAltName !== undefined && { sans: alternatives(subjectAltName) }),
      ekus: (keyUsage as readonly string[] | undefined) ?? [],
      key_usage: keyUsageOf(certificate),
      validity_months: months,
    },
  });
  return { ...read, issuer: { name: "Unknown" } };
}

const averageMonthMs = (365.25 / 12) * 24 * 60 * 60 * 1000;

function policyKey(privateKey: Buffer): PolicyKey {
  const kind = kindOf(fromPkcs8(privateKey));
  if (kind === undefined) throw badParameter("The certificate's key must be RSA of 2048, 3072 or 4096 bits, or EC.");
  if (kind.kty === "RSA") return { kty: kind.kty, key_size: kind.size };
  if (kind.curve === "P-256K") throw notInLocalAzure("certificates with keys on the curve P-256K");
  return { kty: kind.kty, crv: kind.curve };
}

function alternatives(text: string): { readonly dns_names: string[]; readonly emails: string[] } {
  const named = (prefix: string): string[] =>
    text.split(", ").flatMap((each) => (each.startsWith(prefix) ? [each.slice(prefix.length)] : []));
  return { dns_names: named("DNS:"), emails: named("email:") };
}
