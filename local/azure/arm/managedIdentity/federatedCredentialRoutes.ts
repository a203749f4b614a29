import { z } from "zod";
import { empty, json } from "../../http/message";
import type { Router } from "../../http/router";
import { armError } from "../errors";
import { contentOf } from "../jsonContent";
import type { ArmContext } from "../resourceProvider";
import {
  identityId,
  identityType,
  type FederatedIdentityCredential,
  type UserAssignedIdentities,
  type UserAssignedIdentity,
} from "./userAssignedIdentity";

/** Azure allows an identity this many. */
const credentialLimit = 20;

const bodySchema = z.looseObject({
  properties: z.looseObject({
    issuer: z.url(),
    subject: z.string().min(1).max(600),
    audiences: z.array(z.string().min(1)).length(1),
  }),
});

/** Federated identity credentials of a user-assigned identity. */
export function addFederatedCredentialRoutes(
  routes: Router<ArmContext>,
  identityPath: string,
  identities: UserAssignedIdentities,
  find: (resourceGroup: string, name: string) => UserAssignedIdentity,
): void {
  const collection = `${identityPath}/federatedIdentityCredentials`;
  const path = `${collection}/:credential`;

  routes
    .on("PUT", path, (request, { name = "", credential: given = "" }, { resourceGroup = "" }) => {
      const identity = find(resourceGroup, name);
      const { issuer, subject, audiences } = contentOf(request, bodySchema).properties;
      const all = identities.credentialsOf(identity);
      const before = all.find(isNamed(given));
      const others = all.filter((other) => other !== before);
      if (others.some((other) => other.issuer === issuer && other.subject === subject)) {
        throw armError(
          409,
          "Conflict",
          `Issuer and subject combination already exists for this Managed Identity: '${issuer}', '${subject}'.`,
        );
      }
      if (others.length >= credentialLimit) {
        throw armError(
          400,
          "TooManyFederatedIdentityCredentials",
          `The identity '${identity.name}' has ${credentialLimit} federated identity credentials, and cannot have more.`,
        );
      }
      const credential = { name: before?.name ?? given, issuer, subject, audiences };
      identities.setCredentials(identity, [...others, credential]);
      return json(before === undefined ? 201 : 200, credentialBody(identity, credential));
    })
    .on("GET", path, (_request, { name = "", credential = "" }, { resourceGroup = "" }) => {
      const identity = find(resourceGroup, name);
      const found = identities.credentialsOf(identity).find(isNamed(credential));
      if (found === undefined) {
        throw armError(404, "NotFound", `The federated identity credential '${credential}' was not found.`);
      }
      return json(200, credentialBody(identity, found));
    })
    .on("DELETE", path, (_request, { name = "", credential = "" }, { resourceGroup = "" }) => {
      const identity = find(resourceGroup, name);
      const all = identities.credentialsOf(identity);
      const found = all.find(isNamed(credential));
      if (found === undefined) {
        return empty(204);
      }
      identities.setCredentials(
        identity,
        all.filter((other) => other !== found),
      );
      return empty(200);
    })
    .on("GET", collection, (_request, { name = "" }, { resourceGroup = "" }) => {
      const identity = find(resourceGroup, name);
      return json(200, {
        value: identities.credentialsOf(identity).map((credential) => credentialBody(identity, credential)),
      });
    });
}

const isNamed =
  (name: string) =>
  (credential: FederatedIdentityCredential): boolean =>
    credential.name.toLowerCase() === name.toLowerCase();

const credentialBody = (
  identity: UserAssignedIdentity,
  { name, issuer, subject, audiences }: FederatedIdentityCredential,
): object => ({
  id: `${identityId(identity)}/federatedIdentityCredentials/${name}`,
  name,
  type: `${identityType}/federatedIdentityCredentials`,
  properties: { issuer, subject, audiences },
});
