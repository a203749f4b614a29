import { z } from "zod";
import type { Cloud } from "../../cloud";
import { empty, json, queryParameter } from "../../http/message";
import { Router } from "../../http/router";
import { accepted, startOperation } from "../asyncOperations";
import { anotherOperationInProgress, armError, resourceNotFound } from "../errors";
import { contentOf, tagsSchema } from "../jsonContent";
import { shortLocation } from "../regions";
import type { ArmContext, ResourceProvider } from "../resourceProvider";
import type { ResourceIndex } from "../resources/resourceIndex";
import { touch } from "../systemData";
import { addAssetRoutes } from "./assetRoutes";
import { addComputeRoutes } from "./computeRoutes";
import { addDatastoreRoutes } from "./datastoreRoutes";
import { addDeploymentRoutes } from "./deploymentRoutes";
import { addEndpointRoutes } from "./endpointRoutes";
import { openShop } from "./inWorkspace";
import { addJobRoutes } from "./jobRoutes";
import { addKeyRoutes } from "./keyRoutes";
import { checkLinkedResources } from "./linkedResources";
import { deleteOperation, purgeWorkspace, refusedWriteOperation, writeOperation } from "./operations";
import { addRegionRoutes } from "./regionRoutes";
import { identitySchema, resourceIdentity, type ResourceIdentity } from "./resourceIdentity";
import {
  newWorkspaceId,
  workspaceBody,
  workspaceResourceId,
  Workspaces,
  workspaceType,
  type Workspace,
} from "./workspaceRecord";

const putSchema = z.looseObject({
  location: z.string(),
  tags: tagsSchema.nullish(),
  kind: z.string().nullish(),
  sku: z.looseObject({ name: z.string(), tier: z.string().nullish() }).nullish(),
  identity: identitySchema.nullish(),
  properties: z.looseObject({ allowRecoverSoftDeletedWorkspace: z.boolean().nullish() }).nullish(),
});
const patchSchema = putSchema.partial();

/** 3 to 33 letters, digits, hyphens and underscores, a letter or digit first. */
const namePattern = /^[a-z0-9][a-z0-9_-]{2,32}$/i;

