import type { INetworkModule, NetworkRequestOptions } from "@azure/msal-node";
import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import { Throttled } from "../throttling/throttled";
import { send } from "./http";

/** The answer as MSAL takes it. */
interface MsalAnswer<T> {
  headers: Record<string, string>;
  body: T;
  status: number;
}

/** MSAL's own HTTP client knows no proxy; this one sends its requests through the Azure SDK's, which honours HTTPS_PROXY. */
export class MsalNetwork implements INetworkModule {
  /** Set where Entra ID has refused for too many requests. MSAL's own error tells neither that nor the time to wait. */
  throttled: Throttled | undefined;

  constructor(private readonly signal: AbortSignal) {}

  sendGetRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<MsalAnswer<T>> {
    return this.send("GET", url, options);
  }

  sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<MsalAnswer<T>> {
    return this.send("POST", url, options);
  }

  private async send<T>(method: "GET" | "POST", url: string, options?: NetworkRequestOptions): Promise<MsalAnswer<T>> {
    const request = createPipelineRequest({
      url,
      method,
      headers: createHttpHeaders(options?.headers ?? {}),
      abortSignal: this.signal,
      ...(options?.body === undefined ? {} : { body: options.body }),
    });
    const answer = await send(request).catch((error: unknown) => {
      this.throttled = error instanceof Throttled ? error : undefined;
      throw error;
    });
    // MSAL checks the body's fields itself; its interface only has this type to say so.
    return {
      headers: answer.headers.toJSON(),
      body: JSON.parse(answer.bodyAsText ?? "{}") as T,
      status: answer.status,
    };
  }
}
