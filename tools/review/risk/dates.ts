const DAY = 86_400_000;

/** "2030-01-31", or with its time where it isn't midnight. */
export const dateOf = (time: number): string => {
  const text = new Date(time).toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : `${text.slice(0, 16).replace("T", " ")} UTC`;
};

/** Whole days from one moment to another, begun ones counted. */
export const daysBetween = (from: number, to: number): number => Math.ceil((to - from) / DAY);

export const days = (count: number): string => (count === 1 ? "1 day" : `${count} days`);
