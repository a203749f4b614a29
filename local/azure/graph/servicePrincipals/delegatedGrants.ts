import { randomBytes } from "node:crypto";
import type { Router, RouteParameters } from "../../http/router";
import type { DelegatedGrantRecord, JsonObject } from "../../entra/records";
import { objectBody, type GraphContext } from "../context";
import { graphError, invalidValue, resourceNotFound, valueRequired } from "../errors";
import { checkKey, find } from "../lookup";
import { entityReply, listRoutes, noContent, type EntitySet } from "../odata/reply";
import { require } from "../permissions";
import { checkedProperties, guid, nullable, oneOf, opaque, text } from "../schema/property";
import { findUser } from "../users/users";

const properties = ["clientId", "consentType", "id", "principalId", "resourceId", "scope"];

const entitySet: EntitySet = {
  set: "oauth2PermissionGrants",
  resource: "OAuth2PermissionGrant",
  known: properties,
  properties,
  sortable: [],
  inDirectory: false,
};

const schema = {
  resource: "OAuth2PermissionGrant",
  shape: {
    clientId: guid,
    consentType: oneOf("AllPrincipals", "Principal"),
    // The first API had dates; clients still send them, and Graph takes no notice.
    expiryTime: opaque,
    principalId: nullable(guid),
    resourceId: guid,
    scope: nullable(text(3850)),
    startTime: opaque,
  },
  readOnly: ["id"],
};

/** Delegated permissions that were consented to. Nobody signs in here with them, and whoever audits them finds them. */
export function delegatedGrantRoutes(router: Router<GraphContext>): void {
  const path = "/oauth2PermissionGrants";
  listRoutes(router, path, entitySet, (_parameters, context) => grantsOf(context));
  listRoutes(router, "/servicePrincipals/:id/oauth2PermissionGrants", entitySet, (parameters, context) => {
    const { id } = find(context.directory.servicePrincipals, parameters);
    return [...grantsOf(context)].filter(({ clientId }) => clientId === id);
  });
  listRoutes(router, "/users/:id/oauth2PermissionGrants", entitySet, (parameters, context) => {
    const { id } = findUser(parameters["id"] ?? "", context);
    return [...grantsOf(context)].filter(({ principalId }) => principalId === id);
  });
  router
    .on("POST", path, (request, _parameters, context) => {
      require(context.caller, "writeDelegatedGrants");
      const grant = newGrant(objectBody(request), context);
      context.directory.delegatedGrants.set(grant.id, grant);
      return entityReply(request, context, entitySet, view(grant), 201);
    })
    .on(
      "GET",
      `${path}/:grant`,
      (request, parameters, context) => {
        require(context.caller, "readDelegatedGrants");
        return entityReply(request, context, entitySet, view(findGrant(parameters, context)));
      },
      ["$select"],
    )
    .on("PATCH", `${path}/:grant`, (request, parameters, context) => {
      require(context.caller, "writeDelegatedGrants");
      const grant = findGrant(parameters, context);
      const { scope } = checkedProperties(objectBody(request), {
        ...schema,
        shape: { scope: schema.shape.scope },
        readOnly: properties,
      });
      context.directory.delegatedGrants.set(grant.id, { ...grant, scope: typeof scope === "string" ? scope : "" });
      return noContent();
    })
    .on("DELETE", `${path}/:grant`, (_request, parameters, context) => {
      require(context.caller, "writeDelegatedGrants");
      context.directory.delegatedGrants.delete(findGrant(parameters, context).id);
      return noContent();
    });
}

function* grantsOf({ caller, directory }: GraphContext): Iterable<JsonObject> {
  require(caller, "readDelegatedGrants");
  for (const grant of directory.delegatedGrants.values()) {
    yield view(grant);
  }
}

function newGrant(body: JsonObject, { directory }: GraphContext): DelegatedGrantRecord {
  const asked = checkedProperties(body, schema);
  for (const name of ["clientId", "consentType", "resourceId", "scope"]) {
    if (asked[name] === undefined) {
      throw valueRequired(name, schema.resource);
    }
  }
  const { clientId, consentType, principalId, resourceId, scope } = {
    principalId: null,
    ...asked,
  } as unknown as DelegatedGrantRecord;
  if ((consentType === "Principal") !== (principalId !== null)) {
    throw invalidValue("principalId", schema.resource);
  }
  for (const id of [clientId, resourceId]) {
    if (directory.servicePrincipals.get(id) === undefined) {
      throw resourceNotFound(id);
    }
  }
  if (principalId !== null && directory.users.get(principalId) === undefined) {
    throw resourceNotFound(principalId);
  }
  return addGrant(directory, { clientId, consentType, principalId, resourceId, scope });
}

/**
 * A new grant, which the caller keeps.
 * @throws ServiceError 409 where the same client has one for the same API and the same user, or for everybody
 */
function addGrant(directory: GraphContext["directory"], asked: Omit<DelegatedGrantRecord, "id">): DelegatedGrantRecord {
  const lower = (id: string | null): string | null => id?.toLowerCase() ?? null;
  const grant = {
    ...asked,
    clientId: asked.clientId.toLowerCase(),
    principalId: lower(asked.principalId),
    resourceId: asked.resourceId.toLowerCase(),
  };
  const same = [...directory.delegatedGrants.values()].some(
    ({ clientId, principalId, resourceId }) =>
      clientId === grant.clientId && principalId === grant.principalId && resourceId === grant.resourceId,
  );
  if (same) {
    throw graphError(409, "Request_MultipleObjectsWithSameKeyValue", "Permission entry already exists.");
  }
  return { ...grant, id: randomBytes(32).toString("base64url") };
}

function findGrant(parameters: RouteParameters, { directory }: GraphContext): DelegatedGrantRecord {
  const id = parameters["grant"] ?? "";
  checkKey(id);
  const found = directory.delegatedGrants.get(id);
  if (found === undefined) {
    throw resourceNotFound(id);
  }
  return found;
}

const view = (grant: DelegatedGrantRecord): JsonObject => ({ ...grant });
