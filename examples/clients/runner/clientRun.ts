import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { connectionVariables, identityVariables } from "../../../local/environment";
import type { RequestRecord } from "../../../local/azure/network/requestLog";
import type { Client, ExpectedCall } from "./catalogue";
import type { Deployment } from "./deployment";
import type { Environment } from "./environments/environment";
import { lastLines, reason, run, type Ended } from "./environments/process";

/** How long a client may take: one that waits for a host it never reaches must not hold up the others. */
const longestMs = 300_000;

/** One request that a client made. */
export interface Call {
  readonly service: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly status: number;
  /** Where local Azure has no such operation, or the host is none of Azure's. */
  readonly unknown?: true;
}

/** How a client's run went. */
export interface ClientResult {
  readonly client: string;
  readonly language: Client["language"];
  readonly versions: readonly string[];
  readonly result: "passed" | "failed" | "not run";
  /** What it printed last, or why it failed or was not run. */
  readonly found: string;
  readonly calls: readonly Call[];
  readonly seconds: number;
}

/** Runs a client by an entrance of its own, so that its calls can be told from those of others. */
export async function runClient(
  deployment: Deployment,
  vaultUri: string,
  client: Client,
  environment: Environment,
  interrupted: AbortSignal,
): Promise<ClientResult> {
  const { azure } = deployment;
  const calls: Call[] = [];
  const started = performance.now();
  const stop = azure.requests.listen((record) => {
    if (record.client === client.name) calls.push(callOf(record));
  });
  const entrance = await azure.openEntrance(client.name);
  try {
    const scratch = mkdtempSync(join(deployment.directory, `${client.name}-`));
    const connection = { proxyUrl: entrance.proxyUrl, caFile: azure.caFile };
    const { command, args, cwd } = await environment.launch(connection, scratch);
    const env = {
      PATH: process.env["PATH"] ?? "",
      HOME: scratch,
      ...connectionVariables(connection),
      ...identityVariables(client.as ?? "consumer", deployment.secretOf(client.as ?? "consumer")),
      VAULT_URL: vaultUri,
      DAEMON: client.name,
    };
    const signal = AbortSignal.any([interrupted, AbortSignal.timeout(longestMs)]);
    const ended = deployment.withoutSecrets(await run(command, args, { cwd, env, signal }));
    const failure = failureOf(client, ended, calls);
    return {
      client: client.name,
      language: client.language,
      versions: environment.versions,
      result: failure === undefined ? "passed" : "failed",
      found: failure ?? lastLines({ ...ended, stderr: "" }, 1),
      calls,
      seconds: (performance.now() - started) / 1000,
    };
  } finally {
    stop();
    await entrance.close();
  }
}

/** Why a run is no success; undefined where it is one. */
export function failureOf(client: Client, ended: Ended, calls: readonly Call[]): string | undefined {
  if (ended.code !== 0) {
    const how = ended.code === null ? "was stopped" : `ended with exit code ${ended.code}`;
    return reason(ended) || how;
  }
  const unknown = calls.filter((call) => call.unknown === true);
  if (unknown.length > 0) return unknownCalls(unknown);
  const missing = client.makes.filter((expected) => !calls.some((call) => isSuccess(call, expected)));
  if (missing.length === 0) return undefined;
  return `ended well without ${missing.map(({ method, path }) => `${method} ${path.source}`).join(", ")}`;
}

/** Requests that local Azure has no answer for, in words. */
export const unknownCalls = (calls: readonly Call[]): string =>
  `local Azure does not know ${calls.map(({ method, host, path }) => `${method} ${host}${path}`).join(", ")}`;

export const callOf = ({ service, method, host, path, status, unknown }: RequestRecord): Call => ({
  service,
  method,
  host,
  path,
  status,
  ...(unknown === true && { unknown }),
});

const isSuccess = (call: Call, { service, method, path }: ExpectedCall): boolean =>
  call.service === service && call.method === method && call.status < 300 && path.test(call.path);
