import { empty, json } from "../../http/message";
import type { Router } from "../../http/router";
import { armError } from "../errors";
import { contentOf } from "../jsonContent";
import { shortLocation } from "../regions";
import type { ArmContext } from "../resourceProvider";
import { touch } from "../systemData";
import { acceptedAction, acceptedDelete, acceptedWrite } from "./childOperations";
import { endpointNamePattern, endpointSchema, regenerateSchema, type AuthMode } from "./endpointInput";
import { EndpointSecrets } from "./endpointKeys";
import { checkIdle, found, userError, workspaceOf, workspacePath, type Shop } from "./inWorkspace";
import { resourceIdentity } from "./resourceIdentity";
import { childBody, childId, childType, type WorkspaceChild } from "./workspaceChildren";

export const endpointType = "onlineEndpoints";
export const endpointPath = `${workspacePath}/${endpointType}/:endpoint`;

/** Online endpoints, their keys and their tokens. */
export function addEndpointRoutes(routes: Router<ArmContext>, shop: Shop): void {
  const { cloud, children } = shop;
  const secrets = new EndpointSecrets(cloud);
  const one = (parameters: Readonly<Record<string, string>>, context: ArmContext): WorkspaceChild =>
    found(shop, workspaceOf(parameters, context), endpointType, [parameters["endpoint"] ?? ""]);

  routes
    .on("PUT", endpointPath, (request, parameters, context) => {
      const workspace = workspaceOf(parameters, context);
      const names = [parameters["endpoint"] ?? ""];
      const { location: given, tags, kind, identity, properties } = contentOf(request, endpointSchema);
      const { keys, ...settings } = properties;
      const location = shortLocation(given);
      const before = children.get(workspace, endpointType, names);
      checkIdle(before);
      const where = { workspace, type: endpointType, names: before?.names ?? names };
      checkName(shop, where, location);
      checkTraffic(shop, where, settings.traffic ?? {});
      const host = `https://${(names[0] ?? "").toLowerCase()}.${location}.inference.ml.azure.com`;
      const endpoint: WorkspaceChild = {
        ...where,
        location,
        tags: tags ?? {},
        kind: kind ?? "Managed",
        identity: resourceIdentity(
          cloud,
          identity,
          {
            id: childId(where),
            displayName: `${workspace.name}/onlineEndpoints/${names[0] ?? ""}`,
            writeAction: `${childType(endpointType)}/write`,
          },
          before?.identity,
          context,
          "SystemAssigned",
        ),
        properties: {
          description: null,
          compute: null,
          properties: {},
          mirrorTraffic: {},
          publicNetworkAccess: "Enabled",
          ...settings,
          traffic: settings.traffic ?? {},
          keys: null,
          scoringUri: `${host}/score`,
          swaggerUri: `${host}/swagger.json`,
        },
        provisioningState: before === undefined ? "Creating" : "Updating",
        systemData: touch(context.caller, cloud.clock.now(), before?.systemData),
      };
      children.set(endpoint);
      secrets.make(endpoint, {
        ...(keys?.primaryKey == null ? {} : { primaryKey: keys.primaryKey }),
        ...(keys?.secondaryKey == null ? {} : { secondaryKey: keys.secondaryKey }),
      });
      return acceptedWrite(shop, endpoint, context, before === undefined);
    })
    .on("GET", endpointPath, (_request, parameters, context) => json(200, childBody(one(parameters, context))))
    .on("DELETE", endpointPath, (_request, parameters, context) => {
      const endpoint = children.get(workspaceOf(parameters, context), endpointType, [parameters["endpoint"] ?? ""]);
      checkIdle(endpoint);
      if (endpoint === undefined) {
        return empty(204);
      }
      secrets.forget(endpoint);
      return acceptedDelete(shop, endpoint, context);
    })
    .on("GET", `${workspacePath}/${endpointType}`, (_request, parameters, context) => {
      const all = children.list(workspaceOf(parameters, context), endpointType);
      return json(200, { value: all.map((endpoint) => childBody(endpoint)) });
    })
    .on("POST", `${endpointPath}/listKeys`, (_request, parameters, context) => {
      const endpoint = one(parameters, context);
      checkMode(endpoint, "Key", "keys");
      return json(200, secrets.keysOf(endpoint));
    })
    .on("POST", `${endpointPath}/regenerateKeys`, (request, parameters, context) => {
      const endpoint = one(parameters, context);
      checkMode(endpoint, "Key", "keys");
      const { keyType, keyValue } = contentOf(request, regenerateSchema);
      secrets.regenerate(endpoint, keyType, keyValue ?? undefined);
      return acceptedAction(shop, endpoint, context, {});
    })
    .on("POST", `${endpointPath}/token`, (_request, parameters, context) => {
      const endpoint = one(parameters, context);
      checkMode(endpoint, "AMLToken", "tokens of its own");
      return json(200, { ...secrets.newToken(endpoint), tokenType: "Bearer" });
    });
}

/** An endpoint's name is its host's, so no two of a region share it. */
function checkName(
  { children }: Shop,
  where: Pick<WorkspaceChild, "workspace" | "type" | "names">,
  location: string,
): void {
  const name = where.names[0] ?? "";
  if (!endpointNamePattern.test(name)) {
    throw userError(
      `The endpoint name '${name}' is not valid. It must have 3 to 32 letters, digits and hyphens, begin with a letter and not end with a hyphen.`,
    );
  }
  const host = (child: Pick<WorkspaceChild, "names" | "location">): string =>
    `${child.names[0] ?? ""}.${child.location ?? ""}`.toLowerCase();
  const taken = children
    .ofType(endpointType)
    .some((other) => childId(other) !== childId(where) && host(other) === host({ names: where.names, location }));
  if (taken) {
    throw armError(409, "Conflict", `The endpoint name '${name}' is already in use in the region ${location}.`);
  }
}

/** Traffic goes to deployments that are there: all of it, or none. */
function checkTraffic(
  { children }: Shop,
  { workspace, names }: Pick<WorkspaceChild, "workspace" | "names">,
  traffic: Readonly<Record<string, number>>,
): void {
  const deployments = children.list(workspace, `${endpointType}/deployments`, names).map((each) => each.names[1]);
  const missing = Object.keys(traffic).filter((name) => !deployments.includes(name));
  if (missing.length > 0) {
    throw userError(`There is no deployment ${missing.map((name) => `'${name}'`).join(", ")} to send traffic to.`);
  }
  const sum = Object.values(traffic).reduce((total, share) => total + share, 0);
  if (sum !== 0 && sum !== 100) {
    throw userError(`The traffic of an endpoint adds up to 100, or to 0; it is ${sum}.`);
  }
}

function checkMode(endpoint: WorkspaceChild, wanted: AuthMode, what: string): void {
  const { authMode } = endpoint.properties;
  if (authMode !== wanted) {
    throw userError(
      `The endpoint '${endpoint.names[0] ?? ""}' has no ${what}: its authMode is ${String(authMode)}, not ${wanted}.`,
    );
  }
}
