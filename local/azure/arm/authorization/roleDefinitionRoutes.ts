import { z } from "zod";
import type { Cloud } from "../../cloud";
import { empty, json, queryParameter } from "../../http/message";
import { Router } from "../../http/router";
import { subscription } from "../../landingZone/layout";
import { armError, linkedAuthorizationFailed } from "../errors";
import { contentOf } from "../jsonContent";
import { ResourceGroups } from "../resources/resourceGroupRecord";
import { extensionId, extensionRoot, type ExtensionContext } from "./extensionContext";
import { isGuid } from "./guid";
import { unsupportedOption } from "../queryOptions";
import { parseFilter } from "./odataFilter";
import { invalidRoleDefinitionId, roleDefinitionDoesNotExist } from "./roleAssignmentErrors";
import { preciseTime } from "./roleAssignmentRoutes";
import { RoleAssignments } from "./roleAssignments";
import type { RoleDefinition } from "./roleDefinition";
import { RoleDefinitions } from "./roleDefinitions";
import { isWithin } from "./scope";

const writeAction = "Microsoft.Authorization/roleDefinitions/write";
const patterns = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);

const bodySchema = z.looseObject({
  properties: z.looseObject({
    roleName: z.string().min(1).max(512),
    description: z.string().max(2048).nullish(),
    permissions: z
      .array(
        z.looseObject({ actions: patterns, notActions: patterns, dataActions: patterns, notDataActions: patterns }),
      )
      .min(1),
    assignableScopes: z.array(z.string()).min(1),
  }),
});

/** Built-in roles, and custom ones. */
export function addRoleDefinitionRoutes(router: Router<ExtensionContext>, cloud: Cloud): void {
  const path = `${extensionRoot}/roleDefinitions`;
  const definitions = new RoleDefinitions(cloud.store);
  const assignments = new RoleAssignments(cloud.store);
  const seen = (): RoleDefinitions => new RoleDefinitions(cloud.replicas.records("arm"));

  router
    .on(
      "GET",
      path,
      (request, _parameters, { scope }) => {
        const matches = listFilter(queryParameter(request, "$filter"), scope);
        return json(200, {
          value: seen()
            .all()
            .filter(matches)
            .map((definition) => definitionBody(definition, scope)),
        });
      },
      ["$filter"],
    )
    .on("GET", `${path}/:id`, (_request, { id = "" }, { scope }) => {
      const found = seen().get(id);
      if (found === undefined) {
        throw roleDefinitionDoesNotExist(id);
      }
      return json(200, definitionBody(found, scope));
    })
    .on("PUT", `${path}/:id`, (request, { id: given = "" }, { scope, caller }) => {
      const id = given.toLowerCase();
      if (!isGuid(id)) {
        throw invalidRoleDefinitionId(given);
      }
      const { roleName, description, permissions, assignableScopes } = contentOf(request, bodySchema).properties;
      const before = definitions.get(id);
      checkEditable(before);
      checkName(definitions, id, roleName);
      for (const assignable of assignableScopes) {
        checkAssignableScope(cloud, assignable);
        if (!cloud.access.allows(caller.objectId, writeAction, assignable)) {
          throw linkedAuthorizationFailed(caller, writeAction, scope, { action: writeAction, scope: assignable });
        }
      }
      const now = preciseTime(cloud.clock.now());
      const definition: RoleDefinition = {
        id,
        name: roleName,
        description: description ?? "",
        type: "CustomRole",
        permissions: permissions.map(({ actions, notActions, dataActions, notDataActions }) => ({
          actions,
          notActions,
          dataActions,
          notDataActions,
        })),
        assignableScopes,
        createdOn: before?.createdOn ?? now,
        updatedOn: now,
        createdBy: before?.createdBy ?? caller.objectId,
        updatedBy: caller.objectId,
      };
      definitions.set(definition);
      return json(201, definitionBody(definition, scope));
    })
    .on("DELETE", `${path}/:id`, (_request, { id = "" }, { scope }) => {
      const found = definitions.get(id);
      if (found === undefined) {
        return empty(204);
      }
      checkEditable(found);
      if (assignments.all().some(({ roleId }) => roleId === found.id)) {
        throw armError(
          400,
          "RoleDefinitionHasAssignments",
          "There are existing role assignments referencing role (code: RoleDefinitionHasAssignments)",
        );
      }
      definitions.delete(id);
      return json(200, definitionBody(found, scope));
    });
}

function checkEditable(definition: RoleDefinition | undefined): void {
  if (definition?.type === "BuiltInRole") {
    throw armError(
      400,
      "BuiltInRoleDefinitionNotEditable",
      `The built-in role '${definition.name}' cannot be changed.`,
    );
  }
}

function checkName(definitions: RoleDefinitions, id: string, name: string): void {
  if (definitions.all().some((other) => other.id !== id && other.name.toLowerCase() === name.toLowerCase())) {
    throw armError(
      409,
      "RoleDefinitionWithSameNameExists",
      `A custom role with the same name already exists in this directory. Use a different name.`,
    );
  }
}

/** A custom role is for the subscription or for resource groups that are there. */
function checkAssignableScope(cloud: Cloud, scope: string): void {
  const [, subscriptionId, group, beyond] =
    /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+)(\/.*)?)?\/?$/i.exec(scope) ?? [];
  const exists =
    subscriptionId?.toLowerCase() === subscription.id &&
    beyond === undefined &&
    (group === undefined || new ResourceGroups(cloud.store).get(group) !== undefined);
  if (!exists) {
    throw armError(
      400,
      "InvalidAssignableScope",
      `The assignable scope '${scope}' is not valid. It must be an existing subscription or resource group, for example '/subscriptions/${subscription.id}'.`,
    );
  }
}

function listFilter(filter: string | undefined, scope: string): (definition: RoleDefinition) => boolean {
  const conditions = parseFilter(filter);
  const below = conditions.some(({ name }) => name === "atscopeandbelow");
  const tests = conditions.map(({ name, value }): ((definition: RoleDefinition) => boolean) => {
    const wanted = value?.toLowerCase();
    switch (name) {
      case "atscope":
      case "atscopeandbelow":
        return () => true;
      case "rolename":
        return (definition) => definition.name.toLowerCase() === wanted;
      case "type":
        return (definition) => definition.type.toLowerCase() === wanted;
      default:
        throw unsupportedOption(`$filter "${filter ?? ""}" on role definitions`);
    }
  });
  const visible = ({ assignableScopes }: RoleDefinition): boolean =>
    assignableScopes.some((assignable) => isWithin(scope, assignable) || (below && isWithin(assignable, scope)));
  return (definition) => visible(definition) && tests.every((test) => test(definition));
}

const definitionBody = (definition: RoleDefinition, scope: string): object => ({
  properties: {
    roleName: definition.name,
    type: definition.type,
    description: definition.description,
    assignableScopes: definition.assignableScopes,
    permissions: definition.permissions,
    createdOn: definition.createdOn,
    updatedOn: definition.updatedOn,
    createdBy: definition.createdBy,
    updatedBy: definition.updatedBy,
  },
  id: extensionId(scope === "/" ? "/" : `/subscriptions/${subscription.id}`, "roleDefinitions", definition.id),
  type: "Microsoft.Authorization/roleDefinitions",
  name: definition.id,
});
