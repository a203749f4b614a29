import { failureOf, type Failure } from "./failure";

/** Every call that verify makes, by the name it has in `--json`. */
export const checkNames = {
  "vault.list": "list the credentials in the vault",
  "vault.read": "read the credential",
  signIn: "sign in to Entra ID",
  "graph.users": "list users on Microsoft Graph",
  "graph.permissions": "see the permissions in the Graph token",
  "lake.list": "list the lake's files",
  "lake.write": "write a file to the lake",
  "lake.read": "read it back",
  "lake.delete": "delete it",
  "workspace.read": "read the Machine Learning workspace",
  "endpoint.read": "read the online endpoints",
} as const;

export type CheckName = keyof typeof checkNames;

/**
 * - passed: the call succeeded
 * - waiting: it is refused until an administrator consents, as the stack's configuration says
 * - failed: it should have succeeded
 * - skipped: it was not made, for the reason given
 */
export type Result = "passed" | "waiting" | "failed" | "skipped";

/** One call and what became of it. */
export interface Row {
  /** The daemon's name, or null for a call made before any daemon is known. */
  readonly daemon: string | null;
  readonly check: CheckName;
  readonly result: Result;
  /** Milliseconds that the call took, waits included; 0 where it was not made. */
  readonly ms: number;
  /** What was found, as "6 users"; of a skipped row, why it was not made. */
  readonly detail?: string;
  /** Of a row that is waiting or failed. */
  readonly reason?: Failure;
  /** What to do, in plain words. Of a row that is waiting or failed. */
  readonly remedy?: string;
}

/** What a failed call is told as. */
export type Judgement = (failure: Failure) => { readonly result: "waiting" | "failed"; readonly remedy: string };

/** Makes a call, and its row. The value is undefined where the call failed. */
export async function measured<T>(
  daemon: string | null,
  check: CheckName,
  judge: Judgement,
  call: () => Promise<{ readonly value: T; readonly detail?: string }>,
): Promise<{ readonly row: Row; readonly value: T | undefined }> {
  const started = performance.now();
  const ms = (): number => Math.round(performance.now() - started);
  try {
    const { value, detail } = await call();
    return { row: { daemon, check, result: "passed", ms: ms(), ...(detail === undefined ? {} : { detail }) }, value };
  } catch (error) {
    const reason = failureOf(error);
    const { result, remedy } = judge(reason);
    return { row: { daemon, check, result, ms: ms(), reason, remedy }, value: undefined };
  }
}

export const skipped = (daemon: string | null, check: CheckName, why: string): Row => ({
  daemon,
  check,
  result: "skipped",
  ms: 0,
  detail: why,
});
