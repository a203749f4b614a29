/** The time local Azure lives in. Every date it compares or writes comes from here. */
export interface Clock {
  now(): Date;
}

/** A clock that starts at a moment and goes on from there. */
export function clockFrom(moment: Date): Clock {
  const ahead = moment.getTime() - Date.now();
  return { now: () => new Date(Date.now() + ahead) };
}

export const systemClock: Clock = { now: () => new Date() };
