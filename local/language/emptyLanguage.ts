import { Server, type handleUnaryCall } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/language_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import { listen } from "../grpc/listen";

export interface EmptyLanguage {
  /** What a project's `runtime` says to reach it. */
  readonly runtime: { readonly name: string; readonly options: Readonly<Record<string, unknown>> };
  close(): void;
}

const answers =
  <Response>(make: () => Response): handleUnaryCall<unknown, Response> =>
  (_call, answer) => {
    answer(null, make());
  };

/**
 * A language host of no language. The engine asks for one at an import too, which runs no program: only to hear which
 * plugins a program needs.
 */
export async function emptyLanguage(): Promise<EmptyLanguage> {
  const server = new Server();
  server.addService(LanguageRuntimeService, {
    getPluginInfo: answers(() => new plugin.PluginInfo().setVersion("1.0.0")),
    getRequiredPackages: answers(() => new proto.GetRequiredPackagesResponse()),
    getRequiredPlugins: answers(() => new proto.GetRequiredPluginsResponse()),
  });
  const port = await listen(server);
  const runtime = { name: "client", options: { address: `127.0.0.1:${port}` } };
  return { runtime, close: () => server.forceShutdown() };
}
