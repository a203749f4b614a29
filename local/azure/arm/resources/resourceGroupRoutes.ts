import { z } from "zod";
import type { Cloud } from "../../cloud";
import { empty, json, queryParameter } from "../../http/message";
import type { Router } from "../../http/router";
import { resourceGroupId } from "../../landingZone/layout";
import { accepted, operationKind, startOperation } from "../asyncOperations";
import { RoleAssignments } from "../authorization/roleAssignments";
import { armError, locationRequired, resourceGroupBeingDeleted, resourceGroupNotFound } from "../errors";
import { contentOf, tagsSchema } from "../jsonContent";
import { pageBody } from "../queryOptions";
import { isRegion, regions, shortLocation } from "../regions";
import type { ArmContext, ResourceProvider } from "../resourceProvider";
import { listFilter } from "./resourceFilter";
import { resourceGroupBody, ResourceGroups, type ResourceGroup } from "./resourceGroupRecord";

const groupsPath = "/subscriptions/:subscription/resourceGroups";
const groupPath = `${groupsPath}/:group`;

const putSchema = z.looseObject({
  location: z.string().optional(),
  tags: tagsSchema.nullish(),
  managedBy: z.string().nullish(),
});
const patchSchema = z.looseObject({ tags: tagsSchema.nullish(), managedBy: z.string().nullish() });

/** Letters, digits and `-_.()`, at most 90 of them, no full stop at the end. */
const namePattern = /^(?=.{1,90}$)[\p{L}\p{N}_.()-]*[\p{L}\p{N}_()-]$/u;

const deletion = operationKind<{ readonly name: string }>({
  name: "Microsoft.Resources/resourceGroups/delete",
  statusType: "operationresults",
  complete(cloud, { name }) {
    new ResourceGroups(cloud.store).delete(name);
    return { status: "Succeeded" };
  },
});

/** Resource groups. */
export function addResourceGroupRoutes(
  router: Router<ArmContext>,
  cloud: Cloud,
  providers: readonly ResourceProvider[],
): void {
  const groups = new ResourceGroups(cloud.store);
  const assignments = new RoleAssignments(cloud.store);
  const existing = (name: string): ResourceGroup => {
    const group = groups.get(name);
    if (group === undefined) {
      throw resourceGroupNotFound(name);
    }
    return group;
  };

  router
    .on(
      "GET",
      groupsPath,
      (request, _parameters, { caller }) => {
        const { matches } = listFilter<ResourceGroup>(queryParameter(request, "$filter"), {});
        const mayRead = ({ name }: ResourceGroup): boolean =>
          cloud.access.allows(
            caller.objectId,
            "Microsoft.Resources/subscriptions/resourceGroups/read",
            resourceGroupId(name),
          );
        const visible = groups.all().filter((group) => matches(group) && mayRead(group));
        return json(200, pageBody(request, visible, resourceGroupBody));
      },
      ["$filter", "$top", "$skiptoken"],
    )
    .on("GET", groupPath, (_request, { group = "" }) => json(200, resourceGroupBody(existing(group))))
    .on("HEAD", groupPath, (_request, { group = "" }) => empty(groups.get(group) === undefined ? 404 : 204))
    .on("PUT", groupPath, (request, { group: name = "" }) => {
      const body = contentOf(request, putSchema);
      const before = groups.get(name);
      checkName(name);
      const location = checkLocation(body.location, before);
      if (before?.provisioningState === "Deleting") {
        throw resourceGroupBeingDeleted(before.name);
      }
      const group: ResourceGroup = {
        name: before?.name ?? name,
        location,
        tags: body.tags ?? {},
        ...(body.managedBy == null ? {} : { managedBy: body.managedBy }),
        provisioningState: "Succeeded",
      };
      groups.set(group);
      return json(before === undefined ? 201 : 200, resourceGroupBody(group));
    })
    .on("PATCH", groupPath, (request, { group = "" }) => {
      const before = existing(group);
      const body = contentOf(request, patchSchema);
      const after = { ...before, tags: body.tags ?? before.tags };
      groups.set(after);
      return json(200, resourceGroupBody(after));
    })
    .on("DELETE", groupPath, (_request, { group = "" }, { subscriptionId, apiVersion }) => {
      const { name, ...rest } = existing(group);
      if (rest.provisioningState === "Deleting") {
        throw resourceGroupBeingDeleted(name);
      }
      const id = resourceGroupId(name);
      for (const provider of providers) {
        provider.removeGroup?.(id);
      }
      assignments.deleteWithin(id);
      groups.set({ ...rest, name, provisioningState: "Deleting" });
      return accepted(startOperation(cloud, deletion, { subscriptionId, apiVersion, input: { name } }), "location");
    });
}

function checkName(name: string): void {
  if (!namePattern.test(name)) {
    throw armError(
      400,
      "InvalidResourceGroupName",
      `The provided resource group name '${name}' is not valid. A name has at most 90 characters, each a letter, a digit, '-', '.', '(', ')' or '_', and does not end with '.'.`,
    );
  }
}

function checkLocation(given: string | undefined, before: ResourceGroup | undefined): string {
  if (given === undefined || given === "") {
    throw locationRequired();
  }
  const location = shortLocation(given);
  if (!isRegion(location)) {
    throw armError(
      400,
      "LocationNotAvailableForResourceGroup",
      `The provided location '${given}' is not available for resource group. List of available regions is '${Object.keys(regions).join(",")}'.`,
    );
  }
  if (before !== undefined && before.location !== location) {
    throw armError(
      409,
      "InvalidResourceGroupLocation",
      `Invalid resource group location '${location}'. The Resource group already exists in location '${before.location}'.`,
    );
  }
  return location;
}
