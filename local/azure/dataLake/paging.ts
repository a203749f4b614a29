/** One page of a list in order of names, and the token of the next: the last name of this one. */
export function paged<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  token: string | undefined,
  wanted: number | undefined,
): { shown: Item[]; next?: string } {
  const size = Math.max(1, Math.min(wanted ?? maximumPage, maximumPage));
  const after = Buffer.from(token ?? "", "base64url").toString("utf8");
  const rest = items.filter((item) => nameOf(item) > after);
  const shown = rest.slice(0, size);
  const last = shown[shown.length - 1];
  return rest.length > size && last !== undefined
    ? { shown, next: Buffer.from(nameOf(last)).toString("base64url") }
    : { shown };
}

const maximumPage = 5000;
