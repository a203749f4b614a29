import { createRequire } from "node:module";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { X509Certificate } from "node:crypto";
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

/** Reads the certificates of a state directory, or issues them: a CA of its own and one certificate for all hosts. */
export async function gatewayCertificates(directory: string, now: Date): Promise<Certificates> {
  const stored = readCertificates(directory, now);
  if (stored !== undefined) {
    return stored;
  }
  // Loaded here alone: issuing happens once per state directory, and the library is slow to start.
  const { issueCertificates } = later("./issueCertificates") as typeof import("./issueCertificates");
  const issued = await issueCertificates({
    hosts: azureHosts,
    notBefore: new Date(now.getTime() - day),
    notAfter: new Date(now.getTime() + lifetimeDays * day),
  });
  writeTogether(directory, {
    [files.ca]: issued.ca,
    [files.javaTrustStore]: javaTrustStore(new X509Certificate(issued.ca).raw),
    [files.certificate]: issued.certificate,
    [files.key]: issued.key,
    [files.hosts]: JSON.stringify(azureHosts),
  });
  return { key: issued.key, certificate: issued.certificate, caFile: join(directory, files.ca) };
}

function readCertificates(directory: string, now: Date): Certificates | undefined {
  try {
    const read = (name: string): string => readFileSync(join(directory, name), "utf8");
    const certificate = read(files.certificate);
    const renewFrom = new Date(new X509Certificate(certificate).validTo).getTime() - renewBeforeDays * day;
    const current =
      now.getTime() < renewFrom &&
      read(files.hosts) === JSON.stringify(azureHosts) &&
      existsSync(join(directory, files.javaTrustStore));
    return current ? { key: read(files.key), certificate, caFile: join(directory, files.ca) } : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return undefined;
    }
    throw error;
  }
}

/** Where the same CA is for Java, which reads no PEM. */
export const javaTrustStoreOf = (caFile: string): string => join(dirname(caFile), files.javaTrustStore);

/** Writes a directory's files as one: a kill in the middle leaves the old ones or none. */
function writeTogether(directory: string, contents: Record<string, string | Buffer>): void {
  const staging = `${directory}.${process.pid}.new`;
  mkdirSync(dirname(directory), { recursive: true, mode: 0o700 });
  mkdirSync(staging, { mode: 0o700 });
  for (const [name, content] of Object.entries(contents)) {
    writeFileSync(join(staging, name), content, { mode: 0o600 });
  }
  rmSync(directory, { recursive: true, force: true });
  renameSync(staging, directory);
}
