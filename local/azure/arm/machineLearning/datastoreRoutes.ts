import { z } from "zod";
import type { Cloud } from "../../cloud";
import { keySignature } from "../../dataLake/sharedAccess";
import { empty, json } from "../../http/message";
import type { Router } from "../../http/router";
import { contentOf } from "../jsonContent";
import { unsupportedOption } from "../queryOptions";
import type { ArmContext } from "../resourceProvider";
import { touch } from "../systemData";
import { datastoreInput } from "./datastoreInput";
import { datastoreListOptions, datastorePage } from "./datastoreList";
import { found, userError, workspaceOf, workspacePath, type Shop } from "./inWorkspace";
import { datastoreType as type, isSystemDatastore, systemDatastores } from "./systemDatastores";
import { childBody, type WorkspaceChild, type WorkspaceName } from "./workspaceChildren";

const secretsBody = z.looseObject({ expirableSecret: z.boolean().nullish() }).nullish();

/** Datastores: they are shown without their secrets, which whoever may lists. Nothing is looked for where they point to. */
export function addDatastoreRoutes(routes: Router<ArmContext>, shop: Shop): void {
  const path = `${workspacePath}/${type}/:datastore`;
  const { cloud, children } = shop;
  routes
    .on(
      "GET",
      `${workspacePath}/${type}`,
      (request, parameters, context) => {
        return json(200, datastorePage(request, datastoresOf(shop, workspaceOf(parameters, context))));
      },
      datastoreListOptions,
    )
    .on("GET", path, (_request, parameters, context) =>
      json(200, childBody(one(shop, workspaceOf(parameters, context), parameters["datastore"]))),
    )
    .on(
      "PUT",
      path,
      (request, parameters, context) => {
        const workspace = workspaceOf(parameters, context);
        const name = nameIn(parameters["datastore"]);
        if (isSystemDatastore(name)) {
          throw unsupportedOption(`change to the datastore ${name}, which the workspace comes with`);
        }
        const { properties, secrets } = datastoreInput(contentOf(request, z.unknown()));
        const before = children.get(workspace, type, [name]);
        const datastore: WorkspaceChild = {
          workspace,
          type,
          names: [name],
          tags: {},
          properties,
          ...(secrets !== undefined && { sealedSecrets: cloud.stateKey.seal(JSON.stringify(secrets)) }),
          systemData: touch(context.caller, cloud.clock.now(), before?.systemData),
        };
        children.set(datastore);
        return json(before === undefined ? 201 : 200, childBody(datastore));
      },
      ["skipValidation"],
    )
    .on("DELETE", path, (_request, parameters, context) => {
      const name = nameIn(parameters["datastore"]);
      if (isSystemDatastore(name)) {
        throw userError(`The datastore '${name}' is the workspace's own, and cannot be deleted.`);
      }
      const datastore = children.get(workspaceOf(parameters, context), type, [name]);
      if (datastore === undefined) return empty(204);
      children.remove(datastore);
      return empty(200);
    })
    .on("POST", `${path}/listSecrets`, (request, parameters, context) => {
      const body = contentOf(request, secretsBody);
      const { sealedSecrets, properties } = one(shop, workspaceOf(parameters, context), parameters["datastore"]);
      if (sealedSecrets === undefined) {
        const { credentialsType } = properties["credentials"] as { readonly credentialsType: string };
        throw userError(`The datastore has credentials of the type ${credentialsType}, which have no secrets to list.`);
      }
      const secrets = z.record(z.string(), z.string()).parse(JSON.parse(cloud.stateKey.unseal(sealedSecrets)));
      return json(200, body?.expirableSecret === true ? expiring(cloud, properties, secrets) : secrets);
    });
}

/** In place of an account's key, a signature that it has made for the datastore's container. */
function expiring(
  cloud: Cloud,
  { accountName, containerName, filesystem }: WorkspaceChild["properties"],
  secrets: Readonly<Record<string, string>>,
): object {
  const container = containerName ?? filesystem;
  if (secrets["secretsType"] !== "AccountKey") return secrets;
  if (typeof accountName !== "string" || typeof container !== "string") {
    throw unsupportedOption("expirable secret of a datastore that is no container");
  }
  const grant = { account: accountName, fileSystem: container, permissions: "racwdl", hours: expiringHours };
  const sasToken = keySignature(cloud.clock.now(), grant, secrets["key"] ?? "");
  return { secretsType: "Sas", sasToken };
}

/** How long Azure lets such a secret last. */
const expiringHours = 1;

const nameIn = (given: string | undefined): string => (given ?? "").toLowerCase();

const datastoresOf = (shop: Shop, workspace: WorkspaceName): WorkspaceChild[] => [
  ...systemDatastores(shop.cloud, workspace),
  ...shop.children.list(workspace, type),
];

function one(shop: Shop, workspace: WorkspaceName, given: string | undefined): WorkspaceChild {
  const name = nameIn(given);
  const own = systemDatastores(shop.cloud, workspace).find(({ names }) => names[0] === name);
  return own ?? found(shop, workspace, type, [name]);
}
