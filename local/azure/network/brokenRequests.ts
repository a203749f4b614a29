import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { pageBytes, pageOfError, pages, type FrontDoorPage } from "./frontDoorPages";

/** How long a refused client may take to read its answer, in milliseconds. */
const lingerMilliseconds = 2_000;

interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

/**
 * Answers what is no proper HTTP request as Azure does, and closes the connection then. Node.js by itself resets it while the
 * client still sends, and a client that is reset may never get to read its answer.
 */
export class BrokenRequests {
  private readonly exchanges = new WeakMap<Duplex, Exchange>();
  private readonly refused = new WeakSet<Duplex>();

  /** Takes over the errors of a server's clients, and the requests for a tunnel if it has none to give. */
  guard(server: Server, { isProxy }: { readonly isProxy: boolean }): void {
    server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
      const page = pageOfError(error);
      if (page === undefined) {
        socket.destroy();
      } else {
        this.refuseInTurn(socket, page);
      }
    });
    if (!isProxy) {
      server.on("connect", (_req: IncomingMessage, socket: Duplex) => {
        this.refuseInTurn(socket, pages.verb);
      });
    }
  }

  /** Remembers what is being answered on a connection: nothing else may be answered before. */
  began(req: IncomingMessage, res: ServerResponse): void {
    this.exchanges.set(req.socket, { req, res });
  }

  private refuseInTurn(socket: Duplex, page: FrontDoorPage): void {
    if (this.refused.has(socket)) {
      return;
    }
    this.refused.add(socket);
    const { req, res } = this.exchanges.get(socket) ?? {};
    if (req === undefined || res === undefined || res.writableFinished) {
      close(socket, page);
    } else if (req.complete) {
      // It is the next request that is broken.
      res.once("finish", () => {
        close(socket, page);
      });
    } else if (res.headersSent) {
      close(socket);
    } else {
      close(socket, page);
    }
  }
}

function close(socket: Duplex, page?: FrontDoorPage): void {
  socket.on("error", () => socket.destroy());
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(page === undefined ? undefined : pageBytes(page));
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), lingerMilliseconds);
  timer.unref();
  socket.once("close", () => {
    clearTimeout(timer);
  });
}
