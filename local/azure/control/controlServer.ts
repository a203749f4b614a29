import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { routeControl, type Controlled, type ControlReply } from "./controlRoutes";

/** How the control address is reached. */
export interface ControlAddress {
  /** For example http://127.0.0.1:43211. */
  readonly url: string;
  /** The file that holds the bearer token of this run, for its owner alone. */
  readonly tokenFile: string;
}

/** A control address at work. */
export interface ControlServer {
  readonly address: ControlAddress;
  close(): Promise<void>;
}

const loopback = "127.0.0.1";
const longestBody = 1024 * 1024;

/**
 * Opens the control address. Other users of this machine reach loopback too, and so do pages in a browser: a caller shows the token
 * that only the owner of the state can read, a page (which sends Origin) is refused, and so is a Host that is not loopback.
 */
export async function openControl(
  azure: Controlled,
  { port, tokenFile }: { readonly port: number; readonly tokenFile: string },
): Promise<ControlServer> {
  const token = randomBytes(32).toString("base64url");
  const server = createServer((request, response) => {
    void reply(azure, token, request).then((told) => {
      send(response, told);
    });
  });
  await listen(server, port);
  rmSync(tokenFile, { force: true });
  writeFileSync(tokenFile, `${token}\n`, { mode: 0o600 });
  return {
    address: { url: `http://${loopback}:${(server.address() as AddressInfo).port}`, tokenFile },
    close: async () => {
      rmSync(tokenFile, { force: true });
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, loopback, resolve);
  });

const refusal = (status: number, error: string): ControlReply => ({ status, body: { error } });

async function reply(azure: Controlled, token: string, request: IncomingMessage): Promise<ControlReply> {
  const { origin, host = "", authorization = "" } = request.headers;
  if (origin !== undefined || !/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) {
    return refusal(
      403,
      "The control address takes no request from a web page: it has an Origin, or a Host that is not loopback.",
    );
  }
  if (!isSame(authorization, `Bearer ${token}`)) {
    return refusal(
      401,
      "Send the header Authorization: Bearer <token>, with the token in the file control.token of the state directory.",
    );
  }
  const body = await bodyOf(request).catch(() => undefined);
  if (body === undefined) return refusal(413, "The body has more than 1 MiB.");
  return routeControl(azure, {
    method: request.method ?? "GET",
    path: new URL(request.url ?? "/", "http://control").pathname,
    body,
  });
}

const isSame = (given: string, wanted: string): boolean => timingSafeEqual(digest(given), digest(wanted));

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > longestBody) throw new Error("too long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, { status, body }: ControlReply): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
  response.end(`${JSON.stringify(body, undefined, 2)}\n`);
}
