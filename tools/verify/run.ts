import { createRequire } from "node:module";
import { checkGraph, graphCalls } from "./checks/graph";
import type * as lakeChecks from "./checks/lake";
import { checkSignIn } from "./checks/signIn";
import { checkWorkspace, workspaceCalls } from "./checks/workspace";
import type { DaemonRun } from "./checks/daemonRun";
import { parseCredential, type Credential } from "./credential";
import type { Patience } from "./patience";
import type { Redactor } from "../secrets/redactor";
import { vaultRemedy } from "./remedies/vault";
import { eitherOf, newCredential, newRole, newSecret } from "./replication";
import { signInsOf } from "./signIn/signIns";
import type { SignIn } from "./signIn/signIn";
import { measured, skipped, type CheckName, type Judgement, type Row } from "./rows";
import { daemonOf, type Target } from "./target";
import { CredentialVault, readSecretAt } from "./vault";

/** Loads a module at the moment it is needed: the lake's SDK is the slowest to load, and not every daemon has a lake. */
const later = createRequire(__filename);

export interface RunOptions {
  readonly patience: Patience;
  /** Learns every secret that is read. */
  readonly redactor: Redactor;
}

/** Makes every call, daemons side by side, and gives the rows in the daemons' order. */
export async function verify(target: Target, options: RunOptions): Promise<Row[]> {
  const vault = new CredentialVault(target.vaultUrl);
  if (target.secrets !== undefined) {
    const otherwise = (target.unreadable ?? []).map((daemon) =>
      skipped(daemon, "vault.read", "It is delivered in other formats; verify reads the format credential."),
    );
    return [...(await allDaemons(vault, target, target.secrets, options)), ...otherwise];
  }
  const listed = await listCredentials(vault, target.vaultUrl, options);
  return [listed.row, ...(await allDaemons(vault, target, listed.value ?? [], options))];
}

function listCredentials(vault: CredentialVault, vaultUrl: string, { patience }: RunOptions) {
  const judge: Judgement = (failure) => ({ result: "failed", remedy: vaultRemedy(failure, { vaultUrl }) });
  return measured(null, "vault.list", judge, async () => {
    const names = await patience.call("listing the vault", newRole, (signal) => vault.list(signal));
    if (names.length === 0) {
      throw Object.assign(
        new Error("The vault lists no secret tagged managed-by=azure-daemon-access and format=credential."),
        {
          code: "NoCredentials",
        },
      );
    }
    return { value: names, detail: names.length === 1 ? "1 credential" : `${names.length} credentials` };
  });
}

async function allDaemons(
  vault: CredentialVault,
  target: Target,
  secrets: readonly string[],
  options: RunOptions,
): Promise<Row[]> {
  return (await Promise.all(secrets.map((secret) => oneDaemon(vault, target, secret, options)))).flat();
}

async function oneDaemon(
  vault: CredentialVault,
  { vaultUrl, stack }: Target,
  secret: string,
  options: RunOptions,
): Promise<Row[]> {
  const { patience, redactor } = options;
  const read = await measured(
    daemonOf(secret),
    "vault.read",
    (failure) => ({
      result: "failed",
      remedy: vaultRemedy(failure, { vaultUrl, secret, ...(stack !== undefined && { stack }) }),
    }),
    async () => {
      const replication = eitherOf(newRole, newSecret(stack));
      const { value, writtenOn } = await patience.call(`reading ${secret}`, replication, (signal) =>
        vault.read(secret, signal),
      );
      redactor.hide(value);
      const credential = parseCredential(value);
      redactor.hide(credential.clientSecret);
      return { value: { credential, writtenOn }, detail: summary(credential) };
    },
  );
  if (read.value === undefined) {
    return [read.row];
  }
  const { credential, writtenOn } = read.value;
  const ways = signInsOf(credential, {
    readSecret: readSecretAt,
    hide: (value) => {
      redactor.hide(value);
    },
    env: process.env,
  });
  const run = { credential, patience, signInReplication: newCredential(writtenOn) };
  return [read.row, ...(await daemonCalls(run, ways))];
}

/** What is told of a credential that was read: which generation, and until when. */
function summary({ generation, expiresOn }: Credential): string {
  const facts = [
    generation !== undefined && `generation ${generation}`,
    expiresOn !== undefined && `expires ${expiresOn.slice(0, 10)}`,
  ].filter((fact) => fact !== false);
  return facts.join(", ") || "without an end";
}

const lakeModule = (): typeof lakeChecks => later("./checks/lake") as typeof lakeChecks;

/** Signs in in every way that the credential has, and calls with the first that works. */
async function daemonCalls(identity: Omit<DaemonRun, "tokens">, ways: readonly SignIn[]): Promise<Row[]> {
  const { graph, lake, machineLearning, daemon } = identity.credential;
  const signIns = await Promise.all(ways.map(async (way) => ({ way, row: await checkSignIn(identity, way) })));
  const rows = signIns.map(({ row }) => row);
  const working = signIns.find(({ row }) => row.result === "passed");
  if (working === undefined) {
    const calls: CheckName[] = [
      ...(graph === undefined ? [] : graphCalls(graph)),
      ...(lake === undefined ? [] : lakeModule().lakeCalls(lake)),
      ...(machineLearning === undefined ? [] : workspaceCalls(machineLearning)),
    ];
    return [...rows, ...calls.map((check) => skipped(daemon, check, "It could not sign in."))];
  }
  const run: DaemonRun = { ...identity, tokens: working.way.tokens };
  const results = await Promise.all([
    graph === undefined ? [] : checkGraph(run, graph),
    lake === undefined ? [] : lakeModule().checkLake(run, lake),
    machineLearning === undefined ? [] : checkWorkspace(run, machineLearning),
  ]);
  return [...rows, ...results.flat()];
}
