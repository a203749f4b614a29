import type { AzureResponse } from "../http/message";
import type { ProviderPart, ResourcePath } from "./resourcePath";

/** Whether a request lists the resources of one type in a subscription or a resource group. */
export const listsResources = (method: string, { providers }: ResourcePath, { types, names }: ProviderPart): boolean =>
  method === "GET" && providers.length === 1 && types.length === 1 && names.length === 0;

/**
 * A list for somebody who may not read all of it: Resource Manager leaves in it what the caller may read, judged by the
 * ID of each resource. Undefined where an entry has none, and so can't be judged.
 */
export function readableList(response: AzureResponse, mayRead: (id: string) => boolean): AzureResponse | undefined {
  const { value } = response.body as { readonly value?: readonly { readonly id?: unknown }[] };
  if (value === undefined || value.some(({ id }) => typeof id !== "string")) {
    return undefined;
  }
  return { ...response, body: { ...(response.body as object), value: value.filter(({ id }) => mayRead(String(id))) } };
}
