import type { AzureScope, RightsList } from "../rights/rightsList";
import { suggestedRoles } from "../rights/suggestedRoles";

/** The list for people. */
export function rightsText(list: RightsList): string {
  const { stack, operations, graph, ownerships, azure, others, unlisted } = list;
  return [
    `What the deployer of the stack ${stack} needs, for ${operations.join(", ")}`,
    "",
    ...section(
      "Microsoft Graph application permissions, with admin consent; for people, one of the directory roles",
      graph.map(({ permission, what, operations: its, directoryRoles }) => [
        permission,
        its.join(", "),
        `${what} (${directoryRoles.join(", ")})`,
      ]),
    ),
    ...section(
      "Owner of these applications",
      ownerships.map(({ application, operations: its }) => [application, its.join(", "), ""]),
    ),
    ...azure.flatMap((scope) =>
      section(
        title(scope),
        scope.actions.map(({ action, kind, operations: its }) => [
          action,
          its.join(", "),
          kind === "dataAction" ? "data action" : "",
        ]),
      ),
    ),
    ...section(
      "No right is needed on these, which other stacks use: the deployer should have none",
      others.map((scope) => [scope, "", ""]),
    ),
    ...section(
      "Not known: the rights of these",
      unlisted.map((type) => [type, "", ""]),
    ),
  ]
    .join("\n")
    .trimEnd();
}

const title = (scope: AzureScope): string =>
  `Azure, on ${scope.scope}\n(in built-in roles: ${suggestedRoles(scope).join(", ")})`;

function section(heading: string, rows: readonly (readonly [string, string, string])[]): string[] {
  if (rows.length === 0) return [];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column as 0 | 1].length)));
  const lines = rows.map(([first, second, third]) =>
    `  ${first.padEnd(widths[0] ?? 0)}  ${second.padEnd(widths[1] ?? 0)}  ${third}`.trimEnd(),
  );
  return [heading, ...lines, ""];
}
