export const DAY = 86_400_000;

/** "2030-01-31". */
export const day = (moment: string | number): string => new Date(moment).toISOString().slice(0, 10);

/** Whole days from one moment to another; negative where it is past. */
export const daysTo = (from: string | number, to: string | number): number =>
  Math.floor((new Date(to).getTime() - new Date(from).getTime()) / DAY);

export const days = (count: number): string => `${count} ${count === 1 ? "day" : "days"}`;
