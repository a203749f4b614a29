import { createWriteStream, type WriteStream } from "node:fs";
import type { InjectedBy } from "../conditions/faults/fault";
import type { AzureRequest, AzureResponse } from "../http/message";

/** One line of the request log. It holds no body, no header and no query, so it can hold no secret. */
export interface RequestRecord {
  readonly time: string;
  readonly service: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** 0 where a fault kept the service from answering. */
  readonly status: number;
  /** Milliseconds from the request's arrival to its answer. */
  readonly ms: number;
  /** Milliseconds of them that the latency mode added. */
  readonly delay?: number;
  /** Error code of the answer, where it is a refusal. */
  readonly code?: string;
  /** Set where local Azure has no such operation. */
  readonly unknown?: true;
  /** Name of the entrance that it came in by, where it is one client's own. */
  readonly client?: string;
  /** The rule that injected something into it. */
  readonly injected?: InjectedBy & { readonly effect: string };
}

export type RequestListener = (record: RequestRecord, request: AzureRequest, response: AzureResponse) => void;

/** How long a line waits for others, in milliseconds. */
const writeEvery = 50;

/** Keeps the request log: a file of JSON lines, and whoever listens. */
export class RequestLog {
  private readonly listeners = new Set<RequestListener>();
  private readonly stream: WriteStream;
  private isBroken = false;
  /** What waits to be written together: a write for each would cost as much as an answer. */
  private waiting: RequestRecord[] = [];

  constructor(file: string) {
    this.stream = createWriteStream(file, { flags: "a", mode: 0o600 });
    // The log is for people to read: where it can't be written, local Azure goes on without it.
    this.stream.on("error", ({ message }) => {
      this.isBroken = true;
      process.stderr.write(`local Azure has stopped writing its request log: ${file}: ${message}\n`);
    });
  }

  record(record: RequestRecord, request: AzureRequest, response: AzureResponse): void {
    if (this.waiting.length === 0) {
      setTimeout(() => {
        this.write();
      }, writeEvery).unref();
    }
    this.waiting.push(record);
    for (const listener of this.listeners) {
      listener(record, request, response);
    }
  }

  /** Calls a listener for each request from now on; returns what stops it. */
  listen(listener: RequestListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  close(): Promise<void> {
    this.write();
    return new Promise((resolve) => {
      this.stream.end(() => {
        resolve();
      });
    });
  }

  private write(): void {
    if (!this.isBroken && this.waiting.length > 0) {
      this.stream.write(`${this.waiting.map((record) => JSON.stringify(record)).join("\n")}\n`);
    }
    this.waiting = [];
  }
}
