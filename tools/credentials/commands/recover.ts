import type { SecretClient } from "@azure/keyvault-secrets";
import { failureOf } from "../../verify/failure";
import { settlingMs } from "../../verify/boundedCalls";
import { secretClient } from "../../verify/vault";
import type { AddCommand } from "../../cli/frame";
import type { Act } from "../../cli/outcome";
import { importCommand, type OurSecret, ourSecret } from "../ourSecrets";
import { vaultFailure } from "../vaultFailure";
import { type VaultOptions, vaultUrlOf, withVault } from "../vaultOption";

interface Options extends VaultOptions {
  readonly secret?: readonly string[];
}

/** `daemon-access credentials recover`. */
export const addRecover: AddCommand = (program, performs) => {
  withVault(
    program
      .command("recover")
      .summary("recover soft-deleted secrets, and print how to import them")
      .description(
        "Recovers the soft-deleted secrets of the stack's daemons, which Azure Resource Manager can't, and prints the command that imports each into the stack. Needs the role Key Vault Secrets Officer on the vault.",
      ),
  )
    .option("--secret <names...>", "only these secrets (default: all that the stack once managed)")
    .action(performs(recover));
};

const recover: Act<Options> = async (options, { env, progress }) => {
  const vaultUrl = await vaultUrlOf(options, env);
  const client = secretClient(vaultUrl, options.timeout);
  const { deleted, live } = await secretsOf(client, options.secret).catch((error: unknown) => {
    throw vaultFailure(error, vaultUrl);
  });
  const recovered: OurSecret[] = [];
  const failed: { readonly secret: string; readonly code: string; readonly message: string }[] = [];
  for (const secret of deleted) {
    try {
      progress(`Recovering ${secret.name} …`);
      const poller = await client.beginRecoverDeletedSecret(secret.name);
      await poller.pollUntilDone({ abortSignal: AbortSignal.timeout(settlingMs) });
      recovered.push(secret);
    } catch (error) {
      const { code, message } = failureOf(error);
      failed.push({ secret: secret.name, code, message });
    }
  }
  const known = new Set([...deleted, ...live].map(({ name }) => name));
  const unknown = (options.secret ?? []).filter((name) => !known.has(name));
  const there = [...recovered, ...live].sort((a, b) => (a.name < b.name ? -1 : 1));
  const imports = there.flatMap((secret) => importCommand(secret, vaultUrl, options.stack) ?? []);
  return {
    ok: failed.length === 0 && unknown.length === 0,
    lines: [
      ...recovered.map(({ name }) => `Recovered ${name}.`),
      ...live.map(({ name }) => `${name} exists already.`),
      ...failed.map(({ secret, code, message }) => `Could not recover ${secret}: ${code}: ${message}`),
      ...unknown.map((name) => `${vaultUrl} has no secret ${name}, and none that was deleted.`),
      ...(known.size === 0 && unknown.length === 0 ? [`Nothing to recover in ${vaultUrl}.`] : []),
      ...(imports.length === 0 ? [] : ["Where `pulumi up` says that one exists already, import it:", ...imports]),
    ],
    document: {
      vaultUrl,
      recovered: recovered.map(({ name }) => name),
      present: live.map(({ name }) => name),
      failed,
      unknown,
      imports,
    },
  };
};

/** The secrets of the names given, or else those that the stack marked as its own. Reads no value. */
async function secretsOf(
  client: SecretClient,
  names: readonly string[] | undefined,
): Promise<{ readonly deleted: readonly OurSecret[]; readonly live: readonly OurSecret[] }> {
  const wanted = ({ name, managed }: OurSecret): boolean => (names === undefined ? managed : names.includes(name));
  const deleted: OurSecret[] = [];
  for await (const { name, properties } of client.listDeletedSecrets()) {
    deleted.push(ourSecret(name, properties.tags));
  }
  const live: OurSecret[] = [];
  for await (const { name, tags } of client.listPropertiesOfSecrets()) live.push(ourSecret(name, tags));
  return { deleted: deleted.filter(wanted), live: live.filter(wanted) };
}
