import { empty, json, queryParameter } from "../../http/message";
import type { Router } from "../../http/router";
import { unsupported } from "../errors";
import { contentOf } from "../jsonContent";
import { unsupportedOption } from "../queryOptions";
import { shortLocation } from "../regions";
import type { ArmContext } from "../resourceProvider";
import { touch } from "../systemData";
import { acceptedAction, acceptedDelete, acceptedWrite } from "./childOperations";
import { checkComputeName, checkUnchanged, computePatchSchema, computeProperties, computeSchema } from "./computeInput";
import { checkIdle, found, userError, workspaceOf, workspacePath, type Shop } from "./inWorkspace";
import { resourceIdentity } from "./resourceIdentity";
import { childBody, childId, childType, type WorkspaceChild, type WorkspaceName } from "./workspaceChildren";
import { Workspaces } from "./workspaceRecord";

const type = "computes";

/** Computes that a workspace makes itself: clusters (AmlCompute) and instances (ComputeInstance). */
const managedTypes = ["AmlCompute", "ComputeInstance"];

/** Computes. Their nodes are counted, and run nothing. */
export function addComputeRoutes(routes: Router<ArmContext>, shop: Shop): void {
  const path = `${workspacePath}/${type}/:compute`;
  const { cloud, children } = shop;
  const one = (parameters: Readonly<Record<string, string>>, context: ArmContext): WorkspaceChild =>
    found(shop, workspaceOf(parameters, context), type, [parameters["compute"] ?? ""]);

  routes
    .on("PUT", path, (request, parameters, context) => {
      const workspace = workspaceOf(parameters, context);
      const names = [parameters["compute"] ?? ""];
      checkComputeName(names[0] ?? "");
      const { location, tags, identity, properties } = contentOf(request, computeSchema);
      if (!managedTypes.includes(properties.computeType)) {
        throw unsupported("PUT", `${childType(type)} of the type ${properties.computeType}`);
      }
      const before = children.get(workspace, type, names);
      checkIdle(before);
      const inner = computeProperties(properties.computeType, properties.properties, network(shop, workspace));
      if (before !== undefined) {
        checkUnchanged({ ...innerOf(before) }, inner);
      }
      const where = { workspace, type, names: before?.names ?? names };
      const now = cloud.clock.now();
      const compute: WorkspaceChild = {
        ...where,
        location: shortLocation(location ?? shop.locationOf(workspace)),
        tags: tags ?? {},
        identity: resourceIdentity(
          cloud,
          identity,
          {
            id: childId(where),
            displayName: `${workspace.name}/computes/${names[0] ?? ""}`,
            writeAction: `${childType(type)}/write`,
          },
          before?.identity,
          context,
          "None",
        ),
        properties: {
          description: null,
          resourceId: null,
          computeLocation: shop.locationOf(workspace),
          disableLocalAuth: false,
          ...properties,
          createdOn: before?.properties["createdOn"] ?? now.toISOString(),
          modifiedOn: now.toISOString(),
          isAttachedCompute: false,
          provisioningErrors: null,
          properties: inner,
        },
        provisioningState: before === undefined ? "Creating" : "Updating",
        systemData: touch(context.caller, now, before?.systemData),
      };
      children.set(compute);
      return acceptedWrite(shop, compute, context, before === undefined);
    })
    .on("GET", path, (_request, parameters, context) => json(200, computeBody(one(parameters, context))))
    .on("PATCH", path, (request, parameters, context) => {
      const before = one(parameters, context);
      checkIdle(before);
      const { scaleSettings } = contentOf(request, computePatchSchema).properties.properties;
      const inner = computeProperties(
        "AmlCompute",
        { ...innerOf(before), scaleSettings },
        network(shop, before.workspace),
      );
      const after: WorkspaceChild = {
        ...before,
        properties: { ...before.properties, properties: inner },
        provisioningState: "Updating",
        systemData: touch(context.caller, cloud.clock.now(), before.systemData),
      };
      children.set(after);
      return acceptedWrite(shop, after, context, false);
    })
    .on(
      "DELETE",
      path,
      (request, parameters, context) => {
        const underlying = queryParameter(request, "underlyingResourceAction") ?? "Delete";
        if (underlying.toLowerCase() !== "delete") {
          throw unsupportedOption(`underlyingResourceAction "${underlying}"`);
        }
        const compute = children.get(workspaceOf(parameters, context), type, [parameters["compute"] ?? ""]);
        checkIdle(compute);
        return compute === undefined ? empty(204) : acceptedDelete(shop, compute, context);
      },
      ["underlyingResourceAction"],
    )
    .on("GET", `${workspacePath}/${type}`, (_request, parameters, context) => {
      const all = children.list(workspaceOf(parameters, context), type);
      return json(200, { value: all.map(computeBody) });
    })
    .on("POST", `${path}/listNodes`, (_request, parameters, context) => {
      const nodes = Array.from({ length: nodeCount(one(parameters, context)) }, (_, index) => ({
        nodeId: `tvm-${index + 1}`,
        nodeState: "idle",
        port: null,
        privateIpAddress: `10.0.0.${index + 4}`,
        publicIpAddress: null,
        runId: null,
      }));
      return json(200, { nodes });
    })
    .on("POST", `${path}/listKeys`, (_request, parameters, context) => {
      const { computeType } = one(parameters, context).properties;
      throw userError(`A compute of the type ${String(computeType)} has no keys.`);
    });
  for (const [action, state] of Object.entries({ start: "Running", stop: "Stopped", restart: "Running" })) {
    routes.on("POST", `${path}/${action}`, (_request, parameters, context) => {
      const compute = one(parameters, context);
      if (compute.properties["computeType"] !== "ComputeInstance") {
        throw userError(`Only a compute instance can be told to ${action}.`);
      }
      return acceptedAction(shop, compute, context, { properties: { ...innerOf(compute), state } });
    });
  }
}

function network({ cloud }: Shop, { resourceGroup, name }: WorkspaceName): { readonly managedNetwork: boolean } {
  const settings = new Workspaces(cloud.store).live(resourceGroup, name)?.settings["managedNetwork"];
  const mode = (settings as { isolationMode?: string } | null | undefined)?.isolationMode ?? "Disabled";
  return { managedNetwork: mode !== "Disabled" };
}

const innerOf = ({ properties }: WorkspaceChild): Readonly<Record<string, unknown>> =>
  properties["properties"] as Readonly<Record<string, unknown>>;

const nodeCount = (compute: WorkspaceChild): number =>
  (innerOf(compute)["scaleSettings"] as { minNodeCount?: number } | undefined)?.minNodeCount ?? 0;

/** A cluster also tells of its nodes: as many as it keeps without work, because there is none. */
function computeBody(compute: WorkspaceChild): object {
  if (compute.properties["computeType"] !== "AmlCompute") {
    return childBody(compute);
  }
  const count = nodeCount(compute);
  const nodes = { idleNodeCount: count, leavingNodeCount: 0, preemptedNodeCount: 0, preparingNodeCount: 0 };
  return childBody(compute, {
    properties: {
      ...innerOf(compute),
      allocationState: "Steady",
      allocationStateTransitionTime: compute.properties["modifiedOn"],
      currentNodeCount: count,
      targetNodeCount: count,
      errors: null,
      nodeStateCounts: { ...nodes, runningNodeCount: 0, unusableNodeCount: 0 },
    },
  });
}
