import type { AzureRequest, AzureResponse } from "../http/message";
import type { Operation } from "../http/router";
import type { StoreRequest } from "./storeRequest";

export interface StoreRoute {
  /** In capitals. */
  readonly operation: string;
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  /** A call of Azure's own, beside Hadoop's: it has a root of its own. */
  readonly isExtended?: boolean;
  readonly handle: (store: StoreRequest) => AzureResponse;
}

const host = "https://{account}.azuredatalakestore.net";
const roots = { plain: "/webhdfs/v1/", extended: "/webhdfsext/" } as const;

/** The part of a request's path after the root of WebHDFS; undefined where it has another root. */
export function pathBelowRoot(path: string): { readonly isExtended: boolean; readonly path: string } | undefined {
  const lower = `${path.toLowerCase()}/`;
  const name = (["plain", "extended"] as const).find((each) => lower.startsWith(roots[each]));
  return name === undefined ? undefined : { isExtended: name === "extended", path: path.slice(roots[name].length) };
}

/** WebHDFS tells its calls apart by the parameter OP, in either case, and the method. */
export class StoreRouter {
  readonly operations: readonly Operation[];

  constructor(private readonly routes: readonly StoreRoute[]) {
    this.operations = routes.map(({ operation, method, isExtended = false }) => ({
      method,
      path: `${host}${isExtended ? roots.extended : roots.plain}{path}?op=${operation}`,
    }));
  }

  find({ method }: AzureRequest, operation: string | undefined, isExtended: boolean): StoreRoute | undefined {
    return this.routes.find(
      (route) =>
        route.operation === operation?.toUpperCase() &&
        route.method === method &&
        (route.isExtended ?? false) === isExtended,
    );
  }
}
