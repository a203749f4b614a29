import { Server } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { listen } from "../../grpc/listen";
import type { PackageProvider } from "./packageProvider";
import { resourceProviderService } from "./service";

export interface ServedProvider {
  readonly port: number;
  close(): void;
}

/**
 * Answers the engine on a free port of 127.0.0.1.
 *
 * @param openCreations see {@link resourceProviderService}
 */
export async function serve(provider: PackageProvider, openCreations: Set<string>): Promise<ServedProvider> {
  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(ResourceProviderService, resourceProviderService(provider, openCreations));
  const port = await listen(server);
  return { port, close: () => server.forceShutdown() };
}
