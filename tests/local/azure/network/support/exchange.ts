import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";

export interface Door {
  readonly proxyUrl: string;
  readonly ca: string;
}

/** What came back on a connection. */
export interface Exchanged {
  /** Undefined where nothing came: the connection was closed, reset, or stayed open without a word. */
  readonly status: number | undefined;
  readonly head: string;
  readonly body: string;
  readonly end: "answered" | "closed" | "reset" | "silent";
}

/** Longer than any answer takes on a busy machine. */
const silentAfter = 30_000;

/** A TLS connection to one of Azure's hosts. */
export async function openConnection({ proxyUrl, ca }: Door, host: string): Promise<Socket> {
  const asked = request({ ...addressOf(proxyUrl), method: "CONNECT", path: `${host}:443` });
  asked.end();
  const [, tunnel] = (await once(asked, "connect")) as [IncomingMessage, Socket];
  const socket = connectTls({ socket: tunnel, servername: host, ca });
  await once(socket, "secureConnect");
  return socket;
}

/** A plain connection to the proxy itself. */
export async function openProxy({ proxyUrl }: Door): Promise<Socket> {
  const { host, port } = addressOf(proxyUrl);
  const socket = connectTcp(port, host);
  await once(socket, "connect");
  return socket;
}

/** Sends bytes, and reads until the first answer is whole. @param ends whether the client sends no more: what it sent is cut off */
export function exchange(socket: Socket, bytes: Buffer, ends: boolean): Promise<Exchanged> {
  return new Promise((resolve) => {
    let received = Buffer.alloc(0);
    const settle = (end: Exchanged["end"]): void => {
      clearTimeout(timer);
      resolve({ ...parsed(received), end });
      socket.destroy();
    };
    const timer = setTimeout(() => {
      settle("silent");
    }, silentAfter);
    socket.on("data", (data) => {
      received = Buffer.concat([received, data]);
      if (isWhole(received)) settle("answered");
    });
    socket.on("error", () => {
      settle("reset");
    });
    socket.on("close", () => {
      settle("closed");
    });
    if (ends) socket.end(bytes);
    else socket.write(bytes);
  });
}

function isWhole(received: Buffer): boolean {
  const end = received.indexOf("\r\n\r\n");
  const length = /\r\ncontent-length: (\d+)/i.exec(received.toString("latin1", 0, Math.max(end, 0)))?.[1];
  return end !== -1 && received.length >= end + 4 + Number(length ?? 0);
}

function parsed(received: Buffer): Omit<Exchanged, "end"> {
  const [head = "", ...body] = received.toString("latin1").split("\r\n\r\n");
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1];
  return { status: status === undefined ? undefined : Number(status), head, body: body.join("\r\n\r\n") };
}

function addressOf(proxyUrl: string): { readonly host: string; readonly port: number } {
  const { hostname, port } = new URL(proxyUrl);
  return { host: hostname, port: Number(port) };
}
