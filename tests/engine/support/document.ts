import type { Finished } from "../../local/cli/commandLine";

/** What `--json` prints for an operation, as far as the tests look at it. */
export interface OperationDocument {
  readonly stack: string;
  readonly operation: string;
  readonly ok: boolean;
  readonly changes: Readonly<Record<string, number>>;
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly op: string;
    readonly status: string;
    readonly changes: readonly { readonly property: string; readonly old: unknown; readonly new: unknown }[];
    readonly inputs: Readonly<Record<string, unknown>>;
  }[];
  readonly errors: readonly {
    readonly message: string;
    readonly type?: string;
    readonly name?: string;
    readonly remedy?: string;
  }[];
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly verify?: {
    readonly ok: boolean;
    readonly counts: Readonly<Record<string, number>>;
    readonly checks: readonly {
      readonly daemon: string | null;
      readonly check: string;
      readonly result: string;
      readonly reason?: { readonly code: string; readonly message: string };
      readonly remedy?: string;
    }[];
  };
}

/** A command's one JSON document. */
export const documentOf = ({ stdout }: Finished): OperationDocument => JSON.parse(stdout) as OperationDocument;

/** A command that must have succeeded; where it has not, the error shows what it printed. */
export function succeeded(finished: Finished): Finished {
  if (finished.code !== 0) {
    throw new Error(`exit code ${finished.code ?? "none"}\n${finished.stdout}\n${finished.stderr}`);
  }
  return finished;
}
