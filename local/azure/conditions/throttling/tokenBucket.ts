/** So much less of a token counts as a token: fractions do not add up exactly. */
const rounding = 1e-6;

/** Holds so many tokens at most, and gets them back with time. */
export class TokenBucket {
  private tokens: number;
  private at: number;

  /** @param now milliseconds, as everywhere here */
  constructor(
    readonly size: number,
    private readonly refillPerSecond: number,
    now: number,
  ) {
    this.tokens = size;
    this.at = now;
  }

  /** Seconds until a cost can be paid; 0: now. A cost above the size takes all of it. */
  waitFor(cost: number, now: number): number {
    const missing = this.payable(cost) - this.left(now);
    return missing > rounding ? missing / this.refillPerSecond : 0;
  }

  take(cost: number, now: number): void {
    this.tokens = this.left(now) - this.payable(cost);
    this.at = now;
  }

  left(now: number): number {
    const seconds = Math.max(0, now - this.at) / 1000;
    return Math.min(this.size, this.tokens + seconds * this.refillPerSecond);
  }

  private payable(cost: number): number {
    return Math.min(cost, this.size);
  }
}
