import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { join } from "node:path";
import { machineUrl, machineWith } from "../azure/instanceMetadata/machine";
import { connectionVariables, identityVariables, withoutForeign } from "../environment";
import type { Console } from "../output/console";
import { openAzure, type AzureSession } from "../session/azureSession";
import { readStackState, stateFile } from "../stack/stateFile";
import { projectRoot } from "../stateDirectory";
import { exitCodes, UserError, type ExitCode } from "../userError";
import type { CommandContext } from "./command";
import { LOCAL_COMMAND } from "../../tools/verify/remedies/commands";
import { localCommand, typedName } from "../invocation";

/** Local Azure has nothing to wait for, unless it lets changes take their time. */
const wait = ({ settlingSeconds = 0 }: AzureSession): string[] => ["--wait", String(Math.ceil(settlingSeconds))];

/** How verify went: it prints its own table, or gives its report where this command prints JSON. */
export interface Verified {
  /** False where a check failed. */
  readonly ok: boolean;
  readonly report?: unknown;
}

/** What a stack has delivered, from its outputs. */
export interface Delivered {
  readonly stack: string;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Client IDs of the daemons. */
  readonly clientIds: readonly string[];
}

/** Reads what verify needs from a stack's outputs; undefined where there is no vault. */
export function deliveredBy(stack: string, outputs: Readonly<Record<string, unknown>>): Delivered | undefined {
  const { vaultUri, daemons } = outputs;
  if (typeof vaultUri !== "string") {
    return undefined;
  }
  const names = Array.isArray(daemons) ? daemons.map(String) : [];
  const ids = names.map((name) => outputs[`${name}.clientId`]);
  return { stack, outputs, clientIds: ids.filter((id) => typeof id === "string") };
}

/** What is verified, where it is not everything that the stack has delivered. */
export interface VerifyChoice {
  readonly daemon?: readonly string[];
  readonly secret?: readonly string[];
}

/** Arguments of verify, which reads the stack's outputs from its standard input. */
const argumentsFor = (stack: string, { daemon = [], secret = [] }: VerifyChoice): string[] =>
  secret.length > 0
    ? secret.flatMap((uri) => ["--secret", uri])
    : ["--stack", stack, "--outputs", "-", ...daemon.flatMap((name) => ["--daemon", name])];

/**
 * Runs verify in a process of its own, with the consumer's identity and the stack's outputs alone, on a machine that the
 * daemons' managed identities are attached to.
 *
 * @throws UserError where it ends without a verdict
 */
export async function runVerify(
  azure: AzureSession,
  { stack, outputs, clientIds }: Delivered,
  { json }: Console,
  { signal, choice = {} }: { readonly signal?: AbortSignal; readonly choice?: VerifyChoice } = {},
): Promise<Verified> {
  const variables = {
    ...connectionVariables(azure),
    ...identityVariables("consumer", azure.secretOf("consumer")),
    [LOCAL_COMMAND]: typedName,
    AZURE_POD_IDENTITY_AUTHORITY_HOST: machineUrl(azure.proxyUrl, machineWith(azure, clientIds)),
  };
  const entry = join(projectRoot, "tools", "start.mjs");
  const child = spawn(
    process.execPath,
    [entry, "verify", ...argumentsFor(stack, choice), ...wait(azure), ...(json ? ["--json"] : [])],
    {
      cwd: projectRoot,
      env: { ...withoutForeign(process.env), ...variables },
      stdio: ["pipe", json ? "pipe" : "inherit", "inherit"],
    },
  );
  // A wrong argument ends it before it has read them.
  child.stdin?.on("error", () => undefined).end(JSON.stringify(outputs));
  const stop = (): void => void child.kill("SIGINT");
  signal?.addEventListener("abort", stop);
  const closed = once(child, "close") as Promise<[code: number | null]>;
  const printed = child.stdout === null ? "" : await text(child.stdout);
  const [code] = await closed;
  signal?.removeEventListener("abort", stop);
  if (code !== 0 && code !== 1 && signal?.aborted !== true) {
    throw new UserError(
      `verify ended without a verdict (exit code ${code ?? "none"}); its reason is above.`,
      code === exitCodes.usage ? exitCodes.usage : exitCodes.failed,
    );
  }
  return { ok: code === 0, ...(printed === "" ? {} : { report: JSON.parse(printed) as unknown }) };
}

/** `npm run local -- verify` */
export async function verify(context: CommandContext, choice: VerifyChoice): Promise<ExitCode> {
  const { console, state, project, stack } = context;
  const delivered = deliveredBy(stack, readStackState(stateFile(state, project, stack)).outputs);
  if (delivered === undefined) {
    throw new UserError(`The stack ${stack} has no vault yet. Run \`${localCommand("up")}\` first.`);
  }
  const azure = await openAzure({ ...context, command: "verify" });
  try {
    const { ok, report } = await runVerify(azure, delivered, console, { choice });
    if (console.json) {
      console.document(report);
    }
    return ok ? exitCodes.ok : exitCodes.failed;
  } finally {
    await azure.close();
  }
}
