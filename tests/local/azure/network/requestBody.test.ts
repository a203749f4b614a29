import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { request, type ClientRequest, type IncomingMessage } from "node:http";
import { request as tlsRequest } from "node:https";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { connect } from "node:tls";
import { maxBodyBytes, readBody } from "../../../../local/azure/network/requestBody";
import { resourceGroupId } from "../../../../local/azure/landingZone/layout";
import { LocalAzureForTests } from "../../../support/localAzure";
import { openConnection } from "./support/exchange";

let azure: LocalAzureForTests;
let token: string;

beforeAll(async () => {
  azure = await LocalAzureForTests.open();
  token = await azure.token("administrator", "https://management.azure.com/.default");
});
afterAll(() => azure.close());

const group = (name: string): string => `https://management.azure.com${resourceGroupId(name)}?api-version=2024-03-01`;

/** A request that announces a body and sends none of it. */
async function announced(
  url: string,
  { authorization, bytes }: { authorization?: string; bytes: number },
): Promise<{ status: number | undefined; body: string }> {
  const { hostname, port } = new URL(azure.azure.proxyUrl);
  const asked = request({
    hostname,
    port,
    path: url,
    method: "PUT",
    headers: {
      host: new URL(url).host,
      "content-length": bytes,
      ...(authorization === undefined ? {} : { authorization }),
    },
  });
  asked.flushHeaders();
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  const body = await text(answer);
  asked.destroy();
  return { status: answer.statusCode, body };
}

describe("a request that is refused needs no body", () => {
  it.each([
    ["Resource Manager", group("rg-new")],
    ["Microsoft Graph", "https://graph.microsoft.com/v1.0/applications/1"],
  ])("by %s, where the caller is not known", async (_, url) => {
    const { status } = await announced(url, { bytes: 1000 });
    expect(status).toBe(401);
  });

  it("where the caller has no right", async () => {
    const stranger = await azure.token("stranger", "https://management.azure.com/.default");
    const url = group("rg-new");
    expect((await announced(url, { authorization: `Bearer ${stranger}`, bytes: 1000 })).status).toBe(403);
  });
});

it("answers 413 to a body that is announced as too long, and says how long it may be", async () => {
  const { status, body } = await announced(group("rg-new"), {
    authorization: `Bearer ${token}`,
    bytes: maxBodyBytes + 1,
  });
  expect(status).toBe(413);
  expect(JSON.parse(body)).toEqual({
    error: { code: "RequestBodyTooLarge", message: "Local Azure takes request bodies of up to 256 MiB." },
  });
});

it("stops keeping a body that turns out too long, and reads on so that the client gets its answer", async () => {
  const req = Object.assign(new PassThrough(), { headers: { "transfer-encoding": "chunked" } });
  const read = readBody(req as unknown as IncomingMessage);
  const refused = expect(read).rejects.toThrow(`The body has more than ${maxBodyBytes} bytes.`);
  const chunk = Buffer.alloc(4 * 1024 * 1024);
  for (let sent = 0; sent <= maxBodyBytes; sent += chunk.length) {
    if (!req.write(chunk)) await once(req, "drain");
  }
  await refused;
  req.end();
  await once(req, "end");
});

describe("Expect: 100-continue", () => {
  async function throughTunnel(url: string, authorization: string): Promise<ClientRequest> {
    const { hostname, port } = new URL(azure.azure.proxyUrl);
    const { host } = new URL(url);
    const tunnel = request({ hostname, port, method: "CONNECT", path: `${host}:443` });
    tunnel.end();
    const [, socket] = (await once(tunnel, "connect")) as [IncomingMessage, PassThrough];
    const ca = await readFile(azure.azure.caFile, "utf8");
    return tlsRequest(url, {
      method: "PUT",
      headers: { authorization, expect: "100-continue", "content-type": "application/json", "content-length": 25 },
      createConnection: () => connect({ socket, servername: host, ca }),
    });
  }

  it("is answered with 100 once the body is needed", async () => {
    const asked = await throughTunnel(group("rg-continued"), `Bearer ${token}`);
    asked.flushHeaders();
    await once(asked, "continue");
    const responded = once(asked, "response") as Promise<[IncomingMessage]>;
    asked.end('{"location":"westeurope"}');
    const [answer] = await responded;
    answer.resume();
    expect(answer.statusCode).toBe(201);
    asked.destroy();
  });

  it("is answered with the refusal alone, where there is one", async () => {
    const asked = await throughTunnel(group("rg-refused"), "Bearer nonsense");
    let isContinued = false;
    asked.on("continue", () => {
      isContinued = true;
    });
    asked.flushHeaders();
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    answer.resume();
    expect({ status: answer.statusCode, isContinued }).toEqual({ status: 401, isContinued: false });
    asked.destroy();
  });
});

it("takes a long body on a connection whose last answer the client has not read yet", async () => {
  const answer = { status: 200, body: "x".repeat(16 * 1024 * 1024) };
  azure.azure.faults.add({ matches: ({ path }) => path === "/long", answer, times: 1 });
  const host = "management.azure.com";
  const door = { proxyUrl: azure.azure.proxyUrl, ca: await readFile(azure.azure.caFile, "utf8") };
  const socket = await openConnection(door, host);
  socket.write(`GET /long HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  await once(socket, "readable");
  const { pathname, search } = new URL(group("rg-after-long"));
  const body = `{"location":"westeurope"}${" ".repeat(1024 * 1024)}`;
  const head = [
    `PUT ${pathname}${search} HTTP/1.1`,
    `Host: ${host}`,
    `Authorization: Bearer ${token}`,
    "Content-Type: application/json",
    `Content-Length: ${body.length}`,
    "Connection: close",
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
  const second = (await text(socket)).split(/x{1000}/).at(-1);
  expect(second).toMatch(/^x*HTTP\/1\.1 201 Created\r\n/);
});
