import { failureOf } from "../../verify/failure";
import { secretClient } from "../../verify/vault";
import type { AddCommand } from "../../cli/frame";
import { type ExpiredVersion, expiredVersions } from "../expiredVersions";
import { moment, momentInWords } from "../../cli/values";
import type { Act } from "../../cli/outcome";
import { vaultFailure } from "../vaultFailure";
import { type VaultOptions, vaultUrlOf, withVault } from "../vaultOption";

interface Options extends VaultOptions {
  readonly dryRun: boolean;
  readonly at?: Date;
}

/** A version that could not be disabled. */
interface Failed extends ExpiredVersion {
  readonly code: string;
  readonly message: string;
}

/** `daemon-access credentials disable-expired`. */
export const addDisableExpired: AddCommand = (program, performs) => {
  withVault(
    program
      .command("disable-expired")
      .summary("disable expired versions of the stack's secrets")
      .description(
        "Disables the expired older versions of the secrets that the stack manages. Does not touch a secret that a daemon can still sign in with. Needs the role Key Vault Secrets Officer on the vault.",
      ),
  )
    .option("--dry-run", "print what would be disabled, and disable nothing", false)
    .option("--at <moment>", "judge dates as of this moment, RFC 3339 (default: now)", moment)
    .action(performs(disableExpired));
};

const disableExpired: Act<Options> = async (options, { env }) => {
  const { dryRun, at = new Date() } = options;
  const vaultUrl = await vaultUrlOf(options, env);
  const client = secretClient(vaultUrl, options.timeout);
  const { older, newest } = await expiredVersions(client, at).catch((error: unknown) => {
    throw vaultFailure(error, vaultUrl);
  });
  const disabled: ExpiredVersion[] = [];
  const failed: Failed[] = [];
  for (const each of older) {
    try {
      if (!dryRun) await client.updateSecretProperties(each.secret, each.version, { enabled: false });
      disabled.push(each);
    } catch (error) {
      const { code, message } = failureOf(error);
      failed.push({ ...each, code, message });
    }
  }
  return {
    ok: failed.length === 0,
    lines: [
      ...disabled.map((each) => `${dryRun ? "Would disable" : "Disabled"} ${inWords(each)}.`),
      ...failed.map((each) => `Could not disable ${inWords(each)}: ${each.code}: ${each.message}`),
      ...(older.length === 0 ? [`Nothing to disable in ${vaultUrl}.`] : []),
      ...newest.map((each) => `The newest version of ${each.secret} ended on ${each.expiresOn}: run \`pulumi up\`.`),
    ],
    document: { vaultUrl, at: momentInWords(at), dryRun, disabled, failed, newestEnded: newest },
  };
};

const inWords = ({ secret, version, expiresOn, generation }: ExpiredVersion): string =>
  `${secret}, ${generation === undefined ? `version ${version}` : `generation ${generation}`}, which ended on ${expiresOn}`;
