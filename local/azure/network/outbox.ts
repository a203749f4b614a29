import type { IncomingMessage, ServerResponse } from "node:http";
import type { AzureResponse } from "../http/message";
import { send } from "./reply";

interface Answer {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly response: AzureResponse;
}

/**
 * Sends the answers of one turn of the event loop together, at its end. When each is sent as it comes, the client's process sleeps
 * between two of them, and to wake it takes longer than to answer: 50 clients at once would wait twice as long.
 */
export class Outbox {
  private waiting: Answer[] = [];

  put(req: IncomingMessage, res: ServerResponse, response: AzureResponse): void {
    if (this.waiting.length === 0) {
      setImmediate(() => {
        this.sendAll();
      });
    }
    this.waiting.push({ req, res, response });
  }

  private sendAll(): void {
    const { waiting } = this;
    this.waiting = [];
    for (const { req, res, response } of waiting) {
      try {
        send(req, res, response);
      } catch {
        // It can't be sent, or the peer went away: there is nobody to tell.
        res.destroy();
      }
    }
  }
}
