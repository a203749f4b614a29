import { X509Certificate } from "node:crypto";
import { compactVerify } from "jose";
import type { Tenant } from "../directory";
import {
  assertionAudienceWrong,
  assertionOutsideItsTime,
  assertionSubjectWrong,
  certificateRefused,
} from "../assertionErrors";
import type { KeyRecord } from "../records";
import type { Assertion } from "./assertion";
import type { SigningClient } from "./signingClient";

const clockSkewSeconds = 300;
const algorithms = ["RS256", "PS256", "ES256"];

/**
 * Checks an assertion that a client signed with the key of a certificate on its application.
 * @throws SignInRefused
 */
export async function checkCertificateAssertion(
  assertion: Assertion,
  application: SigningClient,
  tenant: Tenant,
  now: Date,
): Promise<void> {
  const { claims } = assertion;
  if (claims.sub?.toLowerCase() !== application.appId.toLowerCase()) {
    throw assertionSubjectWrong(claims.sub ?? "", application.appId);
  }
  const key = registeredKey(assertion, application);
  await checkSignature(assertion, key, application.appId);
  checkTime(claims, now);
  checkAudience(claims.aud ?? [], tenant);
  if (now >= new Date(key.endDateTime)) {
    throw certificateRefused(
      `The key used is expired., Found key 'Start=${key.startDateTime}, End=${key.endDateTime}'`,
      hexOf(thumbprint(key, "sha1")),
      application.appId,
    );
  }
  if (now < new Date(key.startDateTime)) {
    throw certificateRefused("The key is not yet valid.", hexOf(thumbprint(key, "sha1")), application.appId);
  }
}

function registeredKey({ header }: Assertion, application: SigningClient): KeyRecord {
  const sha256 = unpadded(header["x5t#S256"]);
  const sha1 = unpadded(header.x5t ?? header.kid);
  const found = application.keys.find((key) =>
    sha256 === undefined ? sha1 === thumbprint(key, "sha1") : sha256 === thumbprint(key, "sha256"),
  );
  if (found === undefined) {
    throw certificateRefused("The key was not found.", hexOf(sha256 ?? sha1 ?? ""), application.appId);
  }
  return found;
}

async function checkSignature(assertion: Assertion, key: KeyRecord, clientId: string): Promise<void> {
  try {
    await compactVerify(assertion.text, certificateOf(key).publicKey, { algorithms });
  } catch {
    throw certificateRefused(
      "The provided signature value did not match the expected signature value.",
      hexOf(thumbprint(key, "sha1")),
      clientId,
    );
  }
}

/** @throws SignInRefused outside the assertion's own dates, give or take five minutes */
export function checkTime(claims: Assertion["claims"], now: Date): void {
  const seconds = now.getTime() / 1000;
  const { nbf, exp } = claims;
  if (
    exp === undefined ||
    seconds > exp + clockSkewSeconds ||
    (nbf !== undefined && seconds < nbf - clockSkewSeconds)
  ) {
    throw assertionOutsideItsTime(now, dateOf(nbf), dateOf(exp));
  }
}

/** A client may name either token endpoint or either issuer, with the tenant written in any of its ways. */
function checkAudience(audiences: readonly string[], tenant: Tenant): void {
  const names = [tenant.id, tenant.initialDomain, tenant.domain];
  const hosts = ["login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"];
  const paths = ["/oauth2/v2.0/token", "/oauth2/token", "/v2.0", ""];
  const accepted = hosts.flatMap((host) =>
    names.flatMap((name) => paths.map((path) => `https://${host}/${name}${path}`)),
  );
  if (!audiences.some((audience) => accepted.includes(audience.toLowerCase().replace(/\/$/, "")))) {
    throw assertionAudienceWrong(
      audiences.join(", "),
      `https://login.microsoftonline.com/${tenant.id}/oauth2/v2.0/token`,
    );
  }
}

/** Some libraries pad a thumbprint, or write it in the other base64 alphabet. */
const unpadded = (thumbprint: string | undefined): string | undefined =>
  thumbprint === undefined ? undefined : Buffer.from(thumbprint, "base64").toString("base64url");

const certificateOf = (key: KeyRecord): X509Certificate => new X509Certificate(Buffer.from(key.key, "base64"));

function thumbprint(key: KeyRecord, algorithm: "sha1" | "sha256"): string {
  const certificate = certificateOf(key);
  const hex = (algorithm === "sha1" ? certificate.fingerprint : certificate.fingerprint256).replaceAll(":", "");
  return Buffer.from(hex, "hex").toString("base64url");
}

const hexOf = (base64url: string): string => Buffer.from(base64url, "base64url").toString("hex").toUpperCase();

const dateOf = (seconds: number | undefined): Date | undefined =>
  seconds === undefined ? undefined : new Date(seconds * 1000);
