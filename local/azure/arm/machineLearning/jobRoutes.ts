import { z } from "zod";
import { empty, json } from "../../http/message";
import type { Router } from "../../http/router";
import { contentOf } from "../jsonContent";
import type { ArmContext } from "../resourceProvider";
import { touch } from "../systemData";
import { acceptedAction, acceptedDelete } from "./childOperations";
import { childList, childListOptions } from "./childLists";
import { found, userError, workspaceOf, workspacePath, type Shop } from "./inWorkspace";
import { childBody, childId, type WorkspaceChild } from "./workspaceChildren";
import { ownValue } from "../../http/ownValue";

const type = "jobs";

/** Jobs that Azure takes, and what each must have. */
const needs: Readonly<Record<string, readonly string[]>> = {
  AutoML: ["taskDetails"],
  Command: ["command", "environmentId"],
  Pipeline: [],
  Spark: ["codeId", "entry"],
  Sweep: ["objective", "samplingAlgorithm", "searchSpace", "trial"],
};

const bodySchema = z.looseObject({
  properties: z.looseObject({ jobType: z.string(), computeId: z.string().nullish() }),
});

/** Jobs: they are taken and wait; local Azure has no machines to run them on. */
export function addJobRoutes(routes: Router<ArmContext>, shop: Shop): void {
  const path = `${workspacePath}/${type}/:job`;
  const { cloud, children } = shop;

  routes
    .on("PUT", path, (request, parameters, context) => {
      const workspace = workspaceOf(parameters, context);
      const names = [parameters["job"] ?? ""];
      const { properties } = contentOf(request, bodySchema);
      const before = children.get(workspace, type, names);
      checkJob(properties);
      checkCompute(shop, workspace, properties.computeId ?? undefined);
      const job: WorkspaceChild = {
        workspace,
        type,
        names: before?.names ?? names,
        tags: {},
        properties: {
          description: null,
          displayName: names[0],
          experimentName: "Default",
          isArchived: false,
          services: {},
          ...properties,
          status: before?.properties["status"] ?? "Queued",
        },
        systemData: touch(context.caller, cloud.clock.now(), before?.systemData),
      };
      children.set(job);
      return json(before === undefined ? 201 : 200, childBody(job));
    })
    .on("GET", path, (_request, parameters, context) =>
      json(200, childBody(found(shop, workspaceOf(parameters, context), type, [parameters["job"] ?? ""]))),
    )
    .on("DELETE", path, (_request, parameters, context) => {
      const job = children.get(workspaceOf(parameters, context), type, [parameters["job"] ?? ""]);
      return job === undefined ? empty(204) : acceptedDelete(shop, job, context);
    })
    .on("POST", `${path}/cancel`, (_request, parameters, context) => {
      const job = found(shop, workspaceOf(parameters, context), type, [parameters["job"] ?? ""]);
      return acceptedAction(shop, job, context, { status: "Canceled" });
    })
    .on(
      "GET",
      `${workspacePath}/${type}`,
      (request, parameters, context) =>
        json(
          200,
          childList(request, children.list(workspaceOf(parameters, context), type), (job) => childBody(job)),
        ),
      childListOptions,
    );
}

function checkJob(properties: Readonly<Record<string, unknown>> & { readonly jobType: string }): void {
  const needed = ownValue(needs, properties.jobType);
  if (needed === undefined) {
    throw userError(`The jobType '${properties.jobType}' is none of ${Object.keys(needs).join(", ")}.`);
  }
  const missing = needed.filter((name) => properties[name] === undefined);
  if (missing.length > 0) {
    throw userError(`A job of the type ${properties.jobType} needs ${missing.join(", ")}.`);
  }
}

/** A job runs on a compute of its workspace, or on one that Azure brings: where it names none, or "serverless". */
function checkCompute({ children }: Shop, workspace: WorkspaceChild["workspace"], id: string | undefined): void {
  if (id === undefined) {
    return;
  }
  const serverless = childId({ workspace, type: "computes", names: ["serverless"] });
  const computes = [serverless, ...children.list(workspace, "computes").map(childId)];
  if (!computes.some((compute) => compute.toLowerCase() === id.toLowerCase())) {
    throw userError(`Unknown compute target '${id}'.`);
  }
}
