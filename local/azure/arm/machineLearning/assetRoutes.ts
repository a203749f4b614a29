import { childList, childListOptions } from "./childLists";
import { z } from "zod";
import { empty, json, queryParameter } from "../../http/message";
import type { Router } from "../../http/router";
import { contentOf, tagsSchema } from "../jsonContent";
import type { ArmContext } from "../resourceProvider";
import { touch } from "../systemData";
import { found, workspaceOf, workspacePath, type Shop } from "./inWorkspace";
import { addPendingUploads } from "./pendingUploads";
import { childBody, type WorkspaceChild } from "./workspaceChildren";

/** What a workspace keeps in versions: each under a name that gathers them. */
const versionedTypes = ["codes", "components", "data", "environments", "models"] as const;

/** Those of files that clients upload themselves. */
const uploadedTypes = ["codes", "data", "models"] as const;

const bodySchema = z.looseObject({ tags: tagsSchema.nullish(), properties: z.looseObject({}).nullish() });

/** Code, components, data, environments and models: kept as they are given, and never used. */
export function addAssetRoutes(routes: Router<ArmContext>, shop: Shop): void {
  for (const type of versionedTypes) {
    addContainer(routes, shop, type);
    addVersions(routes, shop, type);
  }
  for (const type of uploadedTypes) {
    addPendingUploads(routes, shop, type);
  }
}

function addContainer(routes: Router<ArmContext>, shop: Shop, type: string): void {
  const path = `${workspacePath}/${type}/:asset`;
  routes
    .on("PUT", path, (request, parameters, context) => {
      const workspace = workspaceOf(parameters, context);
      const names = [parameters["asset"] ?? ""];
      const { before, after } = written(shop, { workspace, type, names }, contentOf(request, bodySchema), context);
      return json(before === undefined ? 201 : 200, bodyOf(shop, after));
    })
    .on("GET", path, (_request, parameters, context) =>
      json(200, bodyOf(shop, found(shop, workspaceOf(parameters, context), type, [parameters["asset"] ?? ""]))),
    )
    .on("DELETE", path, (_request, parameters, context) => {
      const workspace = workspaceOf(parameters, context);
      const names = [parameters["asset"] ?? ""];
      const child = shop.children.get(workspace, type, names);
      if (child === undefined) {
        return empty(204);
      }
      shop.children.list(workspace, `${type}/versions`, names).forEach((version) => {
        shop.children.remove(version);
      });
      shop.children.remove(child);
      return empty(200);
    })
    .on(
      "GET",
      `${workspacePath}/${type}`,
      (request, parameters, context) => {
        const all = shop.children.list(workspaceOf(parameters, context), type);
        return json(
          200,
          childList(request, all, (child) => bodyOf(shop, child)),
        );
      },
      childListOptions,
    );
}

function addVersions(routes: Router<ArmContext>, shop: Shop, type: string): void {
  const versions = `${type}/versions`;
  const path = `${workspacePath}/${type}/:asset/versions/:version`;
  routes
    .on("PUT", path, (request, parameters, context) => {
      const workspace = workspaceOf(parameters, context);
      const names = [parameters["asset"] ?? "", parameters["version"] ?? ""];
      const content = contentOf(request, bodySchema);
      if (shop.children.get(workspace, type, names.slice(0, 1)) === undefined) {
        written(shop, { workspace, type, names: names.slice(0, 1) }, {}, context);
      }
      const { before, after } = written(shop, { workspace, type: versions, names }, content, context);
      return json(before === undefined ? 201 : 200, childBody(after));
    })
    .on("GET", path, (_request, parameters, context) => {
      const names = [parameters["asset"] ?? "", parameters["version"] ?? ""];
      return json(200, childBody(found(shop, workspaceOf(parameters, context), versions, names)));
    })
    .on("DELETE", path, (_request, parameters, context) => {
      const names = [parameters["asset"] ?? "", parameters["version"] ?? ""];
      const child = shop.children.get(workspaceOf(parameters, context), versions, names);
      if (child === undefined) {
        return empty(204);
      }
      shop.children.remove(child);
      return empty(200);
    })
    .on(
      "GET",
      `${workspacePath}/${type}/:asset/versions`,
      (request, parameters, context) => {
        const names = [parameters["asset"] ?? ""];
        const all = shop.children
          .list(workspaceOf(parameters, context), versions, names)
          .filter((version) =>
            hasHash(version, queryParameter(request, "hash"), queryParameter(request, "hashVersion")),
          );
        return json(
          200,
          childList(request, all, (child) => childBody(child)),
        );
      },
      type === "codes" ? [...childListOptions, "hash", "hashVersion"] : childListOptions,
    );
}

/** Whether a version of code is that of the files with this hash. */
function hasHash({ properties }: WorkspaceChild, hash: string | undefined, version: string | undefined): boolean {
  const own = (properties["properties"] ?? {}) as Readonly<Record<string, unknown>>;
  return (
    (hash === undefined || own["hash_sha256"] === hash) &&
    (version === undefined || String(own["hash_version"]) === version)
  );
}

function written(
  { cloud, children }: Shop,
  at: Pick<WorkspaceChild, "workspace" | "type" | "names">,
  { properties }: z.output<typeof bodySchema>,
  { caller }: ArmContext,
): { readonly before: WorkspaceChild | undefined; readonly after: WorkspaceChild } {
  const before = children.get(at.workspace, at.type, at.names);
  const after: WorkspaceChild = {
    ...at,
    names: before?.names ?? at.names,
    tags: {},
    properties: { description: null, tags: {}, properties: {}, isArchived: false, ...properties },
    systemData: touch(caller, cloud.clock.now(), before?.systemData),
  };
  children.set(after);
  return { before, after };
}

/** A container also tells which version is the newest. */
function bodyOf({ children }: Shop, child: WorkspaceChild): object {
  const versions = children
    .list(child.workspace, `${child.type}/versions`, child.names)
    .sort((a, b) => a.systemData.createdAt.localeCompare(b.systemData.createdAt));
  return childBody(child, { latestVersion: versions.at(-1)?.names[1] ?? null, nextVersion: `${versions.length + 1}` });
}
