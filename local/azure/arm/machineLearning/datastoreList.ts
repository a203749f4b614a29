import { queryParameter, type AzureRequest } from "../../http/message";
import { invalidQueryParameter } from "../errors";
import { childBody, type WorkspaceChild } from "./workspaceChildren";

/** The query options of the list of datastores, which has its own. */
export const datastoreListOptions = ["isDefault", "count", "orderByAsc", "$skip"];

const defaultCount = 30;

/** A page of datastores, the newest first unless `orderByAsc` says otherwise. */
export function datastorePage(request: AzureRequest, datastores: readonly WorkspaceChild[]): object {
  const wanted = queryParameter(request, "isDefault")?.toLowerCase();
  const count = wholeNumber(request, "count", defaultCount);
  const skip = wholeNumber(request, "$skip", 0);
  const direction = queryParameter(request, "orderByAsc")?.toLowerCase() === "true" ? 1 : -1;
  const ordered = datastores
    .filter(({ properties }) => wanted === undefined || String(properties["isDefault"]) === wanted)
    .toSorted((a, b) => direction * a.systemData.createdAt.localeCompare(b.systemData.createdAt));
  const value = ordered.slice(skip, skip + count).map((each) => childBody(each));
  return { value, ...(skip + count < ordered.length && { nextLink: nextLink(request, skip + count) }) };
}

function wholeNumber(request: AzureRequest, name: string, otherwise: number): number {
  const given = queryParameter(request, name);
  if (given !== undefined && !/^\d{1,9}$/.test(given)) {
    throw invalidQueryParameter(name, "It must be a whole number.");
  }
  return given === undefined ? otherwise : Number(given);
}

function nextLink(request: AzureRequest, skip: number): string {
  const query = new URLSearchParams(request.query);
  query.set("$skip", String(skip));
  return `https://${request.host}${request.path}?${query.toString()}`;
}
