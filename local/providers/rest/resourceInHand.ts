import { AsyncLocalStorage } from "node:async_hooks";

const urns = new AsyncLocalStorage<string>();

/** Names the resource that a request is made for, percent-encoded. Azure does not look at it. */
export const resourceHeader = "pulumi-urn";

/** Does something for one resource: every request that comes of it bears the resource's URN. */
export const withResource = <Result>(urn: string | undefined, work: () => Result): Result =>
  urn === undefined ? work() : urns.run(urn, work);

/** The header of the resource in hand; none where a request is made for no resource. */
export function headersOfResource(): Record<string, string> {
  const urn = urns.getStore();
  return urn === undefined ? {} : { [resourceHeader]: encodeURIComponent(urn) };
}
