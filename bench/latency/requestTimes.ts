import type { AzureRequest, AzureResponse } from "../../local/azure/http/message";
import type { RequestRecord } from "../../local/azure/network/requestLog";
import { resourceHeader } from "../../local/providers/rest/resourceInHand";
import type { Step } from "./criticalPath";

/** A resource as the engine's state has it, as far as the order of resources goes. */
export interface StateResource {
  readonly urn: string;
  readonly dependencies?: readonly string[];
}

/** Adds up, for each resource, what Azure makes its requests wait. */
export class RequestTimes {
  private readonly byUrn = new Map<string, number>();

  /** Listens to the request log. */
  readonly add = (record: RequestRecord, request: AzureRequest, response: AzureResponse): void => {
    const urn = request.headers[resourceHeader];
    if (typeof urn === "string") {
      const name = decodeURIComponent(urn);
      this.byUrn.set(name, (this.byUrn.get(name) ?? 0) + (record.delay ?? 0) + toldWait(response));
    }
  };

  /** The resources of a state, each with its time and with what it depends on. */
  steps(resources: readonly StateResource[]): readonly Step[] {
    return resources.map(({ urn, dependencies = [] }) => ({
      urn,
      time: this.byUrn.get(urn) ?? 0,
      after: dependencies,
    }));
  }
}

/** Milliseconds that an answer tells the client to wait before it looks again. */
const toldWait = ({ headers }: AzureResponse): number => Number(headers?.["retry-after-ms"] ?? 0);
