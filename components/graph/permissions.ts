import { didYouMean } from "../checks/nearest";
import type { Check } from "../checks/refusal";
import appRoleIds from "./applicationPermissions.json";

/** Application ID of Microsoft Graph, the same in every tenant. */
export const MICROSOFT_GRAPH_CLIENT_ID = "00000003-0000-0000-c000-000000000000";

const table: ReadonlyMap<string, string> = new Map(Object.entries(appRoleIds));

/** The names of all application permissions of Microsoft Graph that are known here. */
export const graphPermissions: readonly string[] = [...table.keys()];

/** An application permission of Microsoft Graph, by the name its documentation has for it. */
export const graphPermission: Check = (name) =>
  table.has(name)
    ? undefined
    : {
        needed: "an application permission of Microsoft Graph",
        fix: didYouMean(
          name,
          table.keys(),
          'Write it as the documentation of Graph does, for example "User.Read.All".',
        ),
      };

/** The ID of a checked permission's app role. */
export function appRoleId(permission: string): string {
  const id = table.get(permission);
  if (id === undefined) throw new RangeError(`Not an application permission of Microsoft Graph: ${permission}`);
  return id;
}
