import { randomUUID } from "node:crypto";
import type { Caller } from "../../entra/caller";
import type { AzureRequest, AzureResponse } from "../../http/message";
import type { Router } from "../../http/router";
import type { ServiceError } from "../../http/serviceError";
import type { JsonObject, JsonValue, ServicePrincipalRecord } from "../../entra/records";
import { ownersAtCreation } from "../applications/applications";
import { objectBody, type GraphContext } from "../context";
import { replacedKeys } from "../credentials/keyCredentials";
import { keptPasswords } from "../credentials/passwords";
import { badRequest, graphError, insufficientPrivileges, readOnlyProperty, valueRequired } from "../errors";
import { find, findToChange, lookUp } from "../lookup";
import { graphMoment } from "../moments";
import { memberOf, owners, transitiveMemberOf } from "../groups/related";
import { entityOptions, selectsKeys } from "../odata/query";
import { entityReply, listRoutes, noContent, type EntitySet } from "../odata/reply";
import { may, require, requireWrite } from "../permissions";
import { checkedProperties, merged } from "../schema/property";
import { servicePrincipalSchema } from "../schema/servicePrincipal";
import { upsert } from "../upsert";
import { servicePrincipalView } from "./view";

export const servicePrincipalSet: EntitySet = {
  set: "servicePrincipals",
  resource: "ServicePrincipal",
  known: [
    ...Object.keys(servicePrincipalSchema.shape),
    ...servicePrincipalSchema.readOnly,
    "appOwnerOrganizationId",
    "samlMetadataUrl",
  ],
  related: { memberOf, owners, transitiveMemberOf },
  properties: [
    "accountEnabled",
    "alternativeNames",
    "appId",
    "appOwnerOrganizationId",
    "applicationTemplateId",
    "createdDateTime",
    "displayName",
    "homepage",
    "id",
    "replyUrls",
    "servicePrincipalNames",
    "servicePrincipalType",
    "tags",
  ],
};

export function servicePrincipalRoutes(router: Router<GraphContext>): void {
  listRoutes(router, "/servicePrincipals", servicePrincipalSet, function* (_parameters, context, request) {
    require(context.caller, "readApplications");
    const keys = selectsKeys(request);
    for (const record of context.directory.servicePrincipals.list()) {
      yield servicePrincipalView(record, context, { keys });
    }
  });
  router
    .on("POST", "/servicePrincipals", (request, _parameters, context) => create(request, context, {}), entityOptions)
    .on(
      "GET",
      "/servicePrincipals/:id",
      (request, parameters, context) => {
        require(context.caller, "readApplications");
        const record = find(context.directory.servicePrincipals, parameters);
        const view = servicePrincipalView(record, context, { keys: selectsKeys(request) });
        return entityReply(request, context, servicePrincipalSet, view);
      },
      entityOptions,
    )
    .on("PATCH", "/servicePrincipals/:id", (request, parameters, context) => {
      const { caller, directory } = context;
      require(caller, "writeOwnedApplications");
      const segment = parameters["id"] ?? "";
      return upsert(request, segment, lookUp(directory.servicePrincipals, segment), {
        change: (servicePrincipal) => {
          requireWrite(caller, servicePrincipal.owners);
          directory.servicePrincipals.put(changed(servicePrincipal, objectBody(request), context));
          return noContent();
        },
        create: (appId) => create(request, context, { appId }),
      });
    })
    .on("DELETE", "/servicePrincipals/:id", (_request, parameters, context) => {
      const servicePrincipal = findToChange(context.directory.servicePrincipals, parameters, context.caller);
      context.directory.dropGrants(servicePrincipal.id);
      context.directory.servicePrincipals.softDelete(servicePrincipal);
      return noContent();
    });
}

/** Makes a service principal. @param key what the path names it by */
function create(request: AzureRequest, context: GraphContext, key: JsonObject): AzureResponse {
  require(context.caller, "writeOwnedApplications");
  const servicePrincipal = newServicePrincipal({ ...objectBody(request), ...key }, context);
  context.directory.servicePrincipals.put(servicePrincipal);
  const { tenant } = context.directory;
  const location = `https://graph.microsoft.com/v2/${tenant.id}/directoryObjects/${servicePrincipal.id}/Microsoft.DirectoryServices.ServicePrincipal`;
  const view = servicePrincipalView(servicePrincipal, context);
  return { ...entityReply(request, context, servicePrincipalSet, view, 201), headers: { location } };
}

