/** The time local Azure lives in. Every date it compares or writes comes from here. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
