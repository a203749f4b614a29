import { randomUUID, X509Certificate } from "node:crypto";
import type { JsonObject, JsonValue, KeyRecord } from "../../entra/records";
import { graphError, invalidValue } from "../errors";
import { graphMoment } from "../moments";
import { checkedProperties, guid, isObject, nullable, oneOf, opaque, text } from "../schema/property";
import { credentialDates, requireWithin } from "./credentialDates";

const schema = {
  resource: "KeyCredential",
  shape: {
    customKeyIdentifier: nullable(text()),
    displayName: nullable(text(256)),
    endDateTime: opaque,
    key: nullable(text()),
    keyId: nullable(guid),
    startDateTime: opaque,
    type: oneOf("AsymmetricX509Cert"),
    usage: oneOf("Verify"),
  },
  readOnly: [],
};

const keyRefused = (message: string): Error => graphError(400, "KeyCredentialsInvalidKey", message);

/**
 * The whole new list of an application's certificates. An entry whose key ID is known and that has no key stays as it
 * is; what is not listed is gone.
 * @throws ServiceError 400
 */
export function replacedKeys(asked: readonly JsonValue[], present: readonly KeyRecord[], now: Date): KeyRecord[] {
  const keys = asked.map((entry) => {
    if (!isObject(entry)) {
      throw invalidValue("keyCredentials", "Application");
    }
    const { keyId } = entry;
    const known = present.find((key) => typeof keyId === "string" && key.keyId === keyId.toLowerCase());
    const hasKey = typeof entry["key"] === "string" && entry["key"] !== "";
    return known !== undefined && !hasKey ? known : newKey(entry, now);
  });
  if (new Set(keys.map(({ keyId }) => keyId)).size < keys.length) {
    throw graphError(400, "KeyCredentialsDuplicateKeyId", "Key credentials must have unique key identifiers.");
  }
  return keys;
}

/** A certificate as a client adds it. @throws ServiceError 400 */
export function newKey(entry: JsonObject, now: Date): KeyRecord {
  const checked = checkedProperties(entry, schema);
  const { key, keyId, displayName, customKeyIdentifier } = checked;
  if (typeof key !== "string" || key === "") {
    throw keyRefused("A new key credential must have a key.");
  }
  const certificate = readCertificate(key);
  const bounds = { start: new Date(certificate.validFrom), end: new Date(certificate.validTo) };
  const dates = credentialDates(checked, { start: bounds.start, endFrom: () => bounds.end }, now);
  requireWithin(dates, bounds);
  return {
    keyId: typeof keyId === "string" ? keyId.toLowerCase() : randomUUID(),
    type: "AsymmetricX509Cert",
    usage: "Verify",
    displayName: typeof displayName === "string" && displayName !== "" ? displayName : subjectOf(certificate),
    customKeyIdentifier:
      typeof customKeyIdentifier === "string" && customKeyIdentifier !== ""
        ? customKeyIdentifier
        : certificate.fingerprint.replaceAll(":", ""),
    startDateTime: graphMoment(dates.start),
    endDateTime: graphMoment(dates.end),
    key: certificate.raw.toString("base64"),
  };
}

/** Takes the DER of a certificate, or its PEM text, in base64. */
function readCertificate(key: string): X509Certificate {
  try {
    return new X509Certificate(Buffer.from(key, "base64"));
  } catch {
    throw keyRefused("The key is not a public X.509 certificate.");
  }
}

const subjectOf = (certificate: X509Certificate): string =>
  certificate.subject.split("\n").find((part) => part.startsWith("CN=")) ?? certificate.subject.replaceAll("\n", ", ");
