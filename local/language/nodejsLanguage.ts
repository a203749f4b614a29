import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { Server, type handleUnaryCall, type ServerUnaryCall } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/language_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { EngineLog } from "./engineLog";
import { listen } from "../grpc/listen";
import { programProcess, type ProgramRun } from "./programRun";

/** The SDK's `cmd/run` ends with this where it has told the user already what went wrong. */
const TOLD = 32;

export interface NodejsLanguage {
  /** For PULUMI_DEBUG_LANGUAGES, as "nodejs:40003". */
  readonly debugLanguages: string;
  close(): void;
}

/** An engine that has attached, and the programs that it runs. Several may be at work at the same time. */
interface AttachedEngine {
  address: string;
  readonly running: Set<ChildProcess>;
}

/**
 * A language host for Node.js programs that the engine attaches to. It starts a program as Pulumi's own host does, with the
 * SDK that the program has installed, and so runs any program where the engine came without its hosts.
 *
 * @param env environment of the programs
 * @param projects directories of projects, by the directory that the engine has in its place. @default none
 */
export async function startNodejsLanguage(
  env: NodeJS.ProcessEnv,
  projects: Readonly<Record<string, string>> = {},
): Promise<NodejsLanguage> {
  /** The engines that are attached, by the address that each calls from. */
  const engines = new Map<string, AttachedEngine>();
  const engineOf = (peer: string): AttachedEngine => {
    const known = engines.get(peer) ?? { address: "", running: new Set() };
    engines.set(peer, known);
    return known;
  };
  const stop = ({ running }: AttachedEngine): void => {
    for (const child of running) child.kill("SIGINT");
  };
  const server = new Server();
  server.addService(LanguageRuntimeService, {
    handshake: answering((call: ServerUnaryCall<proto.LanguageHandshakeRequest, unknown>) => {
      engineOf(call.getPeer()).address = call.request.getEngineAddress();
      return new proto.LanguageHandshakeResponse();
    }),
    getPluginInfo: answering(() => new plugin.PluginInfo().setVersion("1.0.0")),
    // The providers are attached, so the engine has no plugin to find for the program.
    getRequiredPackages: answering(() => new proto.GetRequiredPackagesResponse()),
    getRequiredPlugins: answering(() => new proto.GetRequiredPluginsResponse()),
    getProgramDependencies: answering(() => new proto.GetProgramDependenciesResponse()),
    about: answering(() => new proto.AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
    run: answering((call: ServerUnaryCall<proto.RunRequest, unknown>) => {
      const { address, running } = engineOf(call.getPeer());
      return runProgram(programRun(call.request, address, projects), env, running);
    }),
    cancel: answering((call: ServerUnaryCall<Empty, unknown>) => {
      stop(engineOf(call.getPeer()));
      return new Empty();
    }),
  });
  const port = await listen(server);
  return {
    debugLanguages: `nodejs:${port}`,
    close() {
      for (const engine of engines.values()) stop(engine);
      server.forceShutdown();
    },
  };
}

const answering =
  <Request, Response>(
    answer: (call: ServerUnaryCall<Request, unknown>) => Response | Promise<Response>,
  ): handleUnaryCall<Request, Response> =>
  (call, done) => {
    Promise.resolve(call)
      .then(answer)
      .then(
        (response) => done(null, response),
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
  };

function programRun(request: proto.RunRequest, engine: string, projects: Readonly<Record<string, string>>): ProgramRun {
  const info = request.getInfo();
  const root = info?.getRootDirectory() ?? request.getPwd();
  return {
    organization: request.getOrganization(),
    project: request.getProject(),
    stack: request.getStack(),
    rootDirectory: projects[root] ?? root,
    programDirectory: info?.getProgramDirectory() ?? request.getPwd(),
    entryPoint: info?.getEntryPoint() ?? request.getProgram(),
    options: info?.getOptions()?.toJavaScript() ?? {},
    config: Object.fromEntries(request.getConfigMap().toObject()),
    secretKeys: request.getConfigsecretkeysList(),
    dryRun: request.getDryrun(),
    parallel: request.getParallel(),
    monitor: request.getMonitorAddress(),
    engine,
    args: request.getArgsList(),
  };
}

async function runProgram(
  run: ProgramRun,
  env: NodeJS.ProcessEnv,
  running: Set<ChildProcess>,
): Promise<proto.RunResponse> {
  const response = new proto.RunResponse();
  const { args, cwd, variables } = programProcess(run);
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...env, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  const log = new EngineLog(run.engine);
  try {
    const ended = once(child, "close") as Promise<[code: number | null, signal: NodeJS.Signals | null]>;
    const [[code, signal]] = await Promise.all([ended, log.follow(child.stdout), log.follow(child.stderr)]);
    if (code === TOLD) response.setBail(true);
    else if (code !== 0)
      response.setError(`the program ended with ${code === null ? String(signal) : `exit code ${code}`}`);
    return response;
  } finally {
    running.delete(child);
    await log.close();
  }
}
