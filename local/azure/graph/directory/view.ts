import type { JsonObject } from "../../entra/records";
import { applicationView } from "../applications/view";
import type { GraphContext } from "../context";
import { servicePrincipalView } from "../servicePrincipals/view";
import { groupView } from "../groups/view";
import type { EntitySet } from "../odata/entitySet";
import { applicationSchema } from "../schema/application";
import { groupSchema } from "../schema/group";
import { servicePrincipalSchema } from "../schema/servicePrincipal";
import { defaultUserProperties, knownUserProperties } from "../users/properties";
import { userView } from "../users/view";
import { may } from "../permissions";

/** Objects of any kind: what one of the kinds has can be selected. */
export const directoryObjectSet: EntitySet = {
  set: "directoryObjects",
  resource: "DirectoryObject",
  known: [
    ...[applicationSchema, groupSchema, servicePrincipalSchema].flatMap(({ shape, readOnly }) => [
      ...Object.keys(shape),
      ...readOnly,
    ]),
    ...knownUserProperties,
  ],
  properties: ["displayName", "id"],
};

/** A live object of any kind, with its type; undefined where there is none. */
export function directoryObjectView(id: string, context: GraphContext): JsonObject | undefined {
  const { directory, caller } = context;
  const user = directory.users.get(id);
  if (user !== undefined) {
    const shown = Object.entries(userView(user, !may(caller, "readUsers")));
    const kept = may(caller, "readBasicUsers") ? defaultUserProperties : ["id"];
    return {
      "@odata.type": "#microsoft.graph.user",
      ...Object.fromEntries(shown.filter(([name]) => kept.includes(name))),
    };
  }
  const group = directory.groups.get(id);
  if (group !== undefined) {
    const view = groupView(group);
    return { "@odata.type": "#microsoft.graph.group", ...(may(caller, "readGroups") ? view : { id: group.id }) };
  }
  const servicePrincipal = directory.servicePrincipals.get(id);
  if (servicePrincipal !== undefined) {
    return { "@odata.type": "#microsoft.graph.servicePrincipal", ...servicePrincipalView(servicePrincipal, context) };
  }
  const application = directory.applications.get(id);
  return application && { "@odata.type": "#microsoft.graph.application", ...applicationView(application, context) };
}
