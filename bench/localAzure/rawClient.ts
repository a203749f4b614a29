import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { connect as connectTcp } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";

/** Where a server is: by a proxy's CONNECT, or at a port of its own. */
export interface ServerAddress {
  readonly port: number;
  /** Whether the port is a proxy's. */
  readonly isProxy: boolean;
  readonly host: string;
  readonly ca: string;
}

/**
 * A client that keeps one connection, and does no more than a measurement needs: it writes a request made beforehand, and
 * reads an answer up to its content-length. So the server is what is measured.
 */
export class RawClient {
  private waiting: ((status: number) => void) | undefined;
  private received: Buffer = Buffer.alloc(0);
  /** Head and body of the last answer. */
  answer = { head: "", body: "" };

  private constructor(private readonly socket: TLSSocket) {
    socket.on("data", (data: Buffer) => {
      this.received = this.received.length === 0 ? data : Buffer.concat([this.received, data]);
      this.read();
    });
  }

  static async connect(server: ServerAddress): Promise<RawClient> {
    const tcp = server.isProxy ? await tunnel(server) : connectTcp(server.port, "127.0.0.1");
    tcp.setNoDelay(true);
    const socket = connectTls({ socket: tcp, servername: server.host, ca: server.ca });
    await once(socket, "secureConnect");
    return new RawClient(socket);
  }

  /** Sends a whole request; the status of its answer, once that is there whole. */
  send(bytes: Buffer): Promise<number> {
    return new Promise((resolve) => {
      this.waiting = resolve;
      this.socket.write(bytes);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private read(): void {
    const end = this.received.indexOf("\r\n\r\n");
    if (end === -1) {
      return;
    }
    const head = this.received.toString("latin1", 0, end);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (this.received.length >= end + 4 + length) {
      this.answer = { head, body: this.received.toString("latin1", end + 4) };
      this.received = Buffer.alloc(0);
      this.waiting?.(Number(head.slice(9, 12)));
    }
  }
}

async function tunnel({ port, host }: ServerAddress): Promise<Socket> {
  const asked = request({ host: "127.0.0.1", port, method: "CONNECT", path: `${host}:443` });
  asked.end();
  const [, socket] = (await once(asked, "connect")) as [IncomingMessage, Socket];
  return socket;
}
