import { UsageError } from "../cli/failure";

/** Whose credentials are verified. */
export interface Target {
  /** "https://<vault>.vault.azure.net", without a slash at the end. */
  readonly vaultUrl: string;
  /** The secrets to read; where absent, all that the vault lists as credentials. */
  readonly secrets?: readonly string[];
  /** The stack that names the secrets: one that is not there was deleted. */
  readonly stack?: string;
  /** Daemons whose credential is delivered in formats that verify does not read. */
  readonly unreadable?: readonly string[];
}

/** The name of the secret that holds a daemon's credential. */
export const secretOf = (daemon: string): string => `${daemon}-credential`;

/** The name of the daemon, as far as the name of its secret tells. */
export const daemonOf = (secret: string): string => secret.replace(/-credential$/, "");

/** @throws UsageError for anything but the https address of a vault */
export function vaultTarget(vault: string, daemons: readonly string[]): Target {
  const url = httpsUrl("--vault", vault, "https://kv-daemons.vault.azure.net");
  if (url.pathname !== "/" || url.search !== "") {
    throw new UsageError(`--vault: "${vault}" is more than a vault's address; name a single secret with --secret.`);
  }
  return { vaultUrl: url.origin, ...(daemons.length === 0 ? {} : { secrets: daemons.map(secretOf) }) };
}

/** @throws UsageError for anything but addresses of secrets of one vault */
export function secretsTarget(uris: readonly string[]): Target {
  const parsed = uris.map((uri) => {
    const url = httpsUrl("--secret", uri, "https://kv-daemons.vault.azure.net/secrets/forecast-loader-credential");
    const [, name] = /^\/secrets\/([0-9A-Za-z-]+)\/?$/.exec(url.pathname) ?? [];
    if (name === undefined) {
      throw new UsageError(
        `--secret: "${uri}" is not the address of a secret without its version, as <vault>/secrets/<name>.`,
      );
    }
    return { vaultUrl: url.origin, name };
  });
  const vaults = [...new Set(parsed.map(({ vaultUrl }) => vaultUrl))];
  const [vaultUrl] = vaults;
  if (vaultUrl === undefined || vaults.length > 1) {
    throw new UsageError(`--secret: the secrets lie in ${vaults.join(" and ")}; verify one vault at a time.`);
  }
  return { vaultUrl, secrets: parsed.map(({ name }) => name) };
}

function httpsUrl(option: string, given: string, example: string): URL {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol !== "https:") {
    throw new UsageError(`${option}: "${given}" is not an https:// address, for example ${example}.`);
  }
  return url;
}
