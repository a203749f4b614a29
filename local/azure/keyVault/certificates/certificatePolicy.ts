import { z } from "zod";
import { badParameter, notInLocalAzure } from "../errors";

export const pemType = "application/x-pem-file";
export const pkcs12Type = "application/x-pkcs12";

const keySizes = [2048, 3072, 4096];
const curves = ["P-256", "P-384", "P-521"] as const;
const defaultMonths = 12;
const longestMonths = 1200;
/** Server and client authentication. */
const defaultUsages = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"];
const defaultKeyUsage = ["digitalSignature", "keyEncipherment"];
/** What Azure does with a certificate of a policy that doesn't say. */
const defaultActions = [{ trigger: { lifetime_percentage: 80 }, action: { action_type: "AutoRenew" } }];

const texts = z.array(z.string()).nullish();
const body = z.object({
  key_props: z
    .object({
      exportable: z.boolean().nullish(),
      kty: z.string().nullish(),
      key_size: z.number().nullish(),
      reuse_key: z.boolean().nullish(),
      crv: z.string().nullish(),
    })
    .nullish(),
  secret_props: z.object({ contentType: z.string().nullish() }).nullish(),
  x509_props: z
    .object({
      subject: z.string().nullish(),
      ekus: texts,
      sans: z.object({ emails: texts, dns_names: texts, upns: texts }).nullish(),
      key_usage: texts,
      validity_months: z.number().int().nullish(),
    })
    .nullish(),
  lifetime_actions: z
    .array(
      z.object({
        trigger: z.object({ lifetime_percentage: z.number().nullish(), days_before_expiry: z.number().nullish() }),
        action: z.object({ action_type: z.string() }),
      }),
    )
    .nullish(),
  issuer: z.object({ name: z.string().nullish() }).nullish(),
});

type Body = z.infer<typeof body>;

/** The private key that a policy asks for. */
export type PolicyKey =
  { readonly kty: "RSA"; readonly key_size: number } | { readonly kty: "EC"; readonly crv: (typeof curves)[number] };

/** A policy, every default written out, under the names that the wire has. */
export interface CertificatePolicy {
  readonly key_props: PolicyKey & { readonly exportable: boolean; readonly reuse_key: boolean };
  readonly secret_props: { readonly contentType: typeof pemType | typeof pkcs12Type };
  readonly x509_props: {
    readonly subject: string;
    readonly ekus: readonly string[];
    readonly sans?: { readonly emails?: readonly string[]; readonly dns_names?: readonly string[] };
    readonly key_usage: readonly string[];
    readonly validity_months: number;
  };
  readonly lifetime_actions: NonNullable<Body["lifetime_actions"]>;
  /** Unknown: of a certificate that was imported. */
  readonly issuer: { readonly name: "Self" | "Unknown" };
}

const invalid = (property: string, given: unknown, allowed: string) =>
  badParameter(`Property policy.${property} has invalid value ${JSON.stringify(given ?? null)}; it takes ${allowed}.`);

/**
 * Reads a policy; what it leaves out is as in `before`, or Azure's default.
 * @throws ServiceError 400 for what Azure would refuse too, 501 for what this vault lacks
 */
export function certificatePolicy(given: unknown, before?: CertificatePolicy): CertificatePolicy {
  const parsed = body.safeParse(given ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw badParameter(`Property policy.${issue?.path.join(".") ?? ""} has invalid value: ${issue?.message ?? ""}.`);
  }
  const { key_props, secret_props, x509_props, lifetime_actions, issuer } = parsed.data;
  return {
    key_props: keyProperties(key_props, before?.key_props),
    secret_props: { contentType: contentType(secret_props?.contentType ?? before?.secret_props.contentType) },
    x509_props: x509Properties(x509_props, before?.x509_props),
    lifetime_actions: lifetime_actions ?? before?.lifetime_actions ?? defaultActions,
    issuer: { name: issuerName(issuer?.name ?? before?.issuer.name) },
  };
}

function issuerName(name: string | undefined): "Self" {
  if (name === undefined || name === "") {
    throw badParameter("Property policy.issuer.name is required.");
  }
  if (name.toLowerCase() !== "self") {
    throw notInLocalAzure(`the issuer ${name}: it makes self-signed certificates alone, of the issuer Self`);
  }
  return "Self";
}

function contentType(given: string = pkcs12Type): typeof pemType | typeof pkcs12Type {
  if (given === pemType || given === pkcs12Type) return given;
  throw invalid("secret_props.contentType", given, `${pkcs12Type} or ${pemType}`);
}

function keyProperties(
  given: Body["key_props"],
  before: CertificatePolicy["key_props"] | undefined,
): CertificatePolicy["key_props"] {
  const exportable = given?.exportable ?? before?.exportable ?? true;
  const reuse = given?.reuse_key ?? before?.reuse_key ?? false;
  return { ...keyKind(given, before), exportable, reuse_key: reuse };
}

function keyKind(given: Body["key_props"], before: CertificatePolicy["key_props"] | undefined): PolicyKey {
  if (before !== undefined && given?.kty == null && given?.key_size == null && given?.crv == null) {
    return before.kty === "RSA" ? { kty: before.kty, key_size: before.key_size } : { kty: before.kty, crv: before.crv };
  }
  const kty = given?.kty ?? "RSA";
  if (kty === "RSA-HSM" || kty === "EC-HSM") {
    throw notInLocalAzure(`keys of the type ${kty}: a vault without hardware`);
  }
  if (kty === "RSA") {
    const size = given?.key_size ?? 2048;
    if (!keySizes.includes(size)) throw invalid("key_props.key_size", size, keySizes.join(", "));
    return { kty, key_size: size };
  }
  if (kty !== "EC") throw invalid("key_props.kty", kty, "RSA or EC");
  const curve = given?.crv ?? "P-256";
  if (curve === "P-256K") throw notInLocalAzure("keys on the curve P-256K");
  const known = curves.find((each) => each === curve);
  if (known === undefined) throw invalid("key_props.crv", curve, curves.join(", "));
  return { kty, crv: known };
}

function x509Properties(
  given: Body["x509_props"],
  before: CertificatePolicy["x509_props"] | undefined,
): CertificatePolicy["x509_props"] {
  const subject = given?.subject ?? before?.subject ?? "";
  const sans = given?.sans ? alternatives(given.sans) : before?.sans;
  if (subject === "" && sans === undefined) {
    throw badParameter("Property policy.x509_props needs a subject, or subject alternative names.");
  }
  const months = given?.validity_months ?? before?.validity_months ?? defaultMonths;
  if (months < 1 || months > longestMonths) {
    throw invalid("x509_props.validity_months", months, `1 to ${longestMonths}`);
  }
  return {
    subject,
    ekus: given?.ekus ?? before?.ekus ?? defaultUsages,
    ...(sans !== undefined && { sans }),
    key_usage: given?.key_usage ?? before?.key_usage ?? defaultKeyUsage,
    validity_months: months,
  };
}

function alternatives({
  emails,
  dns_names,
  upns,
}: NonNullable<NonNullable<Body["x509_props"]>["sans"]>): CertificatePolicy["x509_props"]["sans"] {
  if ((upns ?? []).length > 0) {
    throw notInLocalAzure("subject alternative names that are user principal names");
  }
  const kept = {
    ...((emails ?? []).length > 0 && { emails: emails ?? [] }),
    ...((dns_names ?? []).length > 0 && { dns_names: dns_names ?? [] }),
  };
  return Object.keys(kept).length > 0 ? kept : undefined;
}
