import { didYouMean } from "../checks/nearest";
import type { Check } from "../checks/refusal";
import appRoleIds from "./applicationPermissions.json";
import delegatedOnly from "./delegatedPermissions.json";

/** Application ID of Microsoft Graph, the same in every tenant. */
export const MICROSOFT_GRAPH_CLIENT_ID = "00000003-0000-0000-c000-000000000000";

const table: ReadonlyMap<string, string> = new Map(Object.entries(appRoleIds));

/** The names of all application permissions of Microsoft Graph that are known here. */
export const graphPermissions: readonly string[] = [...table.keys()];

/** Names of permissions that Microsoft Graph has for signed-in users alone: its permissions reference, those in use most. */
const delegated: ReadonlySet<string> = new Set(delegatedOnly);

/** An application permission of Microsoft Graph, by the name its documentation has for it. */
export const graphPermission: Check = (name) =>
  table.has(name)
    ? undefined
    : {
        needed: delegated.has(name)
          ? `an application permission of Microsoft Graph; ${name} is a delegated one, which needs a signed-in user`
          : "an application permission of Microsoft Graph",
        fix:
          applicationFor(name) ??
          didYouMean(name, table.keys(), 'Write it as the documentation of Graph does, for example "User.Read.All".'),
      };

/** The application permission that does for a daemon what a delegated one does for a user, where its name tells. */
function applicationFor(name: string): string | undefined {
  if (!delegated.has(name)) return undefined;
  const whole = name.replace(/\.Shared$/, "");
  const found = [whole, `${whole}.All`].find((candidate) => table.has(candidate));
  return found === undefined ? undefined : `Write, for example, "${found}".`;
}

/** The ID of a checked permission's app role. */
export function appRoleId(permission: string): string {
  const id = table.get(permission);
  if (id === undefined) throw new RangeError(`Not an application permission of Microsoft Graph: ${permission}`);
  return id;
}
