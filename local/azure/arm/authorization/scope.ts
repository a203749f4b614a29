/** A scope as it is compared: lower case, no trailing slash; the root is "". */
export const scopeKey = (scope: string): string =>
  scope.endsWith("/") ? scope.toLowerCase().replace(/\/+$/, "") : scope.toLowerCase();

/** A scope and every scope above it, nearest first, as keys. Assignments at any of them reach it. */
export function scopesAbove(scope: string): string[] {
  const scopes: string[] = [];
  for (let key = scopeKey(scope); key !== ""; key = key.slice(0, key.lastIndexOf("/"))) {
    scopes.push(key);
  }
  scopes.push("");
  return scopes;
}

/** Whether a scope is the other one or lies below it. */
export function isWithin(scope: string, above: string): boolean {
  const [inner, outer] = [scopeKey(scope), scopeKey(above)];
  return inner === outer || inner.startsWith(`${outer}/`);
}
