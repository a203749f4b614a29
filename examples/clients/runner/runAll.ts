import { setMaxListeners } from "node:events";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { mkdtempSync } from "node:fs";
import { dataLakeStore } from "../../../local/azure/landingZone/layout";
import { connectionVariables, identityVariables } from "../../../local/environment";
import { UserError } from "../../../local/userError";
import { clients as everyClient, lakeOwnersClient, needsAccessLists, type Client } from "./catalogue";
import { callOf, runClient, type Call, type ClientResult } from "./clientRun";
import { Deployment, programsDirectory, type Delivered } from "./deployment";
import { isMissing, type Environment, type Missing, type Workshop } from "./environments/environment";
import { environmentOf } from "./environments/index";
import { lastLines, run } from "./environments/process";
import { inTurns } from "./inTurns";
import { giveVaultRoles } from "./vaultRoles";

/** What a run of clients needs to know. */
export interface Request {
  readonly clients: readonly Client[];
  readonly cache: string;
  readonly machine: Readonly<Record<string, string>>;
  /** Stands in for values of the stack's settings, "key=value". @default none */
  readonly config?: readonly string[];
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** An environment, or why there is none. */
export type Prepared = Environment | Missing | UserError;

/** Clients whose environments are made and whose daemons are deployed, ready to run. */
export interface Ready {
  readonly deployment: Deployment;
  readonly delivered: Delivered;
  /** @param chosen some of the clients. @default all */
  run(chosen?: readonly Client[]): Promise<readonly ClientResult[]>;
  /** Sets the access lists in the retired lake, or takes them away again, as its owner. */
  setAccessLists(action: "set" | "remove"): Promise<void>;
  close(): Promise<void>;
}

/** How everything went. */
export interface Outcome {
  readonly results: readonly ClientResult[];
  /** What local Azure was asked in vain by the engine and the providers, not by a client. */
  readonly unknown: readonly Call[];
}

/** Deploys, prepares and runs. */
export async function runAll(request: Request): Promise<Outcome> {
  const deployment = await Deployment.open();
  const unknown: Call[] = [];
  deployment.azure.requests.listen((record) => {
    if (record.unknown === true && record.client === undefined) unknown.push(callOf(record));
  });
  const ready = await makeReady(deployment, request);
  try {
    return { results: await ready.run(), unknown };
  } finally {
    await ready.close();
  }
}

/** Deploys the stack while the environments are made; closes the deployment where one of both fails. */
export async function makeReady(deployment: Deployment, request: Request): Promise<Ready> {
  const { clients, config = [], machine, say, signal } = request;
  const givenUp = new AbortController();
  const namesOf = (some: readonly Client[]): ReadonlySet<string> => new Set(some.map(({ name }) => name));
  const certified = namesOf(clients.filter(({ credential }) => credential === "certificate"));
  try {
    const [delivered, environments] = await Promise.all([
      deployment.up({ daemons: namesOf(clients), certified, config, machine, say }),
      prepare({ ...request, signal: AbortSignal.any([signal, givenUp.signal]) }),
    ]);
    giveVaultRoles(deployment.azure, clients, delivered.vaultUri);
    const setAccessLists = (action: "set" | "remove"): Promise<void> =>
      actAsLakeOwner(action, deployment, delivered, environments, signal);
    if (clients.some(needsAccessLists)) await setAccessLists("set");
    return {
      deployment,
      delivered,
      setAccessLists,
      run: (chosen = clients) =>
        inTurns(availableParallelism(), chosen, async (client) => {
          const result = await resultOf(deployment, delivered, client, environments.get(client.name), signal);
          say(`  ${result.result}  ${client.name} (${result.seconds.toFixed(1)} s)`);
          return result;
        }),
      close: () => deployment.close(),
    };
  } catch (error) {
    // What is still being installed serves nobody.
    givenUp.abort();
    await deployment.close();
    throw error;
  }
}

/** Makes the environments of the clients, and of the one that sets access lists where others need them. */
async function prepare({ clients, cache, machine, say, signal }: Request): Promise<ReadonlyMap<string, Prepared>> {
  setMaxListeners(0, signal);
  const workshop: Workshop = { cache, machine, programs: programsDirectory, signal };
  const owners = clients.some(needsAccessLists) ? everyClient.filter(({ name }) => name === lakeOwnersClient) : [];
  const wanted = [...new Set([...owners, ...clients])];
  const made = await inTurns(availableParallelism(), wanted, async (client): Promise<[string, Prepared]> => {
    const started = performance.now();
    const environment = await prepared(client, workshop);
    const seconds = (performance.now() - started) / 1000;
    if (seconds > 1) say(`  installed ${client.name} (${seconds.toFixed(1)} s)`);
    return [client.name, environment];
  });
  return new Map(made);
}

async function prepared(client: Client, workshop: Workshop): Promise<Prepared> {
  try {
    return await environmentOf(client, workshop);
  } catch (error) {
    // The others can still run.
    if (error instanceof UserError) return error;
    throw error;
  }
}

async function resultOf(
  deployment: Deployment,
  { vaultUri }: Delivered,
  client: Client,
  environment: Prepared | undefined,
  signal: AbortSignal,
): Promise<ClientResult> {
  const { name, language } = client;
  const without = { client: name, language, versions: [], calls: [], seconds: 0 } as const;
  if (environment === undefined) return { ...without, result: "failed", found: "has no environment" };
  if (environment instanceof UserError) return { ...without, result: "failed", found: environment.message };
  if (isMissing(environment)) return { ...without, result: "not run", found: environment.missing };
  return await runClient(deployment, vaultUri, client, environment, signal);
}

/** What the owner of the lake does with the stack's output, before a daemon can work with its files. */
async function actAsLakeOwner(
  action: "set" | "remove",
  deployment: Deployment,
  { accessLists }: Delivered,
  environments: ReadonlyMap<string, Prepared>,
  signal: AbortSignal,
): Promise<void> {
  const environment = environments.get(lakeOwnersClient);
  if (environment === undefined || environment instanceof UserError || isMissing(environment)) return;
  const { azure } = deployment;
  const scratch = mkdtempSync(join(deployment.directory, "lake-owner-"));
  const { command, args, cwd } = await environment.launch(azure, scratch, "access.py");
  const identity = identityVariables("administrator", deployment.secretOf("administrator"));
  const env = { PATH: process.env["PATH"] ?? "", HOME: scratch, ...connectionVariables(azure), ...identity };
  const ended = await run(command, [...args, dataLakeStore.name, action], {
    cwd,
    env,
    signal,
    input: JSON.stringify(accessLists),
  });
  if (ended.code !== 0) throw new UserError(`The access lists could not be set:\n${lastLines(ended, 5)}`);
}
