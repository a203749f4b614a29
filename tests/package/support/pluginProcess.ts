import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";

const host = join(__dirname, "../../../node_modules/@pulumi/pulumi/cmd/run-plugin");

/** A component provider that runs as Pulumi's Node.js language host starts one. */
export interface PluginProcess {
  readonly client: ResourceProviderClient;
  readonly port: string;
  stop(): Promise<void>;
}

/**
 * Starts the provider of a package's directory, and waits for the port that it prints.
 *
 * @param engineAddress left out where the engine will tell it, as it does when it is shown the port
 */
export async function startPlugin(directory: string, engineAddress?: string): Promise<PluginProcess> {
  const args = [host, directory, ...(engineAddress === undefined ? [] : [engineAddress])];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const errors: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => errors.push(chunk.toString("utf8")));
  const exit = once(child, "exit");
  const line = once(createInterface(child.stdout), "line") as Promise<[string]>;
  const ended = exit.then(() => Promise.reject(new Error(`The plugin ended at its start: ${errors.join("")}`)));
  const [port] = await Promise.race([line, ended]);
  ended.catch(() => undefined);
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  return {
    client,
    port,
    stop: async () => {
      client.close();
      child.kill();
      await exit;
    },
  };
}
