import { setTimeout as pause } from "node:timers/promises";
import type { AccessToken, GetTokenOptions, TokenCredential } from "@azure/core-auth";
import type { PipelinePolicy } from "@azure/core-rest-pipeline";
import { DefaultAzureCredential } from "@azure/identity";

/** How long what is begun with one call may take in all, in milliseconds: Key Vault makes a certificate or recovers a secret. */
export const settlingMs = 5 * 60_000;

/** Ends a call that takes longer, with its sign-in, its retries and their waits. */
export const boundedCalls = (seconds: number): PipelinePolicy => ({
  name: "boundedCalls",
  sendRequest: (request, next) => {
    const bound = AbortSignal.timeout(seconds * 1_000);
    request.abortSignal =
      request.abortSignal === undefined ? bound : AbortSignal.any([request.abortSignal as AbortSignal, bound]);
    return next(request);
  },
});

/** A credential that gives a token or fails. */
export interface SureCredential extends TokenCredential {
  getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken>;
}

/**
 * Bounds the time that a sign-in may take: not every credential of the SDK heeds the signal that it is given. A credential that
 * gives no token fails with the code "NoToken".
 */
export const boundedCredential = (credential: TokenCredential, seconds: number): SureCredential => ({
  async getToken(scopes, options) {
    const bound = new AbortController();
    const late = pause(seconds * 1_000, undefined, bound).then(() => {
      throw Object.assign(new Error("No token came in the time that one call may take."), { name: "TimeoutError" });
    });
    try {
      const token = await Promise.race([credential.getToken(scopes, options), late]);
      if (token === null || token.token === "") throw noToken(scopes);
      return token;
    } finally {
      bound.abort();
      late.catch(() => undefined);
    }
  },
});

/** The identity that the environment names. @param seconds how long a sign-in may take */
export const environmentCredential = (seconds: number): SureCredential =>
  boundedCredential(new DefaultAzureCredential(), seconds);

const noToken = (scopes: string | string[]): Error =>
  Object.assign(new Error(`The credential gave no access token for ${[scopes].flat().join(" ")}.`), {
    code: "NoToken",
  });
