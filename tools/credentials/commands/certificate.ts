import { createRequire } from "node:module";
import { InvalidArgumentError } from "commander";
import { daemonName } from "../../../components/checks/names";
import { UsageError } from "../../cli/failure";
import { StackFile } from "../certificate/stackFile";
import type * as vaultCertificates from "../certificate/vaultCertificates";
import { renewCertificate, type KnownCertificate } from "../certificate/renew";
import type { AddCommand } from "../../cli/frame";
import { moment, momentInWords, whole } from "../../cli/values";
import type { Act } from "../../cli/outcome";
import { vaultFailure } from "../vaultFailure";
import { type VaultOptions, vaultUrlOf, withVault } from "../vaultOption";

interface Options extends VaultOptions {
  readonly daemon: string;
  readonly months: number;
  readonly keySize: number;
  readonly subject?: string;
  readonly daysLeft: number;
  readonly renew: boolean;
  readonly at?: Date;
}

/** The role that making certificates needs. */
const ROLE = "Key Vault Certificates Officer";

/** Loads Azure's SDKs at the moment they are needed: they take longer to load than a wrong argument to tell. */
const later = createRequire(__filename);

/** `daemon-access credentials certificate`. */
export const addCertificate: AddCommand = (program, performs) => {
  withVault(
    program
      .command("certificate")
      .summary("create a daemon's certificate in the vault, and write its public part to the stack's file")
      .description(
        `Creates a self-signed certificate for a daemon in the vault, and writes the public certificate to Pulumi.<stack>.yaml; \`pulumi up\` then adds it in Entra ID. The private key is created in the vault and stays there. Does nothing while the newest certificate is valid for longer than --days-left, and removes expired ones from the file. Needs the role ${ROLE} on the vault.`,
      ),
  )
    .requiredOption("--daemon <name>", "the daemon, by its name in the stack's file")
    .option("--months <number>", "validity of the certificate, in months", whole(1, 24), 5)
    .option("--key-size <bits>", "size of the RSA key: 2048, 3072 or 4096", keySize, 2048)
    .option("--subject <name>", "X.500 name of the certificate (default: CN=<daemon>)")
    .option("--days-left <days>", "do nothing while the newest certificate has more days left", whole(0, 365), 30)
    .option("--renew", "create a new one in any case", false)
    .option("--at <moment>", "judge dates as of this moment, RFC 3339 (default: now)", moment)
    .action(performs(certificate));
};

const certificate: Act<Options> = async (options, { progress, env }) => {
  const { daemon, stack, months, keySize: bits, subject = `CN=${daemon}`, daysLeft, renew } = options;
  const malformed = daemonName(daemon);
  if (malformed) throw new UsageError(`--daemon: got "${daemon}"; needed ${malformed.needed}. ${malformed.fix}`);
  if (stack === undefined) throw new UsageError("Name the stack whose file gets the certificate: --stack <name>.");
  const file = StackFile.open(".", stack, daemon);
  const vaultUrl = await vaultUrlOf(options, env);

  const { VaultCertificates } = later("../certificate/vaultCertificates") as typeof vaultCertificates;
  const now = options.at ?? new Date();
  const wish = { daemon, subject, keySize: bits, months };
  const renewal = await renewCertificate(file, new VaultCertificates(vaultUrl, options.timeout), wish, {
    now,
    daysLeft,
    renew,
    progress,
  }).catch((error: unknown) => {
    throw vaultFailure(error, vaultUrl, ROLE);
  });
  const { made, newest, removed } = renewal;
  const changed = made !== undefined || removed.length > 0;
  if (changed) file.save();
  return {
    ok: true,
    lines: [
      made ? `Made ${described(made)}.` : `Nothing is due: ${described(newest)}. To make a new one now, use --renew.`,
      ...removed.map((name) => `Removed ${name} from ${file.path}: it has expired.`),
      ...(changed
        ? [`Wrote ${file.path}. Run \`pulumi up --stack ${stack}\` now: until then the daemon does not use it.`]
        : []),
    ],
    document: {
      daemon,
      vaultUrl,
      at: momentInWords(now),
      file: file.path,
      changed,
      made: made ? facts(made) : null,
      newest: facts(newest),
      removed,
    },
  };
};

const described = ({ name, read, secretUri }: KnownCertificate): string =>
  `${name}, valid until ${read.notAfter}, thumbprint ${read.thumbprint}, private key in ${secretUri}`;

const facts = ({ name, secretUri, read }: KnownCertificate) => ({
  name,
  secretUri,
  thumbprint: read.thumbprint,
  notBefore: read.notBefore,
  expiresOn: read.notAfter,
});

function keySize(text: string): number {
  const value = Number(text);
  if ([2048, 3072, 4096].includes(value)) return value;
  throw new InvalidArgumentError("Give 2048, 3072 or 4096.");
}
