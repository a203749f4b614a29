import { once } from "node:events";
import { readFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gatewayCertificates } from "../../../../local/azure/network/certificates";
import { Gateway } from "../../../../local/azure/network/gateway";
import { exchange, openConnection, openProxy, type Door, type Exchanged } from "./support/exchange";

const host = "graph.microsoft.com";
const crlf = "\r\n";
const get = (path: string): string => `GET ${path} HTTP/1.1${crlf}host: ${host}${crlf}${crlf}`;

let directory: string;
let gateway: Gateway;
let door: Door;
let refused: [method: string, address: string][];
/** Lets the request to /slow be answered. */
const gate = { open: (): void => undefined };
const opened = new Promise<void>((resolve) => {
  gate.open = () => {
    resolve();
  };
});

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "broken-"));
  const certificates = await gatewayCertificates(join(directory, "certificates"), new Date());
  // Long enough for 200 handshakes on a busy machine.
  const timeouts = { headersTimeout: 6_000, requestTimeout: 7_000, connectionsCheckingInterval: 200 };
  gateway = await Gateway.open(
    { ...certificates, port: 0, timeouts },
    async (request) => {
      if (request.head.path === "/slow") await opened;
      if (request.hasBody) await request.readBody();
      return { status: 200, body: request.head.path };
    },
    (method, address) => refused.push([method, address]),
  );
  door = { proxyUrl: gateway.proxyUrl, ca: await readFile(certificates.caFile, "utf8") };
});
beforeEach(() => {
  refused = [];
});
afterAll(async () => {
  await gateway.close();
  await rm(directory, { recursive: true, force: true });
});

const send = async (text: string, ends = false): Promise<Exchanged> =>
  exchange(await openConnection(door, host), Buffer.from(text, "latin1"), ends);

it.each([
  ["an unknown verb", `FETCH / HTTP/1.1${crlf}host: ${host}${crlf}${crlf}`, 400, "The request verb is invalid."],
  ["a tunnel", `CONNECT ${host}:443 HTTP/1.1${crlf}host: ${host}${crlf}${crlf}`, 400, "The request verb is invalid."],
  [
    "a header without a colon",
    `GET / HTTP/1.1${crlf}host: ${host}${crlf}nonsense${crlf}${crlf}`,
    400,
    "invalid header name",
  ],
  [
    "headers that are too long",
    `GET / HTTP/1.1${crlf}host: ${host}${crlf}x: ${"a".repeat(20_000)}${crlf}${crlf}`,
    400,
    "request headers is too long",
  ],
  ["no host", `GET / HTTP/1.1${crlf}${crlf}`, 400, "The request hostname is invalid."],
  [
    "two hosts",
    `GET / HTTP/1.1${crlf}host: ${host}${crlf}host: ${host}${crlf}${crlf}`,
    400,
    "The request hostname is invalid.",
  ],
  ["a broken percent-code", get("/a%zz"), 400, "The request URL is invalid."],
  ["HTTP/2 as text", `GET / HTTP/2.0${crlf}host: ${host}${crlf}${crlf}`, 505, "not supported"],
  [
    "a content-length beside a transfer-encoding",
    `POST / HTTP/1.1${crlf}host: ${host}${crlf}content-length: 5${crlf}transfer-encoding: chunked${crlf}${crlf}0${crlf}${crlf}`,
    400,
    "The request is badly formed.",
  ],
])("refuses %s as Azure's front doors do, and closes the connection", async (_, text, status, sentence) => {
  const answer = await send(text);
  expect(answer).toMatchObject({ status, end: "answered" });
  expect(answer.head).toContain("text/html");
  expect(answer.body).toContain(sentence);
});

it("takes an address that names the host whole", async () => {
  expect(await send(get(`https://${host}/a?b`))).toMatchObject({ status: 200, body: "/a" });
});

it("answers a client that reads only once it has sent all, where a reset would take the answer from it", async () => {
  const socket = await openConnection(door, host);
  socket.write(`FETCH / HTTP/1.1${crlf}`);
  socket.write(Buffer.alloc(8 * 1024 * 1024, "a"));
  await once(socket, "drain");
  expect(await exchange(socket, Buffer.alloc(0), false)).toMatchObject({ status: 400, end: "answered" });
});

it("answers what came before a broken request first", async () => {
  const socket = await openConnection(door, host);
  let received = "";
  socket.on("data", (data) => {
    received += data.toString("latin1");
  });
  socket.write(`${get("/slow")}FETCH / HTTP/1.1${crlf}${crlf}`);
  // The server has read both once it answers another connection that began later.
  expect(await send(get("/b"))).toMatchObject({ status: 200 });
  gate.open();
  await once(socket, "close");
  expect([...received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(["200", "400"]);
});

it("answers 200 slow connections with 408 in time, and others meanwhile", async () => {
  const kinds = [
    { text: "", open: openConnection },
    { text: `GET / HTTP/1.1${crlf}host: `, open: openConnection },
    { text: `POST / HTTP/1.1${crlf}host: ${host}${crlf}content-length: 10${crlf}${crlf}hello`, open: openConnection },
    { text: `CONNECT ${host}:443 HTTP/1.1`, open: openProxy },
  ];
  const slow = Array.from({ length: 50 }, () => kinds).flat();
  const answers = slow.map(async ({ text, open }) => exchange(await open(door, host), Buffer.from(text), false));
  expect(await send(get("/a"))).toMatchObject({ status: 200 });
  const ends = (await Promise.all(answers)).map(({ status, end }) => `${status ?? 0} ${end}`);
  expect({ ends: ends.length, kinds: [...new Set(ends)] }).toEqual({ ends: 200, kinds: ["408 answered"] });
});

describe("CONNECT to elsewhere", () => {
  const connect = async (address: string): Promise<Exchanged> =>
    exchange(
      await openProxy(door),
      Buffer.from(`CONNECT ${address} HTTP/1.1${crlf}host: ${address}${crlf}${crlf}`),
      false,
    );

  it.each([
    "example.org:443",
    "graph.microsoft.com:80",
    "graph.microsoft.com.example.org:443",
    "127.0.0.1:443",
    "[::1]:443",
  ])("is refused: %s", async (address) => {
    expect(await connect(address)).toMatchObject({ status: 403, end: "answered" });
    expect(refused).toEqual([["CONNECT", address]]);
  });

  it("is told without the user's name and password that an address may hold", async () => {
    await connect("user:secret@example.org:443");
    expect(refused).toEqual([["CONNECT", "example.org:443"]]);
  });
});