/** Microsoft.MachineLearningServices: workspaces, soft-deleted for 14 days when they are deleted, and what is in them. */
export function createMachineLearningProvider(cloud: Cloud, index: ResourceIndex): ResourceProvider {
  const workspaces = new Workspaces(cloud.store);
  const routes = new Router<ArmContext>();
  const collection = `/subscriptions/:subscription/resourceGroups/:group/providers/${workspaceType}`;
  const path = `${collection}/:workspace`;
  const find = (resourceGroup: string, name: string): Workspace => {
    const workspace = workspaces.live(resourceGroup, name);
    if (workspace === undefined) {
      throw resourceNotFound(workspaceType, name, resourceGroup);
    }
    return workspace;
  };

  routes
    .on("PUT", path, async (request, { workspace: name = "" }, context) => {
      const { resourceGroup = "", subscriptionId, apiVersion, caller } = context;
      checkName(name);
      const body = contentOf(request, putSchema);
      const location = shortLocation(body.location);
      const { allowRecoverSoftDeletedWorkspace, ...settings } = body.properties ?? {};
      const live = workspaces.live(resourceGroup, name);
      checkIdle(live);
      const softDeleted = workspaces.deleted(resourceGroup, name, cloud.clock.now());
      const where = { subscriptionId, location, apiVersion };
      if (softDeleted !== undefined && allowRecoverSoftDeletedWorkspace !== true) {
        return accepted(
          startOperation(cloud, refusedWriteOperation, { ...where, input: { resourceGroup, name } }),
          "both",
        );
      }
      const before = live ?? softDeleted;
      const kind = body.kind ?? before?.kind ?? "Default";
      const effective = softDeleted === undefined ? settings : { ...softDeleted.settings, ...settings };
      const linked = await checkLinkedResources(index, effective, kind, context);
      const workspace: Workspace = {
        name: before?.name ?? name,
        resourceGroup,
        location,
        tags: body.tags ?? {},
        kind,
        sku: { name: body.sku?.name ?? "Basic", tier: body.sku?.tier ?? body.sku?.name ?? "Basic" },
        identity: identityOf(cloud, body.identity, { resourceGroup, name }, before?.identity, context),
        settings: effective,
        workspaceId: before?.workspaceId ?? newWorkspaceId(),
        ...linked,
        provisioningState: live === undefined ? "Creating" : "Updating",
        systemData: touch(caller, cloud.clock.now(), before?.systemData),
      };
      workspaces.set(workspace);
      return accepted(startOperation(cloud, writeOperation, { ...where, input: { resourceGroup, name } }), "both");
    })
    .on("GET", path, (_request, { workspace = "" }, { resourceGroup = "" }) =>
      json(200, workspaceBody(find(resourceGroup, workspace))),
    )
    .on("PATCH", path, async (request, { workspace: name = "" }, context) => {
      const before = find(context.resourceGroup ?? "", name);
      checkIdle(before);
      const body = contentOf(request, patchSchema);
      const settings = { ...before.settings, ...body.properties };
      const linked = await checkLinkedResources(index, settings, before.kind, context);
      const after: Workspace = {
        ...before,
        ...linked,
        tags: body.tags ?? before.tags,
        settings,
        identity: identityOf(cloud, body.identity, before, before.identity, context),
        systemData: touch(context.caller, cloud.clock.now(), before.systemData),
      };
      workspaces.set(after);
      return json(200, workspaceBody(after));
    })
    .on(
      "DELETE",
      path,
      (request, { workspace: name = "" }, { resourceGroup = "", subscriptionId, apiVersion }) => {
        const purge = queryParameter(request, "forceToPurge")?.toLowerCase() === "true";
        const live = workspaces.live(resourceGroup, name);
        checkIdle(live);
        const workspace = live ?? (purge ? workspaces.deleted(resourceGroup, name, cloud.clock.now()) : undefined);
        if (workspace === undefined) {
          return empty(204);
        }
        if (live !== undefined) {
          workspaces.set({ ...live, provisioningState: "Deleting" });
        }
        const { location } = workspace;
        const input = { resourceGroup, name, purge };
        return accepted(
          startOperation(cloud, deleteOperation, { subscriptionId, location, apiVersion, input }),
          "both",
        );
      },
      ["forceToPurge"],
    )
    .on("GET", collection, (_request, _parameters, { resourceGroup }) =>
      json(200, { value: workspaces.list(resourceGroup).map(workspaceBody) }),
    )
    .on("GET", `/subscriptions/:subscription/providers/${workspaceType}`, () =>
      json(200, { value: workspaces.list().map(workspaceBody) }),
    );

  const shop = openShop(cloud);
  for (const add of [
    addAssetRoutes,
    addComputeRoutes,
    addDatastoreRoutes,
    addEndpointRoutes,
    addDeploymentRoutes,
    addJobRoutes,
    addKeyRoutes,
    addRegionRoutes,
  ]) {
    add(routes, shop);
  }

  return {
    namespace: "Microsoft.MachineLearningServices",
    routes,
    removeGroup(resourceGroupId) {
      const name = resourceGroupId.slice(resourceGroupId.lastIndexOf("/") + 1);
      for (const workspace of workspaces.list(name)) {
        purgeWorkspace(cloud, workspace);
      }
    },
  };
}

function identityOf(
  cloud: Cloud,
  requested: z.output<typeof identitySchema> | null | undefined,
  workspace: Pick<Workspace, "resourceGroup" | "name">,
  before: ResourceIdentity | undefined,
  context: ArmContext,
): ResourceIdentity {
  const bearer = {
    id: workspaceResourceId(workspace),
    displayName: workspace.name,
    writeAction: `${workspaceType}/write`,
  };
  return resourceIdentity(cloud, requested, bearer, before, context, "SystemAssigned");
}

/** A workspace changes once at a time. */
function checkIdle(workspace: Workspace | undefined): void {
  if (workspace !== undefined && workspace.provisioningState !== "Succeeded") {
    throw anotherOperationInProgress(workspaceResourceId(workspace));
  }
}

function checkName(name: string): void {
  if (!namePattern.test(name)) {
    throw armError(
      400,
      "ValidationError",
      `The workspace name '${name}' is not valid. It must have 3 to 33 letters, digits, hyphens and underscores, and begin with a letter or a digit.`,
    );
  }
}
