import type { Permission } from "./roleDefinition";

const compiled = new Map<string, RegExp>();

// Between two slashes a wildcard may stand for nothing, as in Azure: Managed Identity Operator's
// "userAssignedIdentities/*/assign/action" is what lets it take "userAssignedIdentities/assign/action".

/** Whether a pattern such as `Microsoft.KeyVault/*` covers an action, in any letter case. */
export function matchesAction(pattern: string, action: string): boolean {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    const source = pattern
      .replace(/[\\^$.+?()[\]{}|]/g, "\\$&")
      .replaceAll("/*/", "/(?:<any>/)?")
      .replaceAll("*", "<any>")
      .replaceAll("<any>", ".*");
    expression = new RegExp(`^${source}$`, "is");
    compiled.set(pattern, expression);
  }
  return expression.test(action);
}

/** Control-plane: some action covers it and no notAction takes it back. */
export const permitsAction = ({ actions, notActions }: Permission, action: string): boolean =>
  covers(actions, action) && !covers(notActions, action);

/** Data-plane: the same for dataActions and notDataActions. */
export const permitsDataAction = ({ dataActions, notDataActions }: Permission, action: string): boolean =>
  covers(dataActions, action) && !covers(notDataActions, action);

const covers = (patterns: readonly string[], action: string): boolean =>
  patterns.some((pattern) => matchesAction(pattern, action));
