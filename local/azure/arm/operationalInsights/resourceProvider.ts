import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Cloud } from "../../cloud";
import { empty, json } from "../../http/message";
import { Router } from "../../http/router";
import { accepted, operationKind, startOperation } from "../asyncOperations";
import { armError, resourceNotFound } from "../errors";
import { contentOf, tagsSchema } from "../jsonContent";
import { shortLocation } from "../regions";
import type { ArmContext, ResourceProvider } from "../resourceProvider";
import { touch } from "../systemData";
import { logWorkspaceBody, LogWorkspaces, workspaceType, type LogWorkspace } from "./workspaces";

const access = z.enum(["Enabled", "Disabled"]).nullish();

const bodySchema = z.looseObject({
  location: z.string(),
  tags: tagsSchema.nullish(),
  properties: z
    .looseObject({
      sku: z.looseObject({ name: z.string() }).nullish(),
      retentionInDays: z.number().int().min(30).max(730).nullish(),
      publicNetworkAccessForIngestion: access,
      publicNetworkAccessForQuery: access,
      features: z.record(z.string(), z.unknown()).nullish(),
    })
    .nullish(),
});

/** 4 to 63 letters, digits and hyphens, a letter or digit at both ends. */
const namePattern = /^[a-z0-9][a-z0-9-]{2,61}[a-z0-9]$/i;

const deletion = operationKind<{ readonly resourceGroup: string; readonly name: string }>({
  name: "Microsoft.OperationalInsights/workspaces/delete",
  namespace: "Microsoft.OperationalInsights",
  statusType: "operationStatuses",
  complete(cloud, { resourceGroup, name }) {
    const workspaces = new LogWorkspaces(cloud.store);
    const workspace = workspaces.get(resourceGroup, name);
    if (workspace !== undefined) {
      workspaces.delete(workspace);
    }
    return { status: "Succeeded" };
  },
});

const creation = operationKind<Record<string, never>>({
  name: "Microsoft.OperationalInsights/workspaces/write",
  namespace: "Microsoft.OperationalInsights",
  statusType: "operationStatuses",
  complete: () => ({ status: "Succeeded" }),
});

/** Microsoft.OperationalInsights: Log Analytics workspaces, to be named by diagnostic settings. */
export function createOperationalInsightsProvider(cloud: Cloud): ResourceProvider {
  const workspaces = new LogWorkspaces(cloud.store);
  const routes = new Router<ArmContext>();
  const collection = `/subscriptions/:subscription/resourceGroups/:group/providers/${workspaceType}`;
  const path = `${collection}/:workspace`;

  routes
    .on("PUT", path, (request, { workspace: name = "" }, context) => {
      const { resourceGroup = "", caller, subscriptionId, apiVersion } = context;
      if (!namePattern.test(name)) {
        throw armError(
          400,
          "InvalidResourceName",
          `The workspace name '${name}' is not valid. It must have 4 to 63 letters, digits and hyphens, and a letter or a digit at both ends.`,
        );
      }
      const { location, tags, properties } = contentOf(request, bodySchema);
      const before = workspaces.get(resourceGroup, name);
      const now = cloud.clock.now().toISOString();
      const workspace: LogWorkspace = {
        name: before?.name ?? name,
        resourceGroup,
        location: shortLocation(location),
        tags: tags ?? {},
        customerId: before?.customerId ?? randomUUID(),
        sku: properties?.sku?.name ?? before?.sku ?? "pergb2018",
        retentionInDays: properties?.retentionInDays ?? before?.retentionInDays ?? 30,
        publicNetworkAccessForIngestion: properties?.publicNetworkAccessForIngestion ?? "Enabled",
        publicNetworkAccessForQuery: properties?.publicNetworkAccessForQuery ?? "Enabled",
        features: {
          legacy: 0,
          searchVersion: 1,
          enableLogAccessUsingOnlyResourcePermissions: true,
          ...properties?.features,
        },
        createdDate: before?.createdDate ?? now,
        modifiedDate: now,
        systemData: touch(caller, cloud.clock.now(), before?.systemData),
      };
      workspaces.set(workspace);
      const body = logWorkspaceBody(workspace);
      if (before !== undefined) {
        return json(200, body);
      }
      const where = { subscriptionId, apiVersion, location: workspace.location, input: {} };
      return accepted(startOperation(cloud, creation, where), "azure-asyncoperation", { status: 201, body });
    })
    .on("GET", path, (_request, { workspace = "" }, { resourceGroup = "" }) => {
      const found = workspaces.get(resourceGroup, workspace);
      if (found === undefined) {
        throw resourceNotFound(workspaceType, workspace, resourceGroup);
      }
      return json(200, logWorkspaceBody(found));
    })
    .on("DELETE", path, (_request, { workspace = "" }, { resourceGroup = "", subscriptionId, apiVersion }) => {
      const found = workspaces.get(resourceGroup, workspace);
      if (found === undefined) {
        return empty(204);
      }
      const { location, name } = found;
      const input = { resourceGroup, name };
      return accepted(startOperation(cloud, deletion, { subscriptionId, apiVersion, location, input }), "both");
    })
    .on("GET", collection, (_request, _parameters, { resourceGroup }) =>
      json(200, { value: workspaces.list(resourceGroup).map(logWorkspaceBody) }),
    )
    .on("GET", `/subscriptions/:subscription/providers/${workspaceType}`, () =>
      json(200, { value: workspaces.list().map(logWorkspaceBody) }),
    );

  return {
    namespace: "Microsoft.OperationalInsights",
    routes,
    removeGroup(resourceGroupId) {
      const name = resourceGroupId.slice(resourceGroupId.lastIndexOf("/") + 1);
      workspaces.list(name).forEach((workspace) => {
        workspaces.delete(workspace);
      });
    },
  };
}
