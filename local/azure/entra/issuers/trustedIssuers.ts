import { readFile } from "node:fs/promises";
import type { JSONWebKeySet } from "jose";
import { z } from "zod";
import { checkIssuer, isLoopback, issuerSource, type IssuerSource } from "./issuerSource";

const answerTimeoutMs = 5_000;

const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.string() });
const keySetSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

/**
 * The issuers whose tokens local Azure can check, and where it finds their keys. Azure asks each issuer at its own address;
 * here only those that are named are asked, in a file or on this machine. Keys are read anew for each token.
 */
export class TrustedIssuers {
  private readonly sources: ReadonlyMap<string, IssuerSource>;

  /**
   * @param sources issuer to a file with a JSON Web Key Set, or to the http:// address on this machine that answers for it
   * @throws IssuerRefused
   */
  constructor(sources: Readonly<Record<string, string>>) {
    for (const issuer of Object.keys(sources)) {
      checkIssuer(issuer);
    }
    this.sources = new Map(Object.entries(sources).map(([issuer, source]) => [issuer, issuerSource(source)]));
  }

  /** Public keys of an issuer; undefined where they are not available. */
  readonly keysOf = async (issuer: string): Promise<JSONWebKeySet | undefined> => {
    const source = this.sources.get(issuer);
    if (source === undefined) {
      return undefined;
    }
    try {
      const keys = source.kind === "file" ? await readJson(source.path) : await discovered(issuer, source.baseUrl);
      return keySetSchema.parse(keys);
    } catch {
      // Azure tells whoever signs in no more than that the issuer could not be asked.
      return undefined;
    }
  };
}

/** As Entra ID does it: the discovery document names the keys' address, and must be the issuer's own. */
async function discovered(issuer: string, baseUrl: string): Promise<unknown> {
  const document = discoverySchema.parse(await fetchJson(`${baseUrl}/.well-known/openid-configuration`));
  if (document.issuer !== issuer) {
    throw new Error(`The document is of the issuer ${document.issuer}.`);
  }
  const own = issuer.replace(/\/+$/, "");
  const keys = document.jwks_uri.startsWith(`${own}/`)
    ? `${baseUrl}${document.jwks_uri.slice(own.length)}`
    : document.jwks_uri;
  if (!isLoopback(keys)) {
    throw new Error(`The keys are at ${keys}.`);
  }
  return await fetchJson(keys);
}

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(answerTimeoutMs) });
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}.`);
  }
  return await response.json();
}

const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, "utf8")) as unknown;
