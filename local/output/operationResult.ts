import type { Diagnostic, OperationKind, ResourceStep } from "./operationLog";
import type { Violation } from "./violations";

/** How an operation of the engine went. */
export interface OperationResult {
  readonly kind: OperationKind;
  readonly ok: boolean;
  readonly interrupted: boolean;
  readonly steps: readonly ResourceStep[];
  /** Errors first told by the service or the program, without the engine's own framing. */
  readonly errors: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
  /** What the program tells of the whole stack. */
  readonly notes: readonly string[];
  /** What the policies found. A mandatory one made the operation fail. */
  readonly violations: readonly Violation[];
  /** The stack's outputs; undefined where the operation did not get that far. Secrets are masked. */
  readonly outputs: Readonly<Record<string, unknown>> | undefined;
  /** What the program threw or rejected first, if it did. */
  readonly programError: unknown;
  /** What the engine printed; for --verbose. */
  readonly engineText: string;
  readonly seconds: number;
}
