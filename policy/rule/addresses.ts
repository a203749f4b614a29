/** Why an address range admits too many, or undefined if it is narrow enough. Ranges are IPv4, as "203.0.113.0/24". */
export function tooWide(range: string, shortestPrefix: number): string | undefined {
  const [address, prefix] = range.split("/");
  const length = prefix === undefined ? 32 : Number(prefix);
  if (length === 0 || address === "0.0.0.0") return `${range} admits the whole internet`;
  if (length < shortestPrefix) return `${range} admits ${2 ** (32 - length)} addresses`;
  return undefined;
}
