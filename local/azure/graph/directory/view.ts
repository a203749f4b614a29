import type { JsonObject } from "../../entra/records";
import { applicationView } from "../applications/view";
import type { GraphContext } from "../context";
import { servicePrincipalView } from "../servicePrincipals/view";
import { defaultUserProperties, userView } from "../users/view";
import { may } from "../permissions";

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
  const servicePrincipal = directory.servicePrincipals.get(id);
  if (servicePrincipal !== undefined) {
    return { "@odata.type": "#microsoft.graph.servicePrincipal", ...servicePrincipalView(servicePrincipal, context) };
  }
  const application = directory.applications.get(id);
  return application && { "@odata.type": "#microsoft.graph.application", ...applicationView(application, context) };
}
