import { UsageError } from "../../cli/failure";
import type { AzureScope, RightsList } from "./rightsList";

/** A custom role as the Azure CLI takes it: `az role definition create --role-definition @file`. */
export interface CustomRole {
  readonly Name: string;
  readonly IsCustom: true;
  readonly Description: string;
  readonly Actions: readonly string[];
  readonly NotActions: readonly string[];
  readonly DataActions: readonly string[];
  readonly NotDataActions: readonly string[];
  /** A role of one's own is for subscriptions and resource groups; it can be assigned below them too. */
  readonly AssignableScopes: readonly string[];
}

/** The role that has just what the deployer needs at a scope. */
export function customRole({ stack }: RightsList, { scope, actions }: AzureScope): CustomRole {
  const of = (kind: string): string[] => actions.filter((each) => each.kind === kind).map(({ action }) => action);
  return {
    Name: `azure-daemon-access ${stack} deployer on ${shortScope(scope)}`,
    IsCustom: true,
    Description: `What deploys the stack ${stack} needs on ${scope}. Written by npx daemon-access doctor.`,
    Actions: of("action"),
    NotActions: [],
    DataActions: of("dataAction"),
    NotDataActions: [],
    AssignableScopes: [/^\/subscriptions\/[^/]+(\/resourceGroups\/[^/]+)?/i.exec(scope)?.[0] ?? scope],
  };
}

/**
 * The scope that is meant: by its ID or its last name.
 * @throws UsageError where none is named and there are several, or none has the name
 */
export function chosenScope({ azure, stack }: RightsList, given: string | true): AzureScope {
  const known = azure.map(({ scope }) => shortScope(scope));
  const [only, ...others] = azure;
  if (given === true) {
    if (only !== undefined && others.length === 0) return only;
    throw new UsageError(
      `--role: ${stack} needs a role at each of ${known.join(", ")}. Name one: --role ${known[0] ?? ""}.`,
    );
  }
  const wanted = given.toLowerCase();
  const found = azure.find(({ scope }) => [scope, shortScope(scope)].some((each) => each.toLowerCase() === wanted));
  if (found === undefined) {
    throw new UsageError(`--role: ${stack} needs nothing at ${given}. Its scopes are ${known.join(", ") || "none"}.`);
  }
  return found;
}

/** A scope's last name. */
export const shortScope = (scope: string): string => scope.slice(scope.lastIndexOf("/") + 1);
