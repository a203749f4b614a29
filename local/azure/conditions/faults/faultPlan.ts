import type { AzureRequest, AzureResponse } from "../../http/message";

/** A misbehaviour to inject: which requests it hits, what they get, and how often. */
export interface Fault {
  readonly matches: (request: AzureRequest) => boolean;
  /**
   * The answer instead of the service's own; "drop" lets the service act and loses the answer, "reset" ends the connection before
   * the service acts, "silence" never answers.
   */
  readonly answer: AzureResponse | "drop" | "reset" | "silence";
  /** How many requests it hits. @default 1 */
  readonly times?: number;
}

/** Faults that wait for their request, in the order they were added. */
export class FaultPlan {
  private readonly waiting: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.waiting.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.waiting.length = 0;
  }

  /** The fault that hits this request, if one does. */
  take(request: AzureRequest): Fault | undefined {
    const index = this.waiting.findIndex(({ fault }) => fault.matches(request));
    const hit = this.waiting[index];
    if (hit === undefined) {
      return undefined;
    }
    hit.left -= 1;
    if (hit.left === 0) {
      this.waiting.splice(index, 1);
    }
    return hit.fault;
  }
}
