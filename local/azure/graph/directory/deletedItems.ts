import type { Router } from "../../http/router";
import type { ApplicationRecord, JsonObject, ServicePrincipalRecord } from "../../entra/records";
import { applicationSet } from "../applications/applications";
import { applicationView } from "../applications/view";
import type { GraphContext } from "../context";
import { resourceNotFound } from "../errors";
import { checkKey } from "../lookup";
import { directoryObjectSet } from "./view";
import { entityReply, listRoutes, noContent } from "../odata/reply";
import { require, requireWrite } from "../permissions";
import { checkBacking, servicePrincipalSet } from "../servicePrincipals/servicePrincipals";
import { servicePrincipalView } from "../servicePrincipals/view";

const path = "/directory/deletedItems";

type Deleted =
  | { readonly kind: "application"; readonly record: ApplicationRecord }
  | { readonly kind: "servicePrincipal"; readonly record: ServicePrincipalRecord };

/** What was deleted in the last 30 days: it can be brought back, or removed for good. */
export function deletedItemRoutes(router: Router<GraphContext>): void {
  listRoutes(router, `${path}/microsoft.graph.application`, applicationSet, function* (_parameters, context) {
    require(context.caller, "readApplications");
    for (const record of context.directory.applications.listDeleted()) {
      yield applicationView(record, context);
    }
  });
  listRoutes(router, `${path}/microsoft.graph.servicePrincipal`, servicePrincipalSet, function* (_parameters, context) {
    require(context.caller, "readApplications");
    for (const record of context.directory.servicePrincipals.listDeleted()) {
      yield servicePrincipalView(record, context);
    }
  });
  router
    .on(
      "GET",
      `${path}/:id`,
      (request, parameters, context) => {
        require(context.caller, "readApplications");
        return entityReply(request, context, directoryObjectSet, view(findDeleted(parameters["id"], context), context));
      },
      ["$select"],
    )
    .on("POST", `${path}/:id/restore`, (request, parameters, context) => {
      const deleted = findToChange(parameters["id"], context);
      return entityReply(request, context, directoryObjectSet, view(restored(deleted, context), context));
    })
    .on("DELETE", `${path}/:id`, (_request, parameters, context) => {
      const deleted = findToChange(parameters["id"], context);
      if (deleted.kind === "application") {
        context.directory.applications.purge(deleted.record);
      } else {
        context.directory.servicePrincipals.purge(deleted.record);
      }
      return noContent();
    });
}

function findDeleted(id = "", { directory }: GraphContext): Deleted {
  checkKey(id);
  const application = directory.applications.getDeleted(id);
  if (application !== undefined) {
    return { kind: "application", record: application };
  }
  const servicePrincipal = directory.servicePrincipals.getDeleted(id);
  if (servicePrincipal === undefined) {
    throw resourceNotFound(id);
  }
  return { kind: "servicePrincipal", record: servicePrincipal };
}

function findToChange(id: string | undefined, context: GraphContext): Deleted {
  require(context.caller, "writeOwnedApplications");
  const deleted = findDeleted(id, context);
  requireWrite(context.caller, deleted.record.owners);
  return deleted;
}

/** An application comes back without its service principal, which is restored on its own. */
function restored(deleted: Deleted, context: GraphContext): Deleted {
  const { directory } = context;
  if (deleted.kind === "application") {
    return { kind: "application", record: directory.applications.restore(deleted.record) };
  }
  checkBacking(deleted.record.appId, context);
  return { kind: "servicePrincipal", record: directory.servicePrincipals.restore(deleted.record) };
}

const view = (deleted: Deleted, context: GraphContext): JsonObject => ({
  "@odata.type": `#microsoft.graph.${deleted.kind}`,
  ...(deleted.kind === "application"
    ? applicationView(deleted.record, context)
    : servicePrincipalView(deleted.record, context)),
});
