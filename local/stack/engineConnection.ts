import { createRequire } from "node:module";
import type { ClientOptions } from "@grpc/grpc-js";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { isGrpcError } from "@pulumi/pulumi/errors";
import type * as runtimeStack from "@pulumi/pulumi/runtime/stack";

// The modules themselves, which an import would copy; and the SDK's types leave the options out.
const load = createRequire(__filename);
const { grpcClientOptions } = load("@pulumi/pulumi/runtime/settings") as { readonly grpcClientOptions: ClientOptions };
const stack = load("@pulumi/pulumi/runtime/stack") as { runInPulumiStack: typeof runtimeStack.runInPulumiStack };
const { runInPulumiStack } = stack;

/**
 * An inline program whose connection fails ends, for the Automation API, without an error: the engine takes what it has
 * registered until then for the whole program, and an update deletes all the rest. As another error it ends the run.
 */
async function runConnected(program: PulumiFn): ReturnType<typeof runInPulumiStack> {
  try {
    return await runInPulumiStack(program);
  } catch (error) {
    throw error instanceof Error && isGrpcError(error) ? new Error(error.message, { cause: error }) : error;
  }
}

// gRPC keeps a connection that failed, and would use it for a later engine that happens to listen on the same port.
grpcClientOptions["grpc.use_local_subchannel_pool"] = 1;
// The engine runs on this machine: a proxy of the user's would not reach it.
grpcClientOptions["grpc.enable_http_proxy"] = 0;
stack.runInPulumiStack = runConnected;
