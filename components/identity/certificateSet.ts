import { instant } from "../checks/moments";
import type { Refusal } from "../checks/refusal";
import { certificatePem, publicCertificate, type PublicCertificate } from "./publicCertificate";

/** One of several certificates, as far as it is judged together with the others. */
export interface NamedPem {
  readonly name: string;
  readonly pem: string;
}

/** What is wrong with certificates together, and which of them to change. */
export interface CertificateSetProblem {
  /** `certificates[1].pem`, or `certificates` for all of them. */
  readonly input: string;
  readonly given: unknown;
  readonly refusal: Refusal;
}

/** A certificate of the set with what its PEM says. */
export type ReadCertificate<T extends NamedPem> = T & { readonly read: PublicCertificate };

/** Judges what can be wrong only together. Those that are wrong by themselves are left aside, as they are told already. */
export function certificateSetProblems(given: readonly NamedPem[], asOf: string): CertificateSetProblem[] {
  const readable = given.flatMap(({ name, pem }, index) =>
    certificatePem(asOf)(pem) ? [] : [{ name, pem, index, read: publicCertificate(pem) }],
  );
  const problems = [...repeatedNames(given)];
  readable.forEach(({ index, read }, at) => {
    const first = readable.slice(0, at).find((other) => other.read.thumbprint === read.thumbprint);
    if (!first) return;
    const refusal = {
      needed: "each certificate once",
      fix: `It is certificates[${first.index}] too; remove one of them.`,
    };
    problems.push({ input: `certificates[${index}].pem`, given: given[index]?.pem, refusal });
  });
  if (readable.length > 0 && !readable.some(({ read }) => isValid(read, asOf))) {
    const last = [...readable].sort(byEnd).at(-1);
    const refusal = {
      needed: `a certificate that is valid on ${asOf}, which is when this runs; the last one is from ${last?.read.notBefore ?? ""} to ${last?.read.notAfter ?? ""}`,
      fix: "Make a new one with `npx daemon-access credentials certificate`.",
    };
    problems.push({ input: "certificates", given, refusal });
  }
  return problems;
}

/** Those that have not ended by a moment, the one that came last at the end. */
export function liveCertificates<T extends NamedPem>(given: readonly T[], asOf: string): ReadCertificate<T>[] {
  return given
    .map((each) => ({ ...each, read: publicCertificate(each.pem) }))
    .filter(({ read }) => instant(read.notAfter) > instant(asOf))
    .sort(byStart);
}

/** The one that the daemon is to use: of those that are valid by then, the one that came last. */
export const newestOf = <T extends NamedPem>(live: readonly ReadCertificate<T>[], asOf: string): ReadCertificate<T> => {
  const newest = live.filter(({ read }) => isValid(read, asOf)).at(-1);
  if (!newest) throw new RangeError("No certificate is valid: the arguments were not checked.");
  return newest;
};

const isValid = ({ notBefore, notAfter }: PublicCertificate, asOf: string): boolean =>
  instant(notBefore) <= instant(asOf) && instant(asOf) < instant(notAfter);

const byStart = (one: { readonly read: PublicCertificate }, other: { readonly read: PublicCertificate }): number =>
  instant(one.read.notBefore) - instant(other.read.notBefore) || byEnd(one, other);

const byEnd = (one: { readonly read: PublicCertificate }, other: { readonly read: PublicCertificate }): number =>
  instant(one.read.notAfter) - instant(other.read.notAfter);

function repeatedNames(given: readonly NamedPem[]): CertificateSetProblem[] {
  return given.flatMap(({ name }, index) => {
    const first = given.findIndex((other) => other.name === name);
    if (first === index || name === "") return [];
    const refusal = { needed: "a name that no other certificate has", fix: `certificates[${first}] has it already.` };
    return [{ input: `certificates[${index}].name`, given: name, refusal }];
  });
}
