import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { PackageProvider } from "./packageProvider";
import { resourceProviderService } from "./service";

export interface ServedProvider {
  readonly port: number;
  close(): void;
}

/** Answers the engine on a free port of 127.0.0.1. */
export async function serve(provider: PackageProvider): Promise<ServedProvider> {
  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(ResourceProviderService, resourceProviderService(provider));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) {
        resolve(bound);
      } else {
        reject(error);
      }
    });
  });
  return { port, close: () => server.forceShutdown() };
}
