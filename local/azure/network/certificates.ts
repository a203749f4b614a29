import { createRequire } from "node:module";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { javaTrustStore } from "../x509/pkcs12";
import { azureHosts } from "./hosts";

/** Loads a module at the moment it is needed. Not `import()`: Node.js answers that itself, and knows no TypeScript. */
const later = createRequire(__filename);

/** What the gateway presents, and the file that clients trust. */
export interface Certificates {
  readonly key: string;
  readonly certificate: string;
  readonly caFile: string;
}

const files = {
  ca: "ca.pem",
  javaTrustStore: "ca.p12",
  certificate: "gateway.pem",
  key: "gateway-key.pem",
  hosts: "hosts.json",
} as const;
const lifetimeDays = 825;
const renewBeforeDays = 30;
const day = 24 * 60 * 60 * 1000;

/**
 * Reads the certificates of a state directory, or issues them: a CA of its own and one certificate for all hosts. Damaged ones
 * are issued anew, as nothing else is lost with them.
 */
export async function gatewayCertificates(directory: string, now: Date): Promise<Certificates> {
  const stored = readCertificates(directory);
  const problem = stored === undefined ? undefined : whyUnfit(stored, now);
  if (stored !== undefined && problem === undefined) {
    return { key: stored.key, certificate: stored.certificate, caFile: join(directory, files.ca) };
  }
  if (problem?.isDamage === true) {
    process.stderr.write(
      `The certificates in ${directory} are damaged: ${problem.reason}. New ones will be issued; nothing else is lost. ` +
        "Restart clients that have read the CA.\n",
    );
  }
  // Loaded here alone: issuing happens once per state directory, and the library is slow to start.
  const { issueCertificates } = later("./issueCertificates") as typeof import("./issueCertificates");
  const issued = await issueCertificates({
    hosts: azureHosts,
    notBefore: new Date(now.getTime() - day),
    notAfter: new Date(now.getTime() + lifetimeDays * day),
  });
  writeCertificates(directory, {
    ...issued,
    javaTrustStore: javaTrustStore(new X509Certificate(issued.ca).raw),
    hosts: JSON.stringify(azureHosts),
  });
  return { key: issued.key, certificate: issued.certificate, caFile: join(directory, files.ca) };
}

/** Where the same CA is for Java, which reads no PEM. */
export const javaTrustStoreOf = (caFile: string): string => join(dirname(caFile), files.javaTrustStore);

type Stored = Readonly<Record<Exclude<keyof typeof files, "javaTrustStore">, string>> & {
  readonly javaTrustStore: Buffer;
};

/** Undefined where there are none. A missing file of several reads as an empty one. */
function readCertificates(directory: string): Stored | undefined {
  if (!existsSync(directory)) {
    return undefined;
  }
  const read = (name: string): Buffer => {
    const file = join(directory, name);
    return existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  };
  return {
    ca: read(files.ca).toString("utf8"),
    javaTrustStore: read(files.javaTrustStore),
    certificate: read(files.certificate).toString("utf8"),
    key: read(files.key).toString("utf8"),
    hosts: read(files.hosts).toString("utf8"),
  };
}

/** Why certificates can't be presented: they don't fit together, or they are for other hosts or another time. */
function whyUnfit(stored: Stored, now: Date): { readonly isDamage: boolean; readonly reason: string } | undefined {
  try {
    const [ca, certificate] = [new X509Certificate(stored.ca), new X509Certificate(stored.certificate)];
    if (!certificate.checkIssued(ca) || !certificate.verify(ca.publicKey)) {
      return { isDamage: true, reason: `${files.certificate} does not come from the CA in ${files.ca}` };
    }
    if (!certificate.checkPrivateKey(createPrivateKey(stored.key))) {
      return { isDamage: true, reason: `${files.key} is not the key of ${files.certificate}` };
    }
    const renewFrom = Math.min(...[ca, certificate].map(({ validTo }) => Date.parse(validTo))) - renewBeforeDays * day;
    const isCurrent =
      now.getTime() < renewFrom && stored.hosts === JSON.stringify(azureHosts) && stored.javaTrustStore.length > 0;
    return isCurrent ? undefined : { isDamage: false, reason: "they are for other hosts, or end soon" };
  } catch {
    const missing = (["ca", "certificate", "key"] as const).find((name) => !stored[name].includes("-----END"));
    return { isDamage: true, reason: `${files[missing ?? "certificate"]} can't be read` };
  }
}

/** A kill in the middle leaves some that don't fit together, which the next start sees. */
function writeCertificates(directory: string, contents: Stored): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
  for (const name of ["key", "certificate", "ca", "javaTrustStore", "hosts"] as const) {
    const staging = join(directory, `${files[name]}.new`);
    writeFileSync(staging, contents[name], { mode: 0o600 });
    renameSync(staging, join(directory, files[name]));
  }
}
