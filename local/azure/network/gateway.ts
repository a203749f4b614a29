import { createServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer, type Server as TlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { IncomingRequest, RequestHead } from "../http/incoming";
import type { AzureResponse } from "../http/message";
import { asMachine } from "../instanceMetadata/machine";
import { isAzureHost } from "./hosts";
import { ArrivingRequest } from "./arrivingRequest";
import { BrokenRequests } from "./brokenRequests";
import { pageBody, pageType } from "./frontDoorPages";
import { Outbox } from "./outbox";
import { headRefusal, requestHead } from "./requestHead";
import { send } from "./reply";

/** What the gateway hands each request to. */
export type Dispatch = (request: IncomingRequest) => Promise<AzureResponse>;

/** Hears of what a client asked of the proxy in vain: "CONNECT" of "example.org:443", or "GET" of a whole address. */
export type Refused = (method: string, address: string, status: 403 | 502) => void;

export interface GatewayOptions {
  readonly key: string;
  readonly certificate: string;
  /** Port of the proxy on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** Whether a host's name resolves. @default every name does */
  readonly resolves?: (host: string) => boolean;
  /** How long a request's head may take, and a whole request, in milliseconds. @default those of Node.js: 1 and 5 minutes */
  readonly timeouts?: {
    readonly headersTimeout: number;
    readonly requestTimeout: number;
    readonly connectionsCheckingInterval: number;
  };
}

const loopback = "127.0.0.1";

/**
 * The only way in: an HTTP proxy on 127.0.0.1 that knows only Azure's host names. Behind CONNECT stands TLS with
 * certificates for those names, so an unmodified client needs no more than a proxy and a CA. A client that knows no
 * CONNECT and hands its https address to the proxy, as axios did before its version 1, is answered as other proxies do.
 * Beside it, in plain HTTP as on Azure's hosts, machines find the tokens of their identities.
 */
export class Gateway {
  private readonly proxy: Server;
  private readonly tls: TlsServer;
  private readonly sockets = new Set<Duplex>();
  private readonly broken = new BrokenRequests();

  private constructor(
    private readonly options: GatewayOptions,
    dispatch: Dispatch,
    private readonly refused: Refused = () => undefined,
  ) {
    const http = { ...options.timeouts, requireHostHeader: false };
    this.tls = createTlsServer(
      { ...http, key: options.key, cert: options.certificate, ALPNProtocols: ["http/1.1"] },
      (req, res) => {
        this.broken.began(req, res);
        void answer(req, res, dispatch);
      },
    );
    this.tls.on("checkContinue", (req: IncomingMessage, res: ServerResponse) => {
      this.broken.began(req, res);
      // The body is asked for once it is needed.
      void answer(req, res, dispatch, {
        beforeBody: () => {
          res.writeContinue();
        },
      });
    });
    this.tls.keepAliveTimeout = 60_000;
    this.tls.on("secureConnection", readByStream);
    // It listens nowhere, but with this a server begins to look after slow connections.
    this.tls.emit("listening");
    this.broken.guard(this.tls, { isProxy: false });
    this.proxy = createServer(http, (req, res) => {
      this.broken.began(req, res);
      if (req.url?.startsWith("/machines/") === true) {
        void answer(req, res, dispatch, { head: (head) => asMachine(head) ?? head });
        return;
      }
      if (namesAzure(req)) {
        void answer(req, res, dispatch);
        return;
      }
      // A path alone is for the proxy itself: somebody asks whether it is there.
      if (URL.canParse(req.url ?? "")) {
        this.refused(req.method ?? "GET", req.url ?? "", 403);
      }
      res.writeHead(403, { "content-type": "text/plain" });
      res.end("Local Azure supports HTTPS only: its proxy accepts CONNECT requests.\n");
    });
    this.broken.guard(this.proxy, { isProxy: true });
    this.proxy.on("connect", (req: IncomingMessage, socket: Socket, head: Buffer) => this.connect(req, socket, head));
  }

  static async open(options: GatewayOptions, dispatch: Dispatch, refused?: Refused): Promise<Gateway> {
    const gateway = new Gateway(options, dispatch, refused);
    await new Promise<void>((resolve, reject) => {
      gateway.proxy.once("error", reject);
      gateway.proxy.listen(options.port, loopback, resolve);
    });
    return gateway;
  }

  get proxyUrl(): string {
    return `http://${loopback}:${(this.proxy.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.proxy.close(() => resolve()));
    for (const socket of this.sockets) {
      socket.destroy();
    }
    this.proxy.closeAllConnections();
    // It never listened, so there is nothing that can fail: this ends what looks after slow connections.
    this.tls.close(() => undefined);
    await closed;
  }

  private connect(req: IncomingMessage, socket: Socket, head: Buffer): void {
    const [host = "", port] = (req.url ?? "").toLowerCase().split(":");
    socket.on("error", () => socket.destroy());
    if (port !== "443" || !isAzureHost(host)) {
      const reason = `Local Azure does not emulate ${req.url ?? "that address"}, and it blocks all other hosts.`;
      this.refuse(req, socket, 403, reason);
      return;
    }
    if (this.options.resolves?.(host) === false) {
      this.refuse(req, socket, 502, `The name ${host} does not resolve.`);
      return;
    }
    this.sockets.add(socket);
    socket.on("close", () => this.sockets.delete(socket));
    socket.setNoDelay(true);
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    if (head.length > 0) {
      socket.unshift(head);
    }
    this.tls.emit("connection", socket);
  }

  private refuse(req: IncomingMessage, socket: Socket, status: 403 | 502, reason: string): void {
    this.refused("CONNECT", (req.url ?? "").replace(/^.*@/, ""), status);
    const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\ncontent-type: text/plain`;
    socket.resume();
    socket.end(`${head}\r\ncontent-length: ${Buffer.byteLength(reason) + 1}\r\n\r\n${reason}\n`);
  }
}

/**
 * Has a connection's data pass through its stream. Without a listener, Node.js hands decrypted data to its parser directly, even while
 * the connection is paused because the client has not read the last answer: the parser then refuses a request that is in order.
 */
function readByStream(socket: Duplex): void {
  socket.on("data", () => undefined);
}

/** Whether a request to the proxy names an https address of Azure's whole. */
function namesAzure({ url = "" }: IncomingMessage): boolean {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  return address?.protocol === "https:" && address.port === "" && isAzureHost(address.hostname);
}

/** How a request comes in, where that is not by a plain connection to its host. */
interface Arrival {
  /** The head that the services see. */
  readonly head?: (head: RequestHead) => RequestHead;
  /** Called before the body is read. */
  readonly beforeBody?: () => void;
}

const asItIs = (head: RequestHead): RequestHead => head;
const asItComes: Arrival = {};

const outbox = new Outbox();

async function answer(
  req: IncomingMessage,
  res: ServerResponse,
  dispatch: Dispatch,
  { head: seenAs = asItIs, beforeBody }: Arrival = asItComes,
): Promise<void> {
  const head = requestHead(req);
  const page = headRefusal(req, head);
  if (page !== undefined) {
    send(req, res, { status: page.status, headers: { "content-type": pageType }, body: pageBody(page) });
    return;
  }
  try {
    const response = await dispatch(new ArrivingRequest(req, res, seenAs(head), beforeBody));
    if (response.delivery === "lost") res.destroy();
    else if (response.delivery !== "silence") outbox.put(req, res, response);
  } catch {
    // The peer went away: there is nobody to tell.
    res.destroy();
  }
}
