import type { IncomingMessage, ServerResponse } from "node:http";
import type { IncomingRequest, RequestHead } from "../http/incoming";
import { hasBody, readBody } from "./requestBody";

/** A request at the gateway. What few requests need is made when it is asked for. */
export class ArrivingRequest implements IncomingRequest {
  private leaving: AbortController | undefined;

  constructor(
    private readonly req: IncomingMessage,
    private readonly res: ServerResponse,
    readonly head: RequestHead,
    private readonly beforeBody?: () => void,
  ) {}

  get hasBody(): boolean {
    return hasBody(this.req);
  }

  get gone(): AbortSignal {
    if (this.leaving === undefined) {
      const { res } = this;
      const leaving = new AbortController();
      this.leaving = leaving;
      if (res.destroyed) {
        leaving.abort();
      }
      res.on("close", () => {
        if (!res.writableEnded) {
          leaving.abort();
        }
      });
    }
    return this.leaving.signal;
  }

  readBody(): Promise<Buffer> {
    this.beforeBody?.();
    return readBody(this.req);
  }
}
