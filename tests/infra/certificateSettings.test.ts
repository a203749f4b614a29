import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GUID, minimal, problems, read } from "./support/settings";

const publicPem = readFileSync(join(__dirname, "..", "fixtures", "certificate.pem"), "utf8");
const withCertificates = (...certificates: Record<string, unknown>[]) => ({
  ...minimal,
  daemons: [
    {
      name: "loader",
      certificate: {
        certificates: certificates.map((certificate) => ({
          name: "2027-01",
          pem: publicPem,
          secretUri: "https://kv-daemons.vault.azure.net/secrets/loader-certificate-2027-01",
          ...certificate,
        })),
      },
    },
  ],
});

describe("a daemon with certificates", () => {
  it("is taken without a secret", () => {
    expect(read(withCertificates({})).daemons[0]).toMatchObject({
      certificate: { certificates: [{ name: "2027-01" }] },
    });
  });

  it("is refused with the private key of another daemon where one reader would get both", () => {
    const { daemons } = withCertificates({});
    const two = { ...minimal, daemons: [...daemons, ...daemons.map((each) => ({ ...each, name: "mailer" }))] };
    expect(problems(two)).toEqual([]);
    expect(problems({ ...two, readers: [{ objectId: GUID }] })).toEqual([
      `azure-daemon-access:daemons[1].certificate.certificates[0].secretUri: got "https://kv-daemons.vault.azure.net/secrets/loader-certificate-2027-01"; needed a private key that no other daemon has, because ${GUID} reads both. It is daemons[0].certificate.certificates[0].secretUri too; give each daemon a certificate of its own.`,
    ]);
  });

  it("is refused with a private key, of which nothing is told", () => {
    const pem = `-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq\n-----END PRIVATE KEY-----\n${publicPem}`;
    const [line = "", ...others] = problems(withCertificates({ pem }));
    expect(line).toContain(
      "daemons[0].certificate.certificates[0].pem: got a private key; needed the public certificate alone, without its private key.",
    );
    expect(line).not.toContain("MIIEvQ");
    expect(others).toEqual([]);
  });

  it.each<[title: string, certificate: object, given: string]>([
    ["an empty list of them", { certificates: [] }, "an empty list; needed at least one certificate"],
    ["an empty group", {}, "nothing; needed a list of certificates, one or more"],
  ])("leads from %s to the command that makes the first", (_title, certificate, given) => {
    const [daemon] = withCertificates({}).daemons;
    expect(problems({ ...minimal, daemons: [{ ...daemon, certificate }] })).toEqual([
      `azure-daemon-access:daemons[0].certificate.certificates: got ${given}. Make the first with \`npx daemon-access credentials certificate\`, which writes it there.`,
    ]);
  });

  it("is refused where all of its certificates have ended, and where two are one", () => {
    const late = { ...withCertificates({}, { name: "again" }), asOf: "2099-06-01T00:00:00Z" };
    expect(problems(late)).toEqual([
      "azure-daemon-access:daemons[0].certificate.certificates[1].pem: got a certificate in PEM; needed each certificate once. It is certificates[0] too; remove one of them.",
      "azure-daemon-access:daemons[0].certificate.certificates: got a list; needed a certificate that is valid on 2099-06-01T00:00:00Z, which is when this runs; the last one is from 2026-01-01T00:00:00Z to 2099-01-01T00:00:00Z. Make a new one with `npx daemon-access credentials certificate`.",
    ]);
  });

  it("is refused in a format that carries a secret", () => {
    const [daemon] = withCertificates({}).daemons;
    expect(problems({ ...minimal, daemons: [{ ...daemon, formats: ["sdk-auth"] }] })).toEqual([
      expect.stringContaining('daemons[0].formats[0]: got "sdk-auth"; needed a format for a daemon with a certificate'),
    ]);
  });
});
