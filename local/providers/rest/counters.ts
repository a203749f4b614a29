/** How many requests the providers have sent, by service. Retries count again. */
export interface RequestCounters {
  readonly token: number;
  readonly graph: number;
  readonly arm: number;
  readonly keyVault: number;
  /** How many of them were repeats. */
  readonly retries: number;
}

export type MutableCounters = { -readonly [Name in keyof RequestCounters]: number };

export const noRequests = (): MutableCounters => ({ token: 0, graph: 0, arm: 0, keyVault: 0, retries: 0 });
