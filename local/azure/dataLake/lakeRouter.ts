import type { AzureResponse } from "../http/message";
import type { Operation } from "../http/router";
import { query, type LakeRequest, type Target } from "./lakeRequest";
import type { Endpoint } from "./refusal";

export interface LakeRoute {
  readonly endpoint: Endpoint;
  readonly method: "GET" | "HEAD" | "PUT" | "PATCH" | "POST" | "DELETE";
  readonly level: Target["level"];
  /** Query parameters the call is known by; `null` where it is known by not having one. */
  readonly query?: Readonly<Record<string, string | null>>;
  /** Further query parameters that the call understands; `name=value` where it understands this value alone. */
  readonly options?: readonly string[];
  /** Headers of storage that no other call understands. */
  readonly headers?: readonly string[];
  readonly handle: (lake: LakeRequest) => AzureResponse | Promise<AzureResponse>;
}

const hosts: Readonly<Record<Endpoint, string>> = {
  dfs: "https://{account}.dfs.core.windows.net",
  blob: "https://{account}.blob.core.windows.net",
};
const levels: Readonly<Record<Target["level"], string>> = {
  account: "/",
  fileSystem: "/{filesystem}",
  path: "/{filesystem}/{path}",
};

/** Storage tells its calls apart by query parameters rather than by paths. The first route that fits answers. */
export class LakeRouter {
  readonly operations: readonly Operation[];

  constructor(private readonly routes: readonly LakeRoute[]) {
    this.operations = routes.map(({ endpoint, method, level, query: known = {} }) => {
      const parameters = Object.entries(known).filter(([, value]) => value !== null);
      const text = parameters.map(([name, value]) => `${name}=${value ?? ""}`).join("&");
      return { method, path: `${hosts[endpoint]}${levels[level]}${text === "" ? "" : `?${text}`}` };
    });
  }

  find(lake: LakeRequest, level: Target["level"]): LakeRoute | undefined {
    return this.routes.find(
      (route) =>
        route.endpoint === lake.endpoint &&
        route.method === lake.request.method &&
        route.level === level &&
        Object.entries(route.query ?? {}).every(
          ([name, value]) => (query(lake, name)?.toLowerCase() ?? null) === (value?.toLowerCase() ?? null),
        ),
    );
  }
}
