import { randomUUID } from "node:crypto";
import type { AzureRequest, AzureResponse } from "../../http/message";
import type { Router, RouteParameters } from "../../http/router";
import type { GroupRecord, JsonObject, JsonValue } from "../../entra/records";
import { objectBody, type GraphContext } from "../context";
import { badRequest, notCarriedOut, readOnlyProperty, resourceNotFound, valueRequired } from "../errors";
import { alternateKeyOf, checkKey } from "../lookup";
import { graphMoment } from "../moments";
import { entityOptions } from "../odata/query";
import { entityReply, listRoutes, noContent, type EntitySet } from "../odata/reply";
import { require } from "../permissions";
import { memberIn, ownerOf } from "../references";
import { groupSchema } from "../schema/group";
import { upsert } from "../upsert";
import { checkedProperties, guid, merged } from "../schema/property";
import { memberOf, members, owners, transitiveMemberOf, transitiveMembers } from "./related";
import { groupView } from "./view";

/** How many owners and members a request may name. */
const maxBound = 20;

export const groupSet: EntitySet = {
  set: "groups",
  resource: "Group",
  known: [...Object.keys(groupSchema.shape), ...groupSchema.readOnly],
  properties: [
    "createdDateTime",
    "description",
    "displayName",
    "groupTypes",
    "id",
    "isAssignableToRole",
    "mail",
    "mailEnabled",
    "mailNickname",
    "onPremisesSyncEnabled",
    "proxyAddresses",
    "securityEnabled",
    "uniqueName",
    "visibility",
  ],
  searchable: ["description", "displayName", "mail", "mailNickname"],
  related: { memberOf, members, owners, transitiveMemberOf, transitiveMembers },
};

/** Security groups with assigned members: those that roles are given to. */
export function groupRoutes(router: Router<GraphContext>): void {
  listRoutes(router, "/groups", groupSet, function* (_parameters, { caller, directory }) {
    require(caller, "readGroups");
    for (const group of directory.groups.list()) {
      yield groupView(group);
    }
  });
  router
    .on("POST", "/groups", (request, _parameters, context) => create(request, context, {}), entityOptions)
    .on(
      "GET",
      "/groups/:id",
      (request, parameters, context) => {
        require(context.caller, "readGroups");
        return entityReply(request, context, groupSet, groupView(findGroup(parameters, context)));
      },
      entityOptions,
    )
    .on("PATCH", "/groups/:id", (request, parameters, context) => {
      require(context.caller, "writeGroups");
      const segment = parameters["id"] ?? "";
      return upsert(request, segment, lookUp(segment, context), {
        change: (group) => {
          context.directory.groups.put(changed(group, objectBody(request), context));
          return noContent();
        },
        create: (uniqueName) => create(request, context, { uniqueName }),
      });
    })
    .on("DELETE", "/groups/:id", (_request, parameters, context) => {
      require(context.caller, "writeGroups");
      context.directory.groups.delete(findGroup(parameters, context));
      return noContent();
    });
}

/** Makes a group. @param key what the path names it by */
function create(request: AzureRequest, context: GraphContext, key: JsonObject): AzureResponse {
  require(context.caller, "createGroups");
  const made = newGroup(objectBody(request), context);
  const group = { ...made, properties: { ...made.properties, ...key } };
  context.directory.groups.put(group);
  const { tenant } = context.directory;
  const location = `https://graph.microsoft.com/v2/${tenant.id}/directoryObjects/${group.id}/Microsoft.DirectoryServices.Group`;
  return { ...entityReply(request, context, groupSet, groupView(group), 201), headers: { location } };
}

/** The group that a path names. @throws ServiceError 404 where there is none, 400 where the ID is none */
export function findGroup(parameters: RouteParameters, context: GraphContext): GroupRecord {
  const segment = parameters["id"] ?? "";
  const group = lookUp(segment, context);
  if (group === undefined) {
    throw resourceNotFound(alternateKeyOf(segment)?.value ?? segment);
  }
  return group;
}

function lookUp(segment: string, { directory }: GraphContext): GroupRecord | undefined {
  const named = alternateKeyOf(segment);
  if (named?.key === "uniqueName") {
    return directory.groups.list().find(({ properties }) => properties["uniqueName"] === named.value);
  }
  checkKey(segment);
  if (!guid(segment)) {
    throw badRequest(`Invalid object identifier '${segment}'.`);
  }
  return directory.groups.get(segment);
}

function newGroup(body: JsonObject, context: GraphContext): GroupRecord {
  const properties = checked(body);
  for (const name of ["displayName", "mailEnabled", "mailNickname", "securityEnabled"]) {
    if (properties[name] === undefined) {
      throw valueRequired(name, groupSchema.resource);
    }
  }
  return {
    id: randomUUID(),
    deletedDateTime: null,
    owners: bound(body["owners@odata.bind"], (reference) => ownerOf(reference, context.directory)),
    members: bound(body["members@odata.bind"], (reference) => memberIn(reference, context.directory)),
    properties: {
      ...properties,
      createdDateTime: graphMoment(new Date(context.cloud.clock.now().setUTCMilliseconds(0))),
    },
  };
}

function changed(group: GroupRecord, body: JsonObject, context: GraphContext): GroupRecord {
  const { id, ...rest } = body;
  if (id !== undefined && id !== group.id) {
    throw readOnlyProperty("id");
  }
  const added = bound(body["members@odata.bind"], (reference) => memberIn(reference, context.directory));
  if (added.some((member) => group.members.includes(member))) {
    throw badRequest(
      "One or more added object references already exist for the following modified properties: 'members'.",
    );
  }
  return { ...group, members: [...group.members, ...added], properties: merged(group.properties, checked(rest)) };
}

/** Only security groups are kept here; a Microsoft 365 group is a mailbox and more. */
function checked(body: JsonObject): JsonObject {
  const properties = checkedProperties(body, groupSchema);
  const { groupTypes = [], mailEnabled, securityEnabled } = properties;
  if ((groupTypes as readonly JsonValue[]).length > 0 || mailEnabled === true || securityEnabled === false) {
    throw notCarriedOut("groups but security groups with assigned members");
  }
  return properties;
}

function bound(references: JsonValue | undefined, read: (reference: JsonValue) => string): string[] {
  const named = references ?? [];
  if (!Array.isArray(named) || named.length > maxBound) {
    throw badRequest(`A request can name at most ${maxBound} objects.`);
  }
  return [...new Set(named.map((reference: JsonValue) => read(reference)))];
}
