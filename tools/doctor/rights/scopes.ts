/** Resource Manager compares IDs in any letter case. */
const key = (id: string): string => id.toLowerCase();

/** Whether a scope is another or lies in it. */
export const isWithin = (scope: string, outer: string): boolean =>
  key(scope) === key(outer) || key(scope).startsWith(`${key(outer)}/`);

/** The next scope above, at which a role can be assigned; undefined above a subscription. */
export function above(scope: string): string | undefined {
  const segments = scope.split("/");
  // "", "subscriptions", its ID
  if (segments.length <= 3) return undefined;
  const shorter = segments.slice(0, -2);
  // "…/providers/Microsoft.KeyVault" and "…/blobServices/default" are no scopes by themselves.
  const withoutProvider = shorter.at(-2) === "providers" ? shorter.slice(0, -2) : shorter;
  const bare = withoutProvider.at(-2) === "blobServices" ? withoutProvider.slice(0, -2) : withoutProvider;
  return bare.join("/");
}

/** The narrowest scope that is there before the program has made anything, and reaches what it makes. */
export function standingScope(scope: string, made: ReadonlySet<string>): string {
  let standing = scope;
  for (let at: string | undefined = scope; at !== undefined; at = above(at)) {
    if (made.has(key(at))) standing = above(at) ?? at;
  }
  return standing;
}

export const scopeKeys = (ids: readonly string[]): ReadonlySet<string> => new Set(ids.map(key));

/** Kinds of scopes, the widest first. */
const depth = (scope: string): number => scope.split("/").length;

/** A subscription before its groups before their resources, each by name. */
export const compareScopes = (a: string, b: string): number =>
  Math.min(depth(a), 6) - Math.min(depth(b), 6) || key(a).localeCompare(key(b));