/**
 * Checks that a service principal may stand for an application: the application is there, and no other does.
 * @throws ServiceError 400 or 409
 */
export function checkBacking(appId: string, { directory }: Pick<GraphContext, "directory">): void {
  if (directory.applications.byAppId(appId) === undefined && directory.servicePrincipals.byAppId(appId) === undefined) {
    throw noBackingApplication(appId);
  }
  if (directory.servicePrincipals.byAppId(appId) !== undefined) {
    throw graphError(
      409,
      "Request_MultipleObjectsWithSameKeyValue",
      `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
    );
  }
}

function noBackingApplication(appId: string): ServiceError {
  const message = `The appId '${appId}' of the service principal does not reference a valid application object.`;
  return badRequest(message, [{ code: "NoBackingApplicationObject", message, target: "appId" }]);
}

/** How Graph refuses who may write all applications, or only its own, where it doesn't find the application. */
export const applicationMissing = (appId: string, caller: Caller): ServiceError =>
  may(caller, "writeApplications") ? noBackingApplication(appId) : ownApplicationMissing();

const ownApplicationMissing = (): ServiceError =>
  graphError(
    403,
    "Authorization_RequestDenied",
    "When using this permission, the backing application of the service principal being created must in the local tenant",
  );

function newServicePrincipal(body: JsonObject, context: GraphContext): ServicePrincipalRecord {
  const { appId, accountEnabled, keyCredentials, passwordCredentials, ...properties } = checkedProperties(
    body,
    servicePrincipalSchema,
  );
  if (typeof appId !== "string") {
    throw valueRequired("appId", servicePrincipalSchema.resource);
  }
  const application = context.directory.applications.byAppId(appId);
  if (!may(context.caller, "writeApplications")) {
    requireOwnApplication(application?.owners, context);
  }
  checkBacking(appId, context);
  return {
    id: randomUUID(),
    appId: application?.appId ?? appId,
    deletedDateTime: null,
    servicePrincipalType: "Application",
    accountEnabled: accountEnabled !== false,
    owners: ownersAtCreation(body, context),
    passwords: keptPasswords([], passwordCredentials),
    keys: replacedKeys((keyCredentials ?? []) as readonly JsonValue[], [], context.cloud.clock.now()),
    properties: {
      ...properties,
      displayName: application?.properties["displayName"] ?? null,
      createdDateTime: graphMoment(new Date(context.cloud.clock.now().setUTCMilliseconds(0))),
    },
  };
}

function requireOwnApplication(owners: readonly string[] | undefined, { caller }: GraphContext): void {
  if (owners === undefined) {
    throw ownApplicationMissing();
  }
  if (!owners.includes(caller.objectId)) {
    throw insufficientPrivileges();
  }
}

function changed(
  servicePrincipal: ServicePrincipalRecord,
  body: JsonObject,
  context: GraphContext,
): ServicePrincipalRecord {
  const { id, ...rest } = body;
  if (id !== undefined && id !== servicePrincipal.id) {
    throw readOnlyProperty("id");
  }
  const { appId, accountEnabled, keyCredentials, passwordCredentials, ...change } = checkedProperties(
    rest,
    servicePrincipalSchema,
  );
  if (appId !== undefined && appId !== servicePrincipal.appId) {
    throw readOnlyProperty("appId");
  }
  return {
    ...servicePrincipal,
    passwords: keptPasswords(servicePrincipal.passwords ?? [], passwordCredentials),
    keys: Array.isArray(keyCredentials)
      ? replacedKeys(keyCredentials, servicePrincipal.keys ?? [], context.cloud.clock.now())
      : (servicePrincipal.keys ?? []),
    accountEnabled: accountEnabled === undefined ? servicePrincipal.accountEnabled : accountEnabled !== false,
    properties: merged(servicePrincipal.properties, change),
  };
}
