import type { AzureRequest } from "./message";

/** A request without its body. */
export type RequestHead = Omit<AzureRequest, "body">;

/** A request whose body is still on its way. */
export interface IncomingRequest {
  readonly head: RequestHead;
  readonly hasBody: boolean;
  /** Aborted where the client goes away before it has its answer. */
  readonly gone: AbortSignal;
  /**
   * Reads the body, once.
   * @throws BodyTooLarge
   */
  readBody(): Promise<Buffer>;
}

/** The body of a request that has none. */
export const noBody = Buffer.alloc(0);

/** A request whole. Spelt out, since every request takes it: a spread costs ten times as much. */
export const withBody = (
  { id, method, host, path, query, headers, rawHeaders }: RequestHead,
  body: Buffer,
): AzureRequest => ({ id, method, host, path, query, headers, rawHeaders, body });

/** The body is longer than local Azure takes. */
export class BodyTooLarge extends Error {
  constructor(readonly limit: number) {
    super(`The body has more than ${limit} bytes.`);
    this.name = "BodyTooLarge";
  }
}

/** Thrown into a service that asks for a body which has not been read. */
export class BodyNeeded extends Error {
  constructor() {
    super("The body has not been read.");
    this.name = "BodyNeeded";
  }
}

/** One for all: nobody reads its stack, which takes longer to write down than the rest of the question. */
const bodyNeeded = new BodyNeeded();

/** A request that tells whether anybody has asked for its body. */
export interface BodyProbe {
  readonly request: AzureRequest;
  isAsked(): boolean;
}

/**
 * The request before its body is read. A service that refuses it without having asked for the body need not be sent the body. A
 * service asks for the body before it changes anything.
 */
export function bodyProbe(head: RequestHead): BodyProbe {
  let asked = false;
  const request = Object.defineProperty({ ...head }, "body", {
    enumerable: true,
    get: () => {
      asked = true;
      throw bodyNeeded;
    },
  }) as AzureRequest;
  return { request, isAsked: () => asked };
}
