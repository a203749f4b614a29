const dayLength = 86_400_000;

/** Days from one moment to another, with a fraction. */
export const daysBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / dayLength;

/** An absolute date with its time and zone, or undefined if the text is none. */
export function absoluteDate(text: string | undefined): Date | undefined {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text))
    return undefined;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** A moment in Key Vault's own form: seconds since 1970. */
export const fromUnixSeconds = (seconds: number | undefined): Date | undefined =>
  seconds === undefined ? undefined : new Date(seconds * 1000);
