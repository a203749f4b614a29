import type { DirectoryObjects } from "../entra/directoryObjects";
import type { DirectoryObjectRecord } from "../entra/records";
import type { Router } from "../http/router";
import { objectBody, type GraphContext } from "./context";
import { directoryObjectView } from "./directory/view";
import { badRequest, resourceNotFound } from "./errors";
import { find, findToChange } from "./lookup";
import { listReply, noContent } from "./odata/reply";
import { require } from "./permissions";
import { ownerOf } from "./references";

type Owned = DirectoryObjectRecord & { readonly appId: string; readonly owners: readonly string[] };

/** Who may change an application or a service principal: users and service principals. */
export function ownerRoutes<T extends Owned>(
  router: Router<GraphContext>,
  set: "applications" | "servicePrincipals",
  objectsOf: (context: GraphContext) => DirectoryObjects<T>,
): void {
  const path = `/${set}/:id/owners`;
  router
    .on("GET", path, (request, parameters, context) => {
      require(context.caller, "readApplications");
      const views = find(objectsOf(context), parameters).owners.map((id) => directoryObjectView(id, context));
      const entitySet = { set: "directoryObjects", resource: "DirectoryObject", properties: ["id", "displayName"] };
      return listReply(
        request,
        context,
        entitySet,
        views.filter((view) => view !== undefined),
      );
    })
    .on("POST", `${path}/$ref`, (request, parameters, context) => {
      const owned = findToChange(objectsOf(context), parameters, context.caller);
      const owner = ownerOf(objectBody(request)["@odata.id"], context.directory);
      if (owned.owners.includes(owner)) {
        throw badRequest(
          "One or more added object references already exist for the following modified properties: 'owners'.",
        );
      }
      objectsOf(context).put({ ...owned, owners: [...owned.owners, owner] });
      return noContent();
    })
    .on("DELETE", `${path}/:owner/$ref`, (_request, parameters, context) => {
      const owned = findToChange(objectsOf(context), parameters, context.caller);
      const owner = parameters["owner"]?.toLowerCase() ?? "";
      if (!owned.owners.includes(owner)) {
        throw resourceNotFound(owner);
      }
      objectsOf(context).put({ ...owned, owners: owned.owners.filter((id) => id !== owner) });
      return noContent();
    });
}
