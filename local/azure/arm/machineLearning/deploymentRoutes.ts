import { empty, json } from "../../http/message";
import type { Router } from "../../http/router";
import { unsupported } from "../errors";
import { contentOf } from "../jsonContent";
import { shortLocation } from "../regions";
import type { ArmContext } from "../resourceProvider";
import { touch } from "../systemData";
import { acceptedDelete, acceptedWrite } from "./childOperations";
import { deploymentSchema } from "./endpointInput";
import { endpointPath, endpointType } from "./endpointRoutes";
import { checkIdle, found, userError, workspaceOf, type Shop } from "./inWorkspace";
import { childBody, childType, type WorkspaceChild } from "./workspaceChildren";

const type = `${endpointType}/deployments`;

/** Deployments of online endpoints. */
export function addDeploymentRoutes(routes: Router<ArmContext>, shop: Shop): void {
  const path = `${endpointPath}/deployments/:deployment`;
  const { cloud, children } = shop;
  const namesOf = (parameters: Readonly<Record<string, string>>): readonly string[] => [
    parameters["endpoint"] ?? "",
    parameters["deployment"] ?? "",
  ];
  const endpointOf = (parameters: Readonly<Record<string, string>>, context: ArmContext): WorkspaceChild =>
    found(shop, workspaceOf(parameters, context), endpointType, [parameters["endpoint"] ?? ""]);

  routes
    .on("PUT", path, (request, parameters, context) => {
      const endpoint = endpointOf(parameters, context);
      const { location, tags, sku, properties } = contentOf(request, deploymentSchema);
      if (properties.endpointComputeType !== "Managed") {
        throw unsupported("PUT", `${childType(type)} of the type ${properties.endpointComputeType}`);
      }
      const { workspace } = endpoint;
      const before = children.get(workspace, type, namesOf(parameters));
      checkIdle(before);
      const deployment: WorkspaceChild = {
        workspace,
        type,
        names: before?.names ?? namesOf(parameters),
        location: shortLocation(location),
        tags: tags ?? {},
        kind: "Managed",
        sku: { capacity: 1, ...(sku ?? { name: "Default" }) },
        properties: {
          description: null,
          environmentVariables: {},
          instanceType: "Standard_DS3_v2",
          scaleSettings: { scaleType: "Default" },
          ...properties,
        },
        provisioningState: before === undefined ? "Creating" : "Updating",
        systemData: touch(context.caller, cloud.clock.now(), before?.systemData),
      };
      children.set(deployment);
      return acceptedWrite(shop, deployment, context, before === undefined);
    })
    .on("GET", path, (_request, parameters, context) =>
      json(200, childBody(found(shop, workspaceOf(parameters, context), type, namesOf(parameters)))),
    )
    .on("DELETE", path, (_request, parameters, context) => {
      const endpoint = endpointOf(parameters, context);
      const deployment = children.get(endpoint.workspace, type, namesOf(parameters));
      checkIdle(deployment);
      if (deployment === undefined) {
        return empty(204);
      }
      if (trafficOf(endpoint, deployment) > 0) {
        throw userError(
          `The deployment '${deployment.names[1] ?? ""}' receives traffic. Send its traffic to another deployment first.`,
        );
      }
      return acceptedDelete(shop, deployment, context);
    })
    .on("GET", `${endpointPath}/deployments`, (_request, parameters, context) => {
      const { workspace, names } = endpointOf(parameters, context);
      return json(200, { value: children.list(workspace, type, names).map((each) => childBody(each)) });
    });
}

const trafficOf = ({ properties }: WorkspaceChild, { names }: WorkspaceChild): number =>
  (properties["traffic"] as Readonly<Record<string, number>>)[names[1] ?? ""] ?? 0;
