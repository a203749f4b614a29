import { type CertificateVault, renewCertificate } from "../../../tools/credentials/certificate/renew";
import type { FileCertificate } from "../../../tools/credentials/certificate/fileCertificate";
import { policyOf } from "../../../tools/credentials/certificate/vaultCertificates";
import { issueCertificate } from "../../support/certificates";

const wish = { daemon: "loader", subject: "CN=loader", keySize: 2048, months: 6 };
const now = new Date("2027-01-05T10:00:00Z");
const quiet = { now, daysLeft: 30, renew: false, progress: () => undefined };

let ended: string;
let ending: string;
let good: string;
let fresh: string;
beforeAll(async () => {
  const pems = await Promise.all(
    [
      { notBefore: "2026-01-01T00:00:00Z", notAfter: "2027-01-01T00:00:00Z" },
      { notBefore: "2026-07-01T00:00:00Z", notAfter: "2027-01-20T00:00:00Z" },
      { notBefore: "2026-12-01T00:00:00Z", notAfter: "2027-06-01T00:00:00Z" },
      { notBefore: "2027-01-05T09:50:00Z", notAfter: "2027-07-05T10:00:00Z" },
    ].map((dates) => issueCertificate(dates)),
  );
  [ended = "", ending = "", good = "", fresh = ""] = pems.map(({ pem }) => pem);
});

const uriOf = (name: string): string => `https://kv.vault.azure.net/secrets/${name}`;
const held = (name: string, pem: string): FileCertificate => ({ name, pem, secretUri: uriOf(name) });

/** A list as the stack's file keeps it. */
function listOf(...start: FileCertificate[]) {
  const list = { certificates: [...start], add: (each: FileCertificate) => void list.certificates.push(each), remove };
  function remove(names: readonly string[]): void {
    list.certificates = list.certificates.filter(({ name }) => !names.includes(name));
  }
  return list;
}

/** A vault that has certificates of some names, and some that were deleted. */
function vaultWith(there: readonly string[] = [], deleted: readonly string[] = []) {
  const made: string[] = [];
  const vault: CertificateVault = {
    find: (name) => Promise.resolve(there.includes(name) ? { pem: fresh, secretUri: uriOf(name) } : undefined),
    make: (name) => {
      if (deleted.includes(name)) return Promise.resolve(undefined);
      made.push(name);
      return Promise.resolve({ pem: fresh, secretUri: uriOf(name) });
    },
  };
  return { vault, made };
}

describe("renewing a certificate", () => {
  it("does nothing while the newest is good for a while", async () => {
    const { vault, made } = vaultWith();
    const list = listOf(held("a", ending), held("b", good));
    expect(await renewCertificate(list, vault, wish, quiet)).toMatchObject({ newest: { name: "b" }, removed: [] });
    expect([made, list.certificates.length]).toEqual([[], 2]);
  });

  it("makes the first, named after the daemon and the day", async () => {
    const { vault, made } = vaultWith();
    const list = listOf();
    const { made: certificate } = await renewCertificate(list, vault, wish, quiet);
    expect(made).toEqual(["loader-certificate-2027-01-05"]);
    expect(certificate).toMatchObject({ name: "2027-01-05", secretUri: uriOf("loader-certificate-2027-01-05") });
    expect(list.certificates.map(({ name }) => name)).toEqual(["2027-01-05"]);
  });

  it("makes the next when the newest ends soon, leaves the old one beside it, and takes out what has ended", async () => {
    const { vault } = vaultWith();
    const list = listOf(held("a", ended), held("b", ending));
    expect((await renewCertificate(list, vault, wish, quiet)).removed).toEqual(["a"]);
    expect(list.certificates.map(({ name }) => name)).toEqual(["b", "2027-01-05"]);
  });

  it("takes out what has ended where nothing else is due", async () => {
    const list = listOf(held("a", ended), held("b", good));
    expect(await renewCertificate(list, vaultWith().vault, wish, quiet)).toMatchObject({ removed: ["a"] });
    expect(list.certificates.map(({ name }) => name)).toEqual(["b"]);
  });

  it("makes one in any case where it is told to, under the next name that is free", async () => {
    const { vault, made } = vaultWith([], ["loader-certificate-2027-01-05-2"]);
    const list = listOf(held("2027-01-05", good));
    await renewCertificate(list, vault, wish, { ...quiet, renew: true });
    expect(made).toEqual(["loader-certificate-2027-01-05-3"]);
  });

  it("takes the one that a run before made, and could not write down", async () => {
    const { vault, made } = vaultWith(["loader-certificate-2027-01-05"]);
    const list = listOf();
    await renewCertificate(list, vault, wish, quiet);
    expect([made, list.certificates.map(({ name }) => name)]).toEqual([[], ["2027-01-05"]]);
  });

  it("asks Key Vault for a key that can be read in PEM, and never to renew by itself, of which Entra ID would not know", () => {
    expect(policyOf(wish)).toEqual({
      issuerName: "Self",
      subject: "CN=loader",
      contentType: "application/x-pem-file",
      keyType: "RSA",
      keySize: 2048,
      exportable: true,
      reuseKey: false,
      keyUsage: ["digitalSignature"],
      enhancedKeyUsage: ["1.3.6.1.5.5.7.3.2"],
      validityInMonths: 6,
      lifetimeActions: [{ action: "EmailContacts", lifetimePercentage: 80 }],
    });
  });
});
