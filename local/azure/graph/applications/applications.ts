import { randomUUID } from "node:crypto";
import type { Router } from "../../http/router";
import { selectOf } from "../odata/query";
import type { ApplicationRecord, JsonObject, JsonValue } from "../../entra/records";
import { objectBody, type GraphContext } from "../context";
import { badRequest, readOnlyProperty, valueRequired } from "../errors";
import { find, findToChange } from "../lookup";
import { graphMoment } from "../moments";
import { entityReply, listReply, noContent, type EntitySet } from "../odata/reply";
import { may, require } from "../permissions";
import { ownerOf } from "../references";
import { applicationSchema, betaApplicationSchema } from "../schema/application";
import { checkedProperties, isObject, merged } from "../schema/property";
import { checkEntitlements, completeAppRoles } from "./entitlements";
import { checkIdentifierUris } from "./identifierUris";
import { replacedKeys } from "./keyCredentials";
import { newPassword } from "./passwords";
import { applicationView, passwordView } from "./view";

export const applicationSet: EntitySet = {
  set: "applications",
  resource: "Application",
  properties: [
    "appId",
    "applicationTemplateId",
    "createdDateTime",
    "description",
    "displayName",
    "id",
    "identifierUris",
    "keyCredentials",
    "passwordCredentials",
    "publisherDomain",
    "requiredResourceAccess",
    "serviceManagementReference",
    "signInAudience",
    "tags",
    "web/homePageUrl",
    "web/redirectUris",
  ],
};

/** How many owners a creation may name. */
const maxOwnersAtCreation = 20;

export function applicationRoutes(router: Router<GraphContext>): void {
  router
    .on("GET", "/applications", (request, _parameters, context) => {
      require(context.caller, "readApplications");
      const keys = selectOf(request)?.includes("keyCredentials") ?? false;
      const all = context.directory.applications.list().map((record) => applicationView(record, context, { keys }));
      return listReply(request, context, applicationSet, all);
    })
    .on("POST", "/applications", (request, _parameters, context) => {
      require(context.caller, "writeOwnedApplications");
      const { application, secrets } = newApplication(objectBody(request), context);
      context.directory.applications.put(application);
      const view = { ...applicationView(application, context), passwordCredentials: secrets };
      const { tenant } = context.directory;
      const location = `https://graph.microsoft.com/v2/${tenant.id}/directoryObjects/${application.id}/Microsoft.DirectoryServices.Application`;
      return { ...entityReply(request, context, "applications", view, 201), headers: { location } };
    })
    .on("GET", "/applications/:id", (request, parameters, context) => {
      require(context.caller, "readApplications");
      const keys = selectOf(request)?.includes("keyCredentials") ?? false;
      const view = applicationView(find(context.directory.applications, parameters), context, { keys });
      return entityReply(request, context, "applications", view);
    })
    .on("PATCH", "/applications/:id", (request, parameters, context) => {
      const application = findToChange(context.directory.applications, parameters, context.caller);
      context.directory.applications.put(changedApplication(application, objectBody(request), context));
      return noContent();
    })
    .on("DELETE", "/applications/:id", (_request, parameters, context) => {
      const { directory, caller } = context;
      const application = findToChange(directory.applications, parameters, caller);
      const servicePrincipal = directory.servicePrincipals.byAppId(application.appId);
      if (servicePrincipal !== undefined) {
        directory.dropGrants(servicePrincipal.id);
        directory.servicePrincipals.softDelete(servicePrincipal);
      }
      directory.applications.softDelete(application);
      return noContent();
    });
}

/** The owners that a creation names, and the caller where its permission is for what it owns. */
export function ownersAtCreation(body: JsonObject, { caller, directory }: GraphContext): string[] {
  const named = body["owners@odata.bind"] ?? [];
  if (!Array.isArray(named) || named.length > maxOwnersAtCreation) {
    throw badRequest(`A request can name at most ${maxOwnersAtCreation} owners.`);
  }
  const owners = named.map((reference: JsonValue) => ownerOf(reference, directory));
  return [...new Set(may(caller, "writeApplications") ? owners : [...owners, caller.objectId])];
}

function newApplication(
  body: JsonObject,
  context: GraphContext,
): { application: ApplicationRecord; secrets: readonly JsonObject[] } {
  const now = context.cloud.clock.now();
  const { keyCredentials, passwordCredentials, ...properties } = writable(body, undefined, context);
  if (properties["displayName"] === undefined) {
    throw valueRequired("displayName", "Application");
  }
  checkIdentifierUris(properties["identifierUris"], undefined, context.directory);
  checkEntitlements({}, properties);
  const asked = (passwordCredentials ?? []) as readonly JsonValue[];
  const passwords = asked.map((entry) => newPassword(isObject(entry) ? entry : {}, now));
  const application = {
    id: randomUUID(),
    appId: randomUUID(),
    deletedDateTime: null,
    owners: ownersAtCreation(body, context),
    passwords: passwords.map(({ record }) => record),
    keys: replacedKeys((keyCredentials ?? []) as readonly JsonValue[], [], now),
    federatedCredentials: [],
    properties: { ...properties, createdDateTime: graphMoment(new Date(now.setUTCMilliseconds(0))) },
  };
  return { application, secrets: passwords.map(({ record, value }) => passwordView(record, value)) };
}

function changedApplication(
  application: ApplicationRecord,
  body: JsonObject,
  context: GraphContext,
): ApplicationRecord {
  const { keyCredentials, passwordCredentials, ...change } = writable(body, application.id, context);
  const properties = merged(application.properties, change);
  checkIdentifierUris(change["identifierUris"], application.id, context.directory);
  checkEntitlements(application.properties, properties);
  const asked = keyCredentials as readonly JsonValue[] | undefined;
  return {
    ...application,
    properties,
    passwords: keptPasswords(application, passwordCredentials),
    keys: asked === undefined ? application.keys : replacedKeys(asked, application.keys, context.cloud.clock.now()),
  };
}

/** What of a body may be written. Clients may repeat the object's own ID. */
function writable(body: JsonObject, ownId: string | undefined, { version }: GraphContext): JsonObject {
  const { id, ...rest } = body;
  if (id !== undefined && id !== ownId) {
    throw readOnlyProperty("id");
  }
  const checked = checkedProperties(rest, version === "beta" ? betaApplicationSchema : applicationSchema);
  const roles = checked["appRoles"];
  return roles === undefined ? checked : { ...checked, appRoles: completeAppRoles(roles) };
}

/** A change may leave client secrets out, but only the service makes them. */
function keptPasswords(application: ApplicationRecord, asked: JsonValue | undefined): ApplicationRecord["passwords"] {
  if (!Array.isArray(asked)) {
    return application.passwords;
  }
  const ids = asked.map((entry: JsonValue) => (isObject(entry) ? entry["keyId"] : undefined));
  if (ids.some((id) => !application.passwords.some(({ keyId }) => keyId === id))) {
    throw badRequest("New password credentials must be generated with service actions.");
  }
  return application.passwords.filter(({ keyId }) => ids.includes(keyId));
}
