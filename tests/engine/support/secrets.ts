import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ClassicLevel } from "classic-level";
import { identities, type IdentityName } from "../../../local/azure/landingZone/layout";
import type { LocalAzureForTests } from "../../support/localAzure";

/** Secrets that the tests' own search would find everywhere if it took texts this short. */
const shortest = 20;

/**
 * Collects every secret that passes through local Azure, by what it is: passwords and tokens that it hands out, client
 * secrets that it is shown, and the vault's values.
 */
export class SecretCollector {
  readonly found = new Map<string, string>();
  private stop: () => void = () => undefined;

  constructor(local: LocalAzureForTests) {
    for (const identity of Object.keys(identities) as IdentityName[]) {
      this.add(`the ${identity}'s secret`, local.secretOf(identity));
    }
    this.add("Pulumi's passphrase", local.azure.cloud.stateKey.derive("pulumi-passphrase"));
    this.listen(local);
  }

  /** Listens to a local Azure, and no more to the one before: it has been opened again. */
  listen(local: LocalAzureForTests): void {
    this.stop();
    this.stop = local.azure.requests.listen((record, request, { body }) => {
      const what = `${record.service} ${record.method}`;
      this.add(`${what}: a bearer token`, request.headers.authorization?.replace(/^Bearer /, ""));
      const inVault = /\/secrets\//.test(record.path);
      if (record.service === "entra") {
        this.add(`${what}: a client secret`, new URLSearchParams(request.body.toString()).get("client_secret"));
      } else {
        this.walk(what, fromJson(request.body.toString()), inVault);
      }
      this.walk(what, body, inVault);
    });
  }

  ofKind(pattern: RegExp): string[] {
    return [...this.found].filter(([, what]) => pattern.test(what)).map(([secret]) => secret);
  }

  end(): void {
    this.stop();
  }

  private walk(what: string, value: unknown, inVault: boolean): void {
    if (typeof value !== "object" || value === null || Buffer.isBuffer(value)) {
      return;
    }
    for (const [name, inner] of Object.entries(value)) {
      if (/^(access_token|secretText|client_?secret)$/i.test(name)) {
        this.add(`${what}: ${name}`, inner);
      } else if (inVault && name === "value" && typeof inner === "string") {
        this.add(`${what}: a vault's value`, inner);
        this.walk(what, fromJson(inner), inVault);
      } else {
        this.walk(what, inner, inVault);
      }
    }
  }

  private add(what: string, secret: unknown): void {
    if (typeof secret === "string" && secret.length >= shortest && !this.found.has(secret)) {
      this.found.set(secret, what);
    }
  }
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Where secrets stand in plain text, as "what in where". */
export function leaks(secrets: ReadonlyMap<string, string>, places: ReadonlyMap<string, string>): string[] {
  return [...places].flatMap(([place, text]) =>
    [...secrets]
      // A JSON text stands with its quotes escaped in other JSON.
      .filter(([secret]) => text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1)))
      .map(([, what]) => `${what} in ${place}`),
  );
}

/** Every file below a directory, byte by byte. A file that goes away meanwhile is left out. */
export function filesIn(directory: string): Map<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      try {
        return [[path, readFileSync(path, "latin1")] as const];
      } catch {
        return [];
      }
    }),
  );
}

/** What a store's directory holds, whatever way it lies on the disk: LevelDB compresses. */
export async function recordsIn(directory: string): Promise<string> {
  const db = new ClassicLevel<string, string>(directory);
  await db.open();
  const records = await db.iterator().all();
  await db.close();
  return records.map(([key, value]) => `${key} ${value}\n`).join("");
}
