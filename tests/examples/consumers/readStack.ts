import "../../../tools/program/deferredSdk";
import { automationStack } from "../../support/automationStack";
import { DaemonAccessReference } from "../../../components/index";

/** What a reading team's program does, as JSON in the one argument of this one. */
export interface Reading {
  /** Directory of the backend. */
  readonly backend: string;
  /** Name of the reading team's own stack. */
  readonly own: string;
  /** @default a passphrase */
  readonly secretsProvider?: string;
  /** Full name of the stack that is read. */
  readonly stack: string;
  readonly daemons?: string[];
}

/**
 * Deploys a program that reads a stack, in a process of its own: the SDK tells the engine of a failed output by way of the
 * process's own events, which jest keeps to itself.
 */
async function main({ backend, own, secretsProvider, stack, daemons }: Reading): Promise<void> {
  const program = (): Promise<Record<string, unknown>> => {
    const access = new DaemonAccessReference("access", { stack, ...(daemons && { daemons }) });
    const { contractVersion, vaultUri } = access;
    return Promise.resolve({ contractVersion, vaultUri, daemons: access.daemons });
  };
  const workspace = await automationStack({
    project: "reporting",
    stack: own,
    program,
    backend,
    passphrase: null,
    ...(secretsProvider !== undefined && { secretsProvider }),
  });
  const { outputs } = await workspace.up({ color: "never" });
  process.stdout.write(JSON.stringify(outputs));
}

main(JSON.parse(process.argv[2] ?? "") as Reading).catch((error: unknown) => {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
