import type { Recording } from "../program/recording";
import {
  accessRow,
  everyOperation,
  type AzureRight,
  type GraphAccess,
  type Operation,
  type OwnershipRight,
  type Right,
} from "./right";
import { othersOn } from "./others";
import { above, compareScopes, isWithin, scopeKeys, standingScope } from "./scopes";

/** An application permission of Microsoft Graph. */
export interface GraphPermission {
  readonly permission: string;
  /** Other application permissions that are enough in its place, with more that they give. */
  readonly orInstead: readonly string[];
  /** For people, who hold directory roles: each of these is enough. */
  readonly directoryRoles: readonly string[];
  readonly what: string;
  readonly operations: readonly Operation[];
  /** The resources and functions that need it. */
  readonly neededBy: readonly string[];
}

/** An action of Azure RBAC. */
export interface AzureAction {
  readonly kind: AzureRight["kind"];
  readonly action: string;
  readonly operations: readonly Operation[];
  readonly neededBy: readonly string[];
}

export interface AzureScope {
  readonly scope: string;
  readonly actions: readonly AzureAction[];
}

/** An application that somebody else made, and that has to count the deployer among its owners. */
export interface Ownership {
  /** As the program names it: a client ID or an object ID. */
  readonly application: string;
  readonly operations: readonly Operation[];
  readonly neededBy: readonly string[];
}

/** Everything that a deployer needs for a stack. */
export interface RightsList {
  readonly version: 1;
  readonly stack: string;
  readonly tenantId: string;
  readonly subscriptionId: string;
  /** What the list is for. */
  readonly operations: readonly Operation[];
  readonly graph: readonly GraphPermission[];
  readonly ownerships: readonly Ownership[];
  readonly azure: readonly AzureScope[];
  /** GUIDs of the role definitions that the deployer assigns, for a condition on its right to assign roles. */
  readonly assignedRoles: readonly string[];
  /** What other stacks have beside it on its platform: Azure scopes at which the deployer needs no right. */
  readonly others: readonly string[];
  /** Types and functions whose rights are not known: the list lacks them. */
  readonly unlisted: readonly string[];
}

/** One right, for one purpose of one resource. */
interface Need<R extends Right = Right> {
  readonly right: R;
  readonly operations: readonly Operation[];
  readonly by: string;
}

/** The rights that a recorded program needs for some operations: each once, and none that another already gives. */
export function rightsOf(
  recording: Recording,
  stack: string,
  wanted: readonly Operation[] = everyOperation,
): RightsList {
  const needs: readonly Need[] = needsOf(recording)
    .map((need) => ({ ...need, operations: need.operations.filter((operation) => wanted.includes(operation)) }))
    .filter(({ operations }) => operations.length > 0);
  const azure = azureScopes(needs.filter(isAzure), recording);
  return {
    version: 1,
    stack,
    ...recording.place,
    operations: wanted,
    graph: graphPermissions(needs),
    ownerships: ownerships(needs, recording),
    azure: wanted.includes("doctor") ? withDoctorsOwn(azure) : azure,
    assignedRoles: assignedRoles(recording),
    others: othersOn(recording, azure),
    unlisted: recording.unlisted,
  };
}

function needsOf({ resources, functions, place }: Recording): Need[] {
  const needs: Need[] = [];
  const add = (rights: readonly Right[], operations: readonly Operation[], by: string): void => {
    needs.push(...rights.map((right) => ({ right, operations, by })));
  };
  for (const { row, inputs } of functions) {
    add(row.read(inputs, place), ["preview", "up"], shortName(row.token));
  }
  for (const { row, read, retained, goesWithAnother, ...subject } of resources) {
    const by = `${shortName(row.type)} ${subject.name}`;
    add(row.read(subject), readFor(row.isAlwaysThere === true, read), by);
    if (read) continue;
    add(row.write(subject), ["up"], by);
    add(row.expire?.(subject) ?? [], ["expire"], by);
    if (!retained) add(row.delete(subject), goesWithAnother ? ["remove"] : ["remove", "destroy"], by);
  }
  return needs;
}

/** What a resource is read for: what the program only reads is asked for in a preview too. */
function readFor(isAlwaysThere: boolean, onlyRead: boolean): readonly Operation[] {
  if (onlyRead) return ["preview", "up", "refresh"];
  return isAlwaysThere ? ["refresh"] : ["up", "refresh"];
}

/** "azuread.Application" of "azuread:index/application:Application". */
const shortName = (token: string): string => token.replace(/:index\/[^:]*:/, ".").replaceAll(":", ".");

const isAzure = (need: Need): need is Need<AzureRight> =>
  need.right.kind === "action" || need.right.kind === "dataAction";

function graphPermissions(needs: readonly Need[]): GraphPermission[] {
  const byAccess = new Map<GraphAccess, Need[]>();
  for (const need of needs) {
    if (need.right.kind === "graph") {
      byAccess.set(need.right.access, [...(byAccess.get(need.right.access) ?? []), need]);
    }
  }
  const accesses = [...byAccess.keys()];
  return chosenPermissions(accesses)
    .map((permission, _, chosen) => {
      // What another permission of the list gives too is no reason for this one.
      const served = accesses.filter((access) => {
        const enough = accessRow(access).permissions;
        return enough.includes(permission) && chosen.filter((each) => enough.includes(each)).length === 1;
      });
      return {
        permission,
        orInstead: commonTo(served.map((access) => accessRow(access).permissions)).filter(
          (each) => each !== permission,
        ),
        directoryRoles: commonTo(served.map((access) => accessRow(access).roles)),
        what: served.map((access) => accessRow(access).what).join("; "),
        ...gathered(served.flatMap((access) => byAccess.get(access) ?? [])),
      };
    })
    .sort((a, b) => a.permission.localeCompare(b.permission));
}

