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
      throw new BodyNeeded();
    },
  }) as AzureRequest;
  return { request, isAsked: () => asked };
}
