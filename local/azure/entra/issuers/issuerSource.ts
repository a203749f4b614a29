/** Where the keys of an issuer of tokens are found: in a file, or with the issuer itself on this machine. */
export type IssuerSource =
  { readonly kind: "file"; readonly path: string } | { readonly kind: "loopback"; readonly baseUrl: string };

/** An issuer, or the place of its keys, that local Azure can't take. Its message says what to write. */
export class IssuerRefused extends Error {}

const loopbackHosts = ["127.0.0.1", "localhost", "[::1]"];

/**
 * Reads `<issuer>=<file or address>`, as the command line has it.
 * @throws IssuerRefused
 */
export function parseIssuer(text: string): readonly [issuer: string, source: string] {
  const mark = text.indexOf("=");
  if (mark < 1 || mark === text.length - 1) {
    throw new IssuerRefused(
      `"${text}" is not <issuer>=<file or address>, for example https://token.actions.githubusercontent.com=http://127.0.0.1:9000.`,
    );
  }
  const parsed = [text.slice(0, mark), text.slice(mark + 1)] as const;
  checkIssuer(parsed[0]);
  issuerSource(parsed[1]);
  return parsed;
}

/** @throws IssuerRefused for anything but an https:// address: Entra ID trusts no other */
export function checkIssuer(issuer: string): void {
  if (!URL.canParse(issuer) || new URL(issuer).protocol !== "https:") {
    throw new IssuerRefused(`The issuer "${issuer}" is no https:// address, and Entra ID trusts no other.`);
  }
}

/**
 * Tells a file from an address.
 * @throws IssuerRefused for an address that is not of this machine: local Azure asks nothing of the world outside
 */
export function issuerSource(text: string): IssuerSource {
  if (!/^https?:\/\//i.test(text)) {
    return { kind: "file", path: text };
  }
  if (!isLoopback(text)) {
    throw new IssuerRefused(
      `"${text}" is not an http:// address of this machine, and local Azure sends no requests to other hosts. Give http://127.0.0.1:<port>, or a file with the issuer's keys.`,
    );
  }
  return { kind: "loopback", baseUrl: text.replace(/\/+$/, "") };
}

/** Whether an address is plain HTTP on this machine. */
export function isLoopback(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url?.protocol === "http:" && loopbackHosts.includes(url.hostname);
}
