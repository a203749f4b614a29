import { randomUUID } from "node:crypto";
import type { AzureRequest, AzureResponse } from "../../http/message";
import type { Router, RouteParameters } from "../../http/router";
import type { ApplicationRecord, FederatedCredentialRecord, JsonObject } from "../../entra/records";
import { objectBody, type GraphContext } from "../context";
import { badRequest, graphError, invalidValue, readOnlyProperty, resourceNotFound, valueRequired } from "../errors";
import { alternateKeyOf, checkKey, find, findToChange } from "../lookup";
import { federatedCredentialView } from "./federatedCredentialView";
import { entityReply, listRoutes, noContent, type EntitySet } from "../odata/reply";
import { require } from "../permissions";
import { upsert } from "../upsert";
import { checkedProperties, filledText, listOf, nullable, text, without } from "../schema/property";

const maxPerApplication = 20;
const namePattern = /^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/;
const path = "/applications/:id/federatedIdentityCredentials";

const schema = {
  resource: "FederatedIdentityCredential",
  shape: {
    audiences: listOf(filledText(600)),
    description: nullable(text(600)),
    issuer: filledText(600),
    name: filledText(120),
    subject: filledText(600),
  },
  readOnly: [],
};

/** Trust in tokens of other issuers. */
export function federatedIdentityCredentialRoutes(router: Router<GraphContext>): void {
  const applicationSet = (parameters: RouteParameters, { directory }: GraphContext): EntitySet =>
    setOf(find(directory.applications, parameters));
  listRoutes(router, path, applicationSet, (parameters, context) => {
    require(context.caller, "readApplications");
    return find(context.directory.applications, parameters).federatedCredentials.map(federatedCredentialView);
  });
  router
    .on("POST", path, (request, parameters, context) => {
      const application = findToChange(context.directory.applications, parameters, context.caller);
      return add(request, application, objectBody(request), context);
    })
    .on(
      "GET",
      `${path}/:credential`,
      (request, parameters, context) => {
        require(context.caller, "readApplications");
        const application = find(context.directory.applications, parameters);
        const view = federatedCredentialView(findCredential(application, parameters));
        return entityReply(request, context, setOf(application), view);
      },
      ["$select"],
    )
    .on("PATCH", `${path}/:credential`, (request, parameters, context) => {
      const application = findToChange(context.directory.applications, parameters, context.caller);
      const segment = parameters["credential"] ?? "";
      return upsert(request, segment, lookUpCredential(application, segment), {
        change: (present) => {
          const changed = changedCredential(objectBody(request), present, application);
          const federatedCredentials = application.federatedCredentials.map((other) =>
            other.id === present.id ? changed : other,
          );
          context.directory.applications.put({ ...application, federatedCredentials });
          return noContent();
        },
        create: (name) => add(request, application, { ...objectBody(request), name }, context),
      });
    })
    .on("DELETE", `${path}/:credential`, (_request, parameters, context) => {
      const application = findToChange(context.directory.applications, parameters, context.caller);
      const gone = findCredential(application, parameters);
      const federatedCredentials = application.federatedCredentials.filter(({ id }) => id !== gone.id);
      context.directory.applications.put({ ...application, federatedCredentials });
      return noContent();
    });
}

const setOf = (application: ApplicationRecord): EntitySet => ({
  set: `applications('${application.id}')/federatedIdentityCredentials`,
  resource: schema.resource,
  known: ["id", ...Object.keys(schema.shape)],
  properties: ["id", "name", "issuer", "subject", "description"],
  sortable: [],
  inDirectory: false,
});

function add(
  request: AzureRequest,
  application: ApplicationRecord,
  body: JsonObject,
  context: GraphContext,
): AzureResponse {
  const credential = newCredential(body, application);
  const federatedCredentials = [...application.federatedCredentials, credential];
  context.directory.applications.put({ ...application, federatedCredentials });
  return entityReply(request, context, setOf(application), federatedCredentialView(credential), 201);
}

function newCredential(body: JsonObject, application: ApplicationRecord): FederatedCredentialRecord {
  const { federatedCredentials } = application;
  if (federatedCredentials.length >= maxPerApplication) {
    throw badRequest(`An application can have at most ${maxPerApplication} federated identity credentials.`);
  }
  const checked = checkedProperties(without(body, "id"), schema);
  for (const name of ["name", "issuer", "subject", "audiences"]) {
    if (checked[name] === undefined) {
      throw valueRequired(name, schema.resource);
    }
  }
  const credential = completed(randomUUID(), checked);
  if (!namePattern.test(credential.name)) {
    throw invalidValue("name", schema.resource);
  }
  if (federatedCredentials.some(({ name }) => name === credential.name)) {
    throw graphError(
      409,
      "Request_MultipleObjectsWithSameKeyValue",
      `FederatedIdentityCredential with name ${credential.name} already exists.`,
    );
  }
  return checkedCredential(credential, application);
}

function changedCredential(
  body: JsonObject,
  present: FederatedCredentialRecord,
  application: ApplicationRecord,
): FederatedCredentialRecord {
  const checked = checkedProperties(without(body, "id"), schema);
  if (checked["name"] !== undefined && checked["name"] !== present.name) {
    throw readOnlyProperty("name");
  }
  return checkedCredential(completed(present.id, { ...federatedCredentialView(present), ...checked }), application);
}

function completed(id: string, properties: JsonObject): FederatedCredentialRecord {
  const { name, issuer, subject, description = null, audiences } = properties;
  return { id, name, issuer, subject, description, audiences } as unknown as FederatedCredentialRecord;
}

function checkedCredential(
  credential: FederatedCredentialRecord,
  application: ApplicationRecord,
): FederatedCredentialRecord {
  const { issuer, subject } = credential;
  if (!URL.canParse(issuer) || new URL(issuer).protocol !== "https:") {
    throw invalidValue("issuer", schema.resource);
  }
  if (credential.audiences.length !== 1) {
    throw invalidValue("audiences", schema.resource);
  }
  const others = application.federatedCredentials.filter(({ id }) => id !== credential.id);
  if (others.some((other) => other.issuer === issuer && other.subject === subject)) {
    throw graphError(
      400,
      "InvalidFederatedIdentityCredentialValue",
      `The combination of issuer and subject must be unique for the application. Issuer ${issuer} and Subject: ${subject} already exist. paramName: FederatedIdentityCredential.Subject, paramValue: ${subject}, objectType: Microsoft.Online.DirectoryServices.Application`,
    );
  }
  return credential;
}

function findCredential(application: ApplicationRecord, parameters: RouteParameters): FederatedCredentialRecord {
  const segment = parameters["credential"] ?? "";
  const found = lookUpCredential(application, segment);
  if (found === undefined) {
    throw resourceNotFound(alternateKeyOf(segment)?.value ?? segment);
  }
  return found;
}

/** By ID or by name, which a path may write as `(name='…')` too. */
function lookUpCredential(application: ApplicationRecord, segment: string): FederatedCredentialRecord | undefined {
  const named = alternateKeyOf(segment);
  checkKey(named?.value ?? segment);
  const wanted = named?.key === "name" ? named.value : segment;
  return application.federatedCredentials.find(({ id, name }) => id === wanted.toLowerCase() || name === wanted);
}
