/** What a vault or an account answers after a change and didn't before, and the other way; ranges are compared as sets. */
export interface NetworkDifference {
  /** Openings that lead to more than what was open. */
  readonly added: readonly string[];
  /** Openings of before that are not wholly open any more. */
  readonly removed: readonly string[];
  /** Ranges of before that lie in a wider one of after. */
  readonly widened: readonly string[];
  /** Ranges of after that lie in a wider one of before. */
  readonly narrowed: readonly string[];
}

/** Addresses from the first to the last. */
interface Range {
  readonly first: number;
  readonly last: number;
}

export function networkDifference(before: readonly string[], after: readonly string[]): NetworkDifference {
  const [was, is] = [joined(before), joined(after)];
  const added = after.filter((each) => !isOpen(each, before, was));
  const removed = before.filter((each) => !isOpen(each, after, is));
  return {
    added,
    removed,
    widened: before.filter((each) => liesInOne(each, added)),
    narrowed: after.filter((each) => liesInOne(each, removed)),
  };
}

/** Whether both let in the same, however it is written. */
export function isSameNetwork(before: readonly string[], after: readonly string[]): boolean {
  const { added, removed } = networkDifference(before, after);
  return added.length === 0 && removed.length === 0;
}

/** A subnet or a word is open where it stands; a range is open where every address of it is. */
function isOpen(opening: string, words: readonly string[], ranges: readonly Range[]): boolean {
  const range = rangeOf(opening);
  if (range === undefined) return words.includes(opening);
  return ranges.some(({ first, last }) => first <= range.first && range.last <= last);
}

function liesInOne(opening: string, wider: readonly string[]): boolean {
  const range = rangeOf(opening);
  return (
    range !== undefined &&
    isOpen(
      opening,
      [],
      wider.flatMap((each) => rangeOf(each) ?? []),
    ) &&
    !wider.includes(opening)
  );
}

/** Ranges that touch are one. */
function joined(openings: readonly string[]): Range[] {
  const sorted = openings.flatMap((each) => rangeOf(each) ?? []).sort((one, other) => one.first - other.first);
  const all: Range[] = [];
  for (const range of sorted) {
    const previous = all.at(-1);
    if (previous === undefined || range.first > previous.last + 1) all.push(range);
    else all[all.length - 1] = { first: previous.first, last: Math.max(previous.last, range.last) };
  }
  return all;
}

/** The addresses of "203.0.113.0/24" or "203.0.113.7"; undefined for anything else. */
function rangeOf(opening: string): Range | undefined {
  const [, address = "", prefix = "32"] = /^(\d{1,3}(?:\.\d{1,3}){3})(?:\/(\d{1,2}))?$/.exec(opening) ?? [];
  const bytes = address.split(".").map(Number);
  if (bytes.length !== 4 || bytes.some((byte) => byte > 255) || Number(prefix) > 32) return undefined;
  const size = 2 ** (32 - Number(prefix));
  const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  const first = Math.floor(number / size) * size;
  return { first, last: first + size - 1 };
}
