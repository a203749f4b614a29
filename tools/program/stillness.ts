import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation";

/** How long a program may do nothing, in milliseconds: longer than a look-up or a step of a build takes. */
export const longestStillMs = 5 * 60_000;

/** How long an engine that was told to stop may take, in milliseconds, before it is ended. */
export const stoppingMs = 10_000;

/** What is said of a program that waits for nothing. */
export const standstill = (ms: number): string =>
  `The program has not ended, and for ${ms / 60_000} minutes it has begun nothing while no resource was being worked on. ` +
  "It waits for a promise or an output that nothing settles: look for a `new Promise` without a call of its resolve.";

/** What is said of an operation that runs no program. */
export const engineStandstill = (operation: string, ms: number): string =>
  `The ${operation} has not ended, and for ${ms / 60_000} minutes the engine has told nothing while no resource was being worked on. ` +
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

  constructor(
    private readonly onStill: () => void,
    private readonly ms: number = longestStillMs,
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
    if (this.inWork.size === 0) this.timer = setTimeout(this.onStill, this.ms);
  }
}

/** A component, and the stack itself, lasts as long as the program: no provider works on it. */
const isWork = ({ new: after, old: before }: StepEventMetadata): boolean => (after ?? before)?.custom === true;
