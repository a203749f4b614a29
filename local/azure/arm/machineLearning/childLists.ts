import { queryParameter, type AzureRequest } from "../../http/message";
import { pageBody, unsupportedOption } from "../queryOptions";
import type { WorkspaceChild } from "./workspaceChildren";

/** The query options of lists of jobs and assets. */
export const childListOptions = ["listViewType", "$orderBy", "$top", "$skiptoken"];

const views: Readonly<Record<string, (child: WorkspaceChild) => boolean>> = {
  activeonly: (child) => child.properties["isArchived"] !== true,
  archivedonly: (child) => child.properties["isArchived"] === true,
  all: () => true,
};

/** A page of a workspace's jobs or assets: those that are not archived, unless `listViewType` says otherwise. */
export function childList(
  request: AzureRequest,
  children: readonly WorkspaceChild[],
  show: (child: WorkspaceChild) => object,
): object {
  const wanted = queryParameter(request, "listViewType") ?? "ActiveOnly";
  const isInView = views[wanted.toLowerCase()];
  if (isInView === undefined) {
    throw unsupportedOption(`listViewType "${wanted}"`);
  }
  return pageBody(request, ordered(children.filter(isInView), queryParameter(request, "$orderBy")), show);
}

const created = ({ systemData }: WorkspaceChild): string => systemData.createdAt;

function ordered(children: readonly WorkspaceChild[], orderBy: string | undefined): readonly WorkspaceChild[] {
  if (orderBy === undefined) {
    return children;
  }
  const match = /^createdtime(?: (asc|desc))?$/i.exec(orderBy.trim());
  if (match === null) {
    throw unsupportedOption(`$orderBy "${orderBy}" on this list`);
  }
  const sorted = children.toSorted((a, b) => created(a).localeCompare(created(b)));
  return match[1]?.toLowerCase() === "desc" ? sorted.reverse() : sorted;
}
