import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation";

/** How long a program may do nothing, in milliseconds: longer than a look-up or a step of a build takes. */
export const longestStillMs = 5 * 60_000;

/** How long an engine that was told to stop may take, in milliseconds, before it is ended. */
export const stoppingMs = 10_000;

/** What is said of a program that waits for nothing. */
const standstill = (ms: number): string =>
  `The program has not ended, and for ${ms / 60_000} minutes it has registered nothing while no resource operation was running. ` +
  "It waits for a promise or an output that nothing settles: look for a `new Promise` without a call of its resolve.";

/** What is said of a preview in which a provider has work that it does not end. */
const unendedWork = (ms: number, urns: readonly string[]): string =>
  `The preview has not ended, and for ${ms / 60_000} minutes nothing has happened. A provider does not answer. ` +
  `The stack needs these resources: ${urns.join(", ")}.`;

/**
 * What is said of an operation that stands still.
 *
 * @param urns of the resources that a provider works on
 */
export function stillnessOf(operation: string, ms: number, urns: readonly string[] = []): string {
  if (urns.length > 0) return unendedWork(ms, urns);
  return operation === "preview" || operation === "up" ? standstill(ms) : engineStandstill(operation, ms);
}

/** What is said of an operation that runs no program. */
const engineStandstill = (operation: string, ms: number): string =>
  `The ${operation} has not ended, and for ${ms / 60_000} minutes the engine has reported nothing while no resource operation was running. ` +
  "It waits for a provider or for the backend of the state, which does not answer.";

/**
 * Notices a program that waits for what never comes. The engine would wait with it for ever: its sign is that no event comes
 * while no resource is being worked on.
 */
export class Stillness {
  /** URNs of the resources that a provider works on. */
  private readonly inWork = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private isEnded = false;

  /**
   * @param onStill gets the URNs of the resources that a provider works on
   * @param changes whether the operation changes anything: then a provider may work on a resource for as long as it needs. In a
   *   preview, nothing takes long.
   */
  constructor(
    private readonly onStill: (urns: readonly string[]) => void,
    private readonly ms: number = longestStillMs,
    private readonly changes = true,
  ) {
    this.waitAnew();
  }

  readonly hear = (event: EngineEvent): void => {
    const begun = event.resourcePreEvent?.metadata;
    const ended = event.resOutputsEvent?.metadata ?? event.resOpFailedEvent?.metadata;
    if (begun !== undefined && isWork(begun)) this.inWork.add(begun.urn);
    if (ended !== undefined) this.inWork.delete(ended.urn);
    this.stir();
  };

  /** Something else has shown that it is at work. */
  stir(): void {
    if (!this.isEnded) this.waitAnew();
  }

  end(): void {
    this.isEnded = true;
    clearTimeout(this.timer);
  }

  private waitAnew(): void {
    clearTimeout(this.timer);
    if (this.changes && this.inWork.size > 0) return;
    this.timer = setTimeout(() => {
      this.onStill([...this.inWork]);
    }, this.ms);
  }
}

/** A component, and the stack itself, lasts as long as the program: no provider works on it. */
const isWork = ({ new: after, old: before }: StepEventMetadata): boolean => (after ?? before)?.custom === true;
