import type { Cloud } from "../cloud";
import type { Operation } from "../http/router";
import type { Service } from "../http/service";
import { GraphService } from "./graphService";

/** Microsoft Graph, v1.0 and beta. */
export function createGraph(cloud: Cloud): Service & { readonly operations: readonly Operation[] } {
  return new GraphService(cloud);
}
