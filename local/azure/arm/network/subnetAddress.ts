import { addressRange } from "../../network/addressRange";

/** Azure keeps the first four addresses of a subnet, and the last. */
const reservedFirst = 4;

/** The first free address of a subnet; undefined where it is full. */
export function freeAddress(prefix: string, taken: readonly string[]): string | undefined {
  const range = addressRange(prefix);
  if (range === undefined) {
    return undefined;
  }
  const last = range.first + 2 ** (32 - range.prefix) - 1;
  for (let address = range.first + reservedFirst; address < last; address += 1) {
    const text = dotted(address);
    if (!taken.includes(text)) {
      return text;
    }
  }
  return undefined;
}

/** Whether one range lies within another. */
export function rangeWithin(inner: string, outer: string): boolean {
  const [a, b] = [addressRange(inner), addressRange(outer)];
  return a !== undefined && b !== undefined && a.first >= b.first && lastOf(a) <= lastOf(b);
}

/** Whether two ranges share an address. */
export function rangesOverlap(one: string, other: string): boolean {
  const [a, b] = [addressRange(one), addressRange(other)];
  return a !== undefined && b !== undefined && a.first <= lastOf(b) && b.first <= lastOf(a);
}

const lastOf = ({ first, prefix }: { readonly first: number; readonly prefix: number }): number =>
  first + 2 ** (32 - prefix) - 1;

const dotted = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
