import type { DirectoryObjectRecord } from "../entra/records";
import type { Router, RouteParameters } from "../http/router";
import { objectBody, type GraphContext } from "./context";
import { directoryObjectSet } from "./directory/view";
import { badRequest, resourceNotFound } from "./errors";
import { findGroup } from "./groups/groups";
import { viewsOf } from "./groups/related";
import { find, findToChange } from "./lookup";
import { listRoutes, noContent } from "./odata/reply";
import { require } from "./permissions";
import { ownerOf } from "./references";

type Owned = DirectoryObjectRecord & { readonly owners: readonly string[] };

/** How the owners of a kind of object are reached. */
interface OwnedSet<T extends Owned> {
  /** Finds the object of a path, for who wants to read or to change it. @throws ServiceError */
  readonly find: (parameters: RouteParameters, context: GraphContext, use: "read" | "change") => T;
  readonly put: (object: T, context: GraphContext) => void;
}

/** Who may change an application, a service principal or a group: users and service principals. */
export function ownerRoutes(router: Router<GraphContext>): void {
  addRoutes(router, "applications", {
    find: (parameters, { directory, caller }, use) =>
      use === "read"
        ? find(directory.applications, parameters)
        : findToChange(directory.applications, parameters, caller),
    put: (application, { directory }) => {
      directory.applications.put(application);
    },
  });
  addRoutes(router, "servicePrincipals", {
    find: (parameters, { directory, caller }, use) =>
      use === "read"
        ? find(directory.servicePrincipals, parameters)
        : findToChange(directory.servicePrincipals, parameters, caller),
    put: (servicePrincipal, { directory }) => {
      directory.servicePrincipals.put(servicePrincipal);
    },
  });
  ownedObjects(router);
  addRoutes(router, "groups", {
    find: (parameters, context, use) => {
      require(context.caller, use === "read" ? "readGroups" : "writeGroups");
      return findGroup(parameters, context);
    },
    put: (group, { directory }) => {
      directory.groups.put(group);
    },
  });
}

/** What a service principal owns: applications, service principals and groups. */
function ownedObjects(router: Router<GraphContext>): void {
  listRoutes(router, "/servicePrincipals/:id/ownedObjects", directoryObjectSet, (parameters, context) => {
    require(context.caller, "readApplications");
    const { applications, servicePrincipals, groups } = context.directory;
    const { id } = find(servicePrincipals, parameters);
    const all: readonly Owned[] = [...applications.list(), ...servicePrincipals.list(), ...groups.list()];
    const owned = all.filter(({ owners }) => owners.includes(id));
    return viewsOf(
      owned.map((object) => object.id),
      context,
    );
  });
}

function addRoutes<T extends Owned>(
  router: Router<GraphContext>,
  set: "applications" | "servicePrincipals" | "groups",
  owned: OwnedSet<T>,
): void {
  const path = `/${set}/:id/owners`;
  listRoutes(router, path, directoryObjectSet, (parameters, context) => {
    require(context.caller, set === "groups" ? "readGroups" : "readApplications");
    return viewsOf(owned.find(parameters, context, "read").owners, context);
  });
  router
    .on("POST", `${path}/$ref`, (request, parameters, context) => {
      const object = owned.find(parameters, context, "change");
      const owner = ownerOf(objectBody(request)["@odata.id"], context.directory);
      if (object.owners.includes(owner)) {
        throw badRequest(
          "One or more added object references already exist for the following modified properties: 'owners'.",
        );
      }
      owned.put({ ...object, owners: [...object.owners, owner] }, context);
      return noContent();
    })
    .on("DELETE", `${path}/:owner/$ref`, (_request, parameters, context) => {
      const object = owned.find(parameters, context, "change");
      const owner = parameters["owner"]?.toLowerCase() ?? "";
      if (!object.owners.includes(owner)) {
        throw resourceNotFound(owner);
      }
      owned.put({ ...object, owners: object.owners.filter((id) => id !== owner) }, context);
      return noContent();
    });
}
