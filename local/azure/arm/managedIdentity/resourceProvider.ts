import { z } from "zod";
import type { Cloud } from "../../cloud";
import { addManagedIdentity, removeManagedIdentity } from "../../entra/managedIdentities";
import { empty, json } from "../../http/message";
import { Router } from "../../http/router";
import { armError, resourceNotFound } from "../errors";
import { contentOf, tagsSchema } from "../jsonContent";
import { shortLocation } from "../regions";
import type { ArmContext, ResourceProvider } from "../resourceProvider";
import { addFederatedCredentialRoutes } from "./federatedCredentialRoutes";
import {
  identityBody,
  identityId,
  identityType,
  UserAssignedIdentities,
  type UserAssignedIdentity,
} from "./userAssignedIdentity";

const putSchema = z.looseObject({ location: z.string(), tags: tagsSchema.nullish() });
const patchSchema = z.looseObject({ tags: tagsSchema.nullish() });

/** Begins with a letter or digit; 3 to 128 letters, digits, hyphens and underscores. */
const namePattern = /^[a-z0-9][a-z0-9_-]{2,127}$/i;

/** Microsoft.ManagedIdentity: user-assigned identities, and what is federated to them. */
export function createManagedIdentityProvider(cloud: Cloud): ResourceProvider {
  const identities = new UserAssignedIdentities(cloud.store, cloud.directory);
  const routes = new Router<ArmContext>();
  const collection = `/subscriptions/:subscription/resourceGroups/:group/providers/${identityType}`;
  const path = `${collection}/:name`;
  const find = (resourceGroup: string, name: string): UserAssignedIdentity => {
    const identity = identities.get(resourceGroup, name);
    if (identity === undefined) {
      throw resourceNotFound(identityType, name, resourceGroup);
    }
    return identity;
  };
  const remove = (identity: UserAssignedIdentity): void => {
    removeManagedIdentity(cloud.directory, identity.principalId);
    identities.delete(identity);
  };

  routes
    .on("PUT", path, (request, { name = "" }, { resourceGroup = "" }) => {
      if (!namePattern.test(name)) {
        throw armError(
          400,
          "InvalidResourceName",
          `The resource name '${name}' is not valid. It must begin with a letter or a digit and have 3 to 128 letters, digits, hyphens and underscores.`,
        );
      }
      const body = contentOf(request, putSchema);
      const before = identities.get(resourceGroup, name);
      const principal =
        before ??
        addManagedIdentity(cloud.directory, { displayName: name, resourceId: identityId({ resourceGroup, name }) });
      const identity: UserAssignedIdentity = {
        name: before?.name ?? name,
        resourceGroup,
        location: shortLocation(body.location),
        tags: body.tags ?? {},
        principalId: principal.principalId,
        clientId: principal.clientId,
      };
      identities.set(identity);
      return json(before === undefined ? 201 : 200, identityBody(identity));
    })
    .on("GET", path, (_request, { name = "" }, { resourceGroup = "" }) =>
      json(200, identityBody(find(resourceGroup, name))),
    )
    .on("PATCH", path, (request, { name = "" }, { resourceGroup = "" }) => {
      const before = find(resourceGroup, name);
      const after = { ...before, tags: contentOf(request, patchSchema).tags ?? before.tags };
      identities.set(after);
      return json(200, identityBody(after));
    })
    .on("DELETE", path, (_request, { name = "" }, { resourceGroup = "" }) => {
      const identity = identities.get(resourceGroup, name);
      if (identity === undefined) {
        return empty(204);
      }
      remove(identity);
      return empty(200);
    })
    .on("GET", collection, (_request, _parameters, { resourceGroup }) =>
      json(200, { value: identities.list(resourceGroup).map(identityBody) }),
    )
    .on("GET", `/subscriptions/:subscription/providers/${identityType}`, () =>
      json(200, { value: identities.list().map(identityBody) }),
    );
  addFederatedCredentialRoutes(routes, path, identities, find);

  return {
    namespace: "Microsoft.ManagedIdentity",
    routes,
    removeGroup(resourceGroupId) {
      const name = resourceGroupId.slice(resourceGroupId.lastIndexOf("/") + 1);
      identities.list(name).forEach(remove);
    },
  };
}