/** The least permission of each access, but for an access that one needed for another is enough for. */
function chosenPermissions(accesses: readonly GraphAccess[]): string[] {
  const leastOf = (access: GraphAccess): string => accessRow(access).permissions[0];
  const least = new Set(accesses.map(leastOf));
  return [...least].filter((permission) =>
    accesses.some(
      (access) =>
        leastOf(access) === permission &&
        !accessRow(access).permissions.some((other) => other !== permission && least.has(other)),
    ),
  );
}

const commonTo = (lists: readonly (readonly string[])[]): string[] =>
  (lists[0] ?? []).filter((each) => lists.every((list) => list.includes(each)));

function ownerships(needs: readonly Need[], { resources }: Recording): Ownership[] {
  const own = new Set(resources.filter(({ read }) => !read).map(({ id }) => id));
  const byApplication = new Map<string, Need[]>();
  for (const need of needs) {
    if (need.right.kind !== "ownership" || own.has(need.right.applicationId)) continue;
    const application = applicationOf(need.right);
    byApplication.set(application, [...(byApplication.get(application) ?? []), need]);
  }
  return [...byApplication].map(([application, needing]) => ({ application, ...gathered(needing) }));
}

const applicationOf = ({ applicationId }: OwnershipRight): string => applicationId.replace("/applications/", "");

/** What has to be there before the program runs: every scope that something is made in, or a role is given on. */
export function scopesBuiltOn(recording: Recording): string[] {
  const made = madeIn(recording);
  const scopes = needsOf(recording)
    .filter(isAzure)
    .map(({ right }) => standingScope(right.scope, made));
  return [...new Map(scopes.map((scope) => [scope.toLowerCase(), scope])).values()].sort(compareScopes);
}

const madeIn = ({ resources }: Recording): ReadonlySet<string> =>
  scopeKeys(resources.filter(({ read }) => !read).map(({ id }) => id));

function azureScopes(needs: readonly Need<AzureRight>[], recording: Recording): AzureScope[] {
  const made = madeIn(recording);
  const placed = needs.map((need) => ({ ...need, scope: standingScope(need.right.scope, made) }));
  const actions = new Map<string, (Need<AzureRight> & { readonly scope: string })[]>();
  for (const need of placed) {
    const name = `${need.right.kind} ${need.right.action}`.toLowerCase();
    actions.set(name, [...(actions.get(name) ?? []), need]);
  }
  const scopes = new Map<string, { readonly scope: string; readonly actions: AzureAction[] }>();
  for (const needing of actions.values()) {
    // What is given on a group is given on all that is in it.
    const outermost = needing.filter(
      ({ scope }) => !needing.some((other) => other.scope.length < scope.length && isWithin(scope, other.scope)),
    );
    for (const scope of new Set(outermost.map((need) => need.scope.toLowerCase()))) {
      const here = needing.filter((need) => isWithin(need.scope, scope));
      const first = here.find((need) => need.scope.toLowerCase() === scope) ?? here[0];
      if (first === undefined) continue;
      const { kind, action } = first.right;
      const entry = scopes.get(scope) ?? { scope: first.scope, actions: [] };
      entry.actions.push({ kind, action, ...gathered(here) });
      scopes.set(scope, entry);
    }
  }
  return sorted([...scopes.values()]);
}

const sorted = (scopes: readonly AzureScope[]): AzureScope[] =>
  scopes
    .map(({ scope, actions }) => ({ scope, actions: actions.toSorted((a, b) => a.action.localeCompare(b.action)) }))
    .sort((a, b) => compareScopes(a.scope, b.scope));

/** What doctor itself asks for: to see the caller's own permissions, and that what is named is there. */
function withDoctorsOwn(scopes: readonly AzureScope[]): AzureScope[] {
  return sorted(
    scopes.map(({ scope, actions }) => {
      const own = ["Microsoft.Authorization/permissions/read", existenceAction(scope)].filter(
        (action) =>
          !actions.some((each) => each.kind === "action" && each.action.toLowerCase() === action.toLowerCase()),
      );
      const added = own.map((action) => ({
        kind: "action" as const,
        action,
        operations: ["doctor" as const],
        neededBy: ["doctor"],
      }));
      return { scope, actions: [...actions, ...added] };
    }),
  );
}

/** The action by which a scope is read. */
export function existenceAction(scope: string): string {
  const provider = scope.split("/providers/").at(-1)?.split("/") ?? [];
  if (!scope.includes("/providers/")) {
    return above(scope) === undefined
      ? "Microsoft.Resources/subscriptions/read"
      : "Microsoft.Resources/subscriptions/resourceGroups/read";
  }
  const [namespace = "", ...rest] = provider;
  return [namespace, ...rest.filter((_, index) => index % 2 === 0), "read"].join("/");
}

function gathered(needs: readonly Need[]): { operations: readonly Operation[]; neededBy: readonly string[] } {
  const mentioned = new Set(needs.flatMap(({ operations }) => operations));
  return {
    operations: everyOperation.filter((operation) => mentioned.has(operation)),
    neededBy: [...new Set(needs.map(({ by }) => by))].sort(),
  };
}

const assignedRoles = ({ resources }: Recording): string[] =>
  [
    ...new Set(
      resources
        .filter(({ row }) => row.type === "azure-native:authorization:RoleAssignment")
        .map(({ inputs }) => String(inputs["roleDefinitionId"]).split("/").at(-1)?.toLowerCase() ?? ""),
    ),
  ].sort();
