import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** Hands what a program prints to the engine, which shows it as it shows every program's output. */
export class EngineLog {
  private readonly client: EngineClient;
  private readonly pending = new Set<Promise<void>>();

  /** @param address of the engine, as "127.0.0.1:40001" */
  constructor(address: string) {
    this.client = new EngineClient(address, credentials.createInsecure());
  }

  /** Hands over each line of a stream until it ends. */
  async follow(stream: Readable): Promise<void> {
    for await (const line of createInterface({ input: stream })) {
      if (line !== "") this.line(line);
    }
  }

  /** Waits until the engine has heard every line. */
  async close(): Promise<void> {
    await Promise.all(this.pending);
    this.client.close();
  }

  private line(message: string): void {
    const request = new LogRequest();
    request.setSeverity(LogSeverity.INFO);
    request.setMessage(`${message}\n`);
    const told = new Promise<void>((resolve) => {
      // An engine that has gone away has nobody to show the line to.
      this.client.log(request, () => {
        resolve();
      });
    }).finally(() => this.pending.delete(told));
    this.pending.add(told);
  }
}
