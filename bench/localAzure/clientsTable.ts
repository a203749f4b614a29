import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { identities, resourceGroupId, tenant } from "../../local/azure/landingZone/layout";
import { markdownTable, median, milliseconds, ratio } from "../report/table";
import { RawClient, type ServerAddress } from "./rawClient";
import type { Answer, ServerReady } from "./server";

const clientCounts = [1, 50, 1000] as const;
/** Each measures both servers by turns, so that whatever else the machine does slows both. */
const rounds = 5;
const requestsPerRound = (clients: number): number => (clients === 1 ? 1000 : 6000);

interface Question {
  readonly name: string;
  readonly host: string;
  readonly request: Buffer;
  readonly floor: "answer" | "signature";
}

/** Latency of local Azure beside that of a bare Node.js server, with as many clients at once, each in a process of its own. */
export async function clientsTable(progress: (line: string) => void): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), "bench-clients-"));
  const azure = await start("azure", directory);
  const ca = readFileSync(join(directory, "certificates", "ca.pem"), "utf8");
  const at = (host: string): ServerAddress => ({ port: azure.port, isProxy: true, host, ca });
  const rows: string[][] = [];
  try {
    for (const question of await questions(at, azure.secret ?? "")) {
      const answer = await answerTo(at(question.host), question.request);
      const floor = await start(question.floor, directory, answer);
      const bare: ServerAddress = { port: floor.port, isProxy: false, host: question.host, ca };
      for (const clients of clientCounts) {
        progress(`${question.name}, ${clients} at once`);
        const [ours, floors] = await compared(question, clients, at(question.host), bare);
        rows.push([
          `${question.name}, ${clients} at once`,
          milliseconds(ours),
          milliseconds(floors),
          ratio(ours, floors),
        ]);
      }
      floor.process.kill();
    }
  } finally {
    azure.process.kill();
    await once(azure.process, "exit");
    rmSync(directory, { recursive: true, force: true });
  }
  return markdownTable(
    [`latency by clients, median of ${rounds} rounds`, "local Azure", "bare Node.js", "ratio"],
    rows,
  );
}

async function compared(
  { request }: Question,
  clients: number,
  ours: ServerAddress,
  floor: ServerAddress,
): Promise<[number, number]> {
  const medians: Record<"ours" | "floor", number[]> = { ours: [], floor: [] };
  const both = {
    ours: await Promise.all(Array.from({ length: clients }, () => RawClient.connect(ours))),
    floor: await Promise.all(Array.from({ length: clients }, () => RawClient.connect(floor))),
  };
  for (let round = 0; round <= rounds; round += 1) {
    for (const which of round % 2 === 0 ? (["ours", "floor"] as const) : (["floor", "ours"] as const)) {
      const latency = await load(both[which], request, requestsPerRound(clients));
      // The first round warms both.
      if (round > 0) {
        medians[which].push(latency);
      }
    }
  }
  for (const client of [...both.ours, ...both.floor]) {
    client.close();
  }
  return [median(medians.ours), median(medians.floor)];
}

/** Median latency of so many requests, each client sending the next one when it has its answer. */
async function load(clients: readonly RawClient[], request: Buffer, requests: number): Promise<number> {
  const latencies: number[] = [];
  await Promise.all(
    clients.map(async (client) => {
      for (let sent = 0; sent < requests / clients.length; sent += 1) {
        const started = performance.now();
        const status = await client.send(request);
        if (status !== 200) {
          throw new Error(`answered ${status}`);
        }
        latencies.push(performance.now() - started);
      }
    }),
  );
  return median(latencies);
}

async function start(
  kind: "azure" | Question["floor"],
  directory: string,
  answer?: Answer,
): Promise<ServerReady & { readonly process: ChildProcess }> {
  const child = fork(join(__dirname, "server.ts"), [kind, directory, JSON.stringify(answer ?? {})], {
    execArgv: ["-r", "tsx/cjs"],
  });
  const [ready] = (await once(child, "message")) as [ServerReady];
  return { ...ready, process: child };
}

async function questions(at: (host: string) => ServerAddress, secret: string): Promise<readonly Question[]> {
  const login = "login.microsoftonline.com";
  const token = (resource: string): Buffer => {
    const body = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: identities.administrator.clientId,
      client_secret: secret,
      scope: `${resource}/.default`,
    }).toString();
    return requestOf(
      "POST",
      login,
      `/${tenant.id}/oauth2/v2.0/token`,
      "content-type: application/x-www-form-urlencoded",
      body,
    );
  };
  const authorization = async (resource: string): Promise<string> => {
    const body = JSON.parse((await answerTo(at(login), token(resource))).body) as { access_token: string };
    return `authorization: Bearer ${body.access_token}`;
  };
  const arm = "management.azure.com";
  const graph = "graph.microsoft.com";
  const group = `${resourceGroupId("rg-daemons")}?api-version=2024-03-01`;
  return [
    {
      name: "ARM: read a resource group",
      host: arm,
      request: requestOf("GET", arm, group, await authorization(`https://${arm}`)),
      floor: "answer",
    },
    {
      name: "Graph: list applications",
      host: graph,
      request: requestOf("GET", graph, "/v1.0/applications?$top=1", await authorization(`https://${graph}`)),
      floor: "answer",
    },
    { name: "Entra: issue a token", host: login, request: token(`https://${graph}`), floor: "signature" },
  ];
}

const requestOf = (method: string, host: string, path: string, header: string, body = ""): Buffer =>
  Buffer.from(
    [`${method} ${path} HTTP/1.1`, `host: ${host}`, header, `content-length: ${body.length}`, "", body].join("\r\n"),
  );

async function answerTo(server: ServerAddress, request: Buffer): Promise<Answer> {
  const client = await RawClient.connect(server);
  await client.send(request);
  client.close();
  const { head, body } = client.answer;
  const headers = head
    .split("\r\n")
    .slice(1)
    .map((line) => line.split(/: (.*)/, 2) as [string, string])
    .filter(([name]) => !["date", "connection", "keep-alive"].includes(name.toLowerCase()));
  return { headers, body };
}
