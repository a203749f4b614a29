const units: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** Milliseconds of a duration like `2400h30m`; undefined where it is none. */
export function goDuration(value: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|[hms]))+$/.test(value)) {
    return undefined;
  }
  const parts = [...value.matchAll(/(\d+(?:\.\d+)?)(ms|[hms])/g)];
  return parts.reduce((sum, [, amount, unit = ""]) => sum + Number(amount) * (units[unit] ?? 0), 0);
}
