import { randomUUID } from "node:crypto";
import type { AzureRequest, AzureResponse } from "../../http/message";
import type { Router } from "../../http/router";
import { owners } from "../groups/related";
import { entityOptions, selectsKeys } from "../odata/query";
import type { ApplicationRecord, JsonObject, JsonValue } from "../../entra/records";
import { objectBody, type GraphContext } from "../context";
import { replacedKeys } from "../credentials/keyCredentials";
import { keptPasswords, newPassword } from "../credentials/passwords";
import { passwordView } from "../credentials/views";
import { badRequest, readOnlyProperty, valueRequired } from "../errors";
import { find, findToChange, lookUp } from "../lookup";
import { graphMoment } from "../moments";
import { entityReply, listRoutes, noContent, type EntitySet } from "../odata/reply";
import { may, require, requireWrite } from "../permissions";
import { ownerOf } from "../references";
import { applicationSchema, betaApplicationSchema } from "../schema/application";
import { checkedProperties, isObject, merged, textOf } from "../schema/property";
import { upsert } from "../upsert";
import { checkEntitlements, completeAppRoles } from "./entitlements";
import { checkIdentifierUris } from "./identifierUris";
import { federatedCredentialView } from "./federatedCredentialView";
import { applicationView } from "./view";

export const applicationSet: EntitySet = {
  set: "applications",
  resource: "Application",
  known: [...Object.keys(betaApplicationSchema.shape), ...betaApplicationSchema.readOnly],
  related: { federatedIdentityCredentials, owners },
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
    "uniqueName",
    "web/homePageUrl",
    "web/redirectUris",
  ],
};

function federatedIdentityCredentials(entity: JsonObject, { directory }: GraphContext): JsonObject[] {
  return (directory.applications.get(textOf(entity["id"]))?.federatedCredentials ?? []).map(federatedCredentialView);
}

/** How many owners a creation may name. */
const maxOwnersAtCreation = 20;

export function applicationRoutes(router: Router<GraphContext>): void {
  listRoutes(router, "/applications", applicationSet, function* (_parameters, context, request) {
    require(context.caller, "readApplications");
    const keys = selectsKeys(request);
    for (const record of context.directory.applications.list()) {
      yield applicationView(record, context, { keys });
    }
  });
  router
    .on("POST", "/applications", (request, _parameters, context) => create(request, context, {}), entityOptions)
    .on(
      "GET",
      "/applications/:id",
      (request, parameters, context) => {
        require(context.caller, "readApplications");
        const record = find(context.directory.applications, parameters);
        const view = applicationView(record, context, { keys: selectsKeys(request) });
        return entityReply(request, context, applicationSet, view);
      },
      entityOptions,
    )
    .on("PATCH", "/applications/:id", (request, parameters, context) => {
      const { caller, directory } = context;
      require(caller, "writeOwnedApplications");
      const segment = parameters["id"] ?? "";
      return upsert(request, segment, lookUp(directory.applications, segment), {
        change: (application) => {
          requireWrite(caller, application.owners);
          directory.applications.put(changedApplication(application, objectBody(request), context));
          return noContent();
        },
        create: (uniqueName) => create(request, context, { uniqueName }),
      });
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

/** Makes an application. @param key what the path names it by */
function create(request: AzureRequest, context: GraphContext, key: JsonObject): AzureResponse {
  require(context.caller, "writeOwnedApplications");
  const { application, secrets } = newApplication(objectBody(request), context, key);
  context.directory.applications.put(application);
  const view = { ...applicationView(application, context), passwordCredentials: secrets };
  const { tenant } = context.directory;
  const location = `https://graph.microsoft.com/v2/${tenant.id}/directoryObjects/${application.id}/Microsoft.DirectoryServices.Application`;
  return { ...entityReply(request, context, applicationSet, view, 201), headers: { location } };
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
  key: JsonObject,
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
    properties: { ...properties, ...key, createdDateTime: graphMoment(new Date(now.setUTCMilliseconds(0))) },
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
    passwords: keptPasswords(application.passwords, passwordCredentials),
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
