import type { PulumiFn } from "@pulumi/pulumi/automation";
import { errorMessage } from "../../tools/program/message";
import { listenForRejections } from "../../tools/program/rejections";
import { stoppingMs } from "../../tools/program/stillness";
import "./engineConnection";

/** Time for an engine that has closed the program's connection to end by itself, milliseconds. */
const lastWordsMs = 500;

interface Operation {
  readonly onFailure: () => void;
  readonly onStuck: () => void;
  stopping: boolean;
  failed: boolean;
}

/**
 * A program of the Automation API, and what becomes of it. The API waits for every resource that the program has begun to
 * register, and a resource whose input is rejected is never registered: neither the engine nor the program would end.
 * Node.js's own language host is spared, as its process ends when nothing is left to do.
 */
export class WatchedProgram {
  private readonly failures: unknown[] = [];
  private readonly lost: unknown[] = [];
  private operation: Operation | undefined;

  /** @param program none where the language host runs it: that process ends by itself, and the engine tells how */
  constructor(private readonly program: PulumiFn = () => Promise.resolve(undefined)) {}

  /** The program, for the Automation API. */
  readonly run: PulumiFn = async () => {
    try {
      return await this.program();
    } catch (error) {
      this.hear(error);
      throw error;
    }
  };

  /**
   * An operation begins that may run the program.
   *
   * @param onFailure is called at the program's first rejection; then the engine has to be told, as it waits
   * @param onStuck is called where an operation that was given up goes on nevertheless
   */
  begin(
    onFailure: () => void,
    onStuck: () => void = () => undefined,
  ): { readonly stopping: () => void; readonly ended: (engine: { readonly failed: boolean }) => void } {
    this.failures.length = this.lost.length = 0;
    const operation: Operation = { onFailure, onStuck, stopping: false, failed: false };
    this.operation = operation;
    // Not in the program: what the SDK does before it calls the program can be refused too.
    const stopListening = listenForRejections(this.hear);
    return {
      stopping: () => {
        operation.stopping = true;
      },
      ended: (engine) => {
        this.operation = undefined;
        stopListening({ keepQuiet: operation.failed || engine.failed });
      },
    };
  }

  /**
   * Ends the operation as if the program had thrown.
   *
   * @param why is told
   * @param patience how long the engine may take to stop, in milliseconds. One that waits for a provider's first answer never
   *   does.
   */
  giveUp(why: Error, patience = stoppingMs): void {
    this.hear(why);
    const { operation } = this;
    setTimeout(() => {
      if (operation !== undefined && this.operation === operation) operation.onStuck();
    }, patience).unref();
  }

  /** What the program threw or rejected in the last operation, the first at the front. */
  get errors(): readonly unknown[] {
    return this.failures.length > 0 ? this.failures : this.lost;
  }

  /** Whether all that failed is the connection to the engine, which has its own words for why. */
  get lostEngine(): boolean {
    return this.failures.length === 0 && this.lost.length > 0;
  }

  /** The same as messages, each once. Where one look-up is refused, others are for the same reason: one is told. */
  get messages(): readonly string[] {
    const all = [...new Set(this.errors.map(messageOf))];
    const firstLookUp = all.findIndex(isLookUp);
    return all.filter((message, index) => index === firstLookUp || !isLookUp(message));
  }

  private readonly hear = (error: unknown): void => {
    const { operation } = this;
    if (operation === undefined) return;
    operation.failed = true;
    // What is refused from here on is refused because the engine is ending.
    if (operation.stopping) return;
    const lostEngine = isLostEngine(error);
    (lostEngine ? this.lost : this.failures).push(error);
    if (lostEngine) {
      setTimeout(() => {
        if (this.operation === operation) operation.onFailure();
      }, lastWordsMs).unref();
    } else if (this.failures.length === 1) {
      // The other daemons' refusals of the same moment are told too.
      setImmediate(operation.onFailure);
    }
  };
}

const isLookUp = (message: string): boolean => message.startsWith("invocation of ");

interface CallFailure {
  readonly code: unknown;
  readonly message: string;
  readonly details?: unknown;
}

/**
 * A call of the engine that it ended unanswered. It does so where it is ending itself, and also where a provider of it has
 * gone. The code alone does not tell: an ended child process has one too.
 */
function isLostEngine(error: unknown): error is CallFailure {
  return (
    error instanceof Error &&
    "code" in error &&
    /Resource monitor is terminating|^(?:1 CANCELLED|14 UNAVAILABLE): /.test(error.message)
  );
}

/** The SDK writes its own text over the one of the engine, and leaves that in the details. */
function messageOf(error: unknown): string {
  const details = isLostEngine(error) ? error.details : undefined;
  return errorMessage(typeof details === "string" && details !== "" ? { message: details } : error);
}
