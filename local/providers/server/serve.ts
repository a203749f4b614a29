import { Server } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { listen } from "../../grpc/listen";
import { AttachedProviders } from "./attachedProviders";
import type { PackageProvider } from "./packageProvider";
import { resourceProviderService } from "./service";

export interface ServedProvider<Provider = PackageProvider> {
  readonly port: number;
  /** The provider that an engine has configured last. */
  latest(): Provider;
  close(): void;
}

/**
 * Answers engines on a free port of 127.0.0.1.
 *
 * @param open makes a provider
 * @param openCreations see {@link resourceProviderService}
 */
export async function serve<Provider extends PackageProvider>(
  open: () => Provider,
  openCreations: Set<string>,
): Promise<ServedProvider<Provider>> {
  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  const providers = new AttachedProviders(open);
  server.addService(ResourceProviderService, resourceProviderService(providers, openCreations));
  const port = await listen(server);
  return {
    port,
    latest: () => providers.latest,
    close: () => {
      server.forceShutdown();
      providers.close();
    },
  };
}
