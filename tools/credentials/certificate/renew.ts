import {
  certificatePem,
  publicCertificate,
  type PublicCertificate,
} from "../../../components/identity/publicCertificate";
import { momentInWords } from "../../cli/values";
import type { FileCertificate } from "./fileCertificate";
import type { StackFile } from "./stackFile";
import type { CertificateWish, VaultCertificate } from "./vaultCertificates";

/** What renewing needs of a vault. */
export interface CertificateVault {
  find(name: string): Promise<VaultCertificate | undefined>;
  make(name: string, wish: CertificateWish): Promise<VaultCertificate | undefined>;
}

export interface RenewalOptions {
  readonly now: Date;
  /** Days that the newest certificate must have left for nothing to be done. */
  readonly daysLeft: number;
  /** Makes one in any case. */
  readonly renew: boolean;
  readonly progress: (line: string) => void;
}

/** A certificate with what its PEM says. */
export interface KnownCertificate extends FileCertificate {
  readonly read: PublicCertificate;
}

/** What came of it. */
export interface Renewal {
  /** The one that was made; absent where the newest is good for a while. */
  readonly made?: KnownCertificate;
  /** The one that the daemon is to use. */
  readonly newest: KnownCertificate;
  /** Names of those that had ended, and are gone from the file. */
  readonly removed: readonly string[];
}

const DAY = 24 * 60 * 60 * 1000;
const MOST_NAMES = 100;

/** Makes a certificate where one is due, and keeps the list in step: new ones in, those that have ended out. */
export async function renewCertificate(
  file: Pick<StackFile, "certificates" | "add" | "remove">,
  vault: CertificateVault,
  wish: CertificateWish,
  { now, daysLeft, renew, progress }: RenewalOptions,
): Promise<Renewal> {
  const known = file.certificates.flatMap((each) =>
    certificatePem()(each.pem) ? [] : [{ ...each, read: publicCertificate(each.pem) }],
  );
  const ended = known.filter(({ read }) => Date.parse(read.notAfter) <= now.getTime()).map(({ name }) => name);
  const newest = known
    .filter(({ name }) => !ended.includes(name))
    .sort(byStart)
    .at(-1);
  const isDue = newest === undefined || Date.parse(newest.read.notAfter) - now.getTime() <= daysLeft * DAY;
  if (newest !== undefined && !isDue && !renew) {
    file.remove(ended);
    return { newest, removed: ended };
  }
  const taken = file.certificates.map(({ name }) => name);
  const made = await makeNew(vault, wish, taken, now, progress);
  file.remove(ended);
  file.add(made);
  return { made, newest: made, removed: ended };
}

/** Names of the daemon's certificates: the day, and a number from the second one of a day on. */
async function makeNew(
  vault: CertificateVault,
  wish: CertificateWish,
  taken: readonly string[],
  now: Date,
  progress: (line: string) => void,
): Promise<KnownCertificate> {
  const day = momentInWords(now).slice(0, 10);
  for (let number = 1; number <= MOST_NAMES; number += 1) {
    const name = number === 1 ? day : `${day}-${number}`;
    if (taken.includes(name)) continue;
    const vaultName = `${wish.daemon}-certificate-${name}`;
    // One that a run before made, and could not write down.
    const found = await vault.find(vaultName);
    if (found === undefined) progress(`Making ${vaultName}: RSA, ${wish.keySize} bits, ${wish.months} months`);
    const certificate = found ?? (await vault.make(vaultName, wish));
    if (certificate === undefined) continue;
    return { name, ...certificate, read: publicCertificate(certificate.pem) };
  }
  throw new Error(`The vault has ${MOST_NAMES} certificates of ${wish.daemon} from ${day} already.`);
}

const byStart = (one: KnownCertificate, other: KnownCertificate): number =>
  Date.parse(one.read.notBefore) - Date.parse(other.read.notBefore);
