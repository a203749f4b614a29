import { readFile } from "node:fs/promises";
import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
} from "@azure/core-rest-pipeline";
import { z } from "zod";

const issued = z.object({ value: z.string().min(1) });

/** How long the pipeline may take to issue a token, with retries. */
const answerMs = 30_000;

/** A pipeline's own token, which Entra ID exchanges for one of its own. */
export interface IdentityToken {
  readonly source: string;
  readonly read: () => Promise<string>;
}

/** The token in the variables that the providers read; undefined where none of them is set. */
export function identityToken(environment: NodeJS.ProcessEnv): IdentityToken | undefined {
  const first = (...names: string[]): string | undefined => names.map((name) => environment[name]).find(Boolean);
  const token = first("ARM_OIDC_TOKEN");
  if (token !== undefined) return { source: "ARM_OIDC_TOKEN", read: () => Promise.resolve(token) };
  const file = first("ARM_OIDC_TOKEN_FILE_PATH");
  if (file !== undefined) {
    return { source: "ARM_OIDC_TOKEN_FILE_PATH", read: async () => (await readFile(file, "utf8")).trim() };
  }
  const url = first("ARM_OIDC_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_URL");
  const bearer = first("ARM_OIDC_REQUEST_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN");
  if (url === undefined || bearer === undefined) return undefined;
  const audience = first("ARM_OIDC_AUDIENCE") ?? "api://AzureADTokenExchange";
  return { source: "the token that the job is issued", read: () => request(url, bearer, audience) };
}

async function request(url: string, bearer: string, audience: string): Promise<string> {
  const address = new URL(url);
  address.searchParams.set("audience", audience);
  const headers = createHttpHeaders({ accept: "application/json", authorization: `Bearer ${bearer}` });
  const answer = await createPipelineFromOptions({}).sendRequest(
    createDefaultHttpClient(),
    createPipelineRequest({
      url: address.href,
      headers,
      abortSignal: AbortSignal.timeout(answerMs),
      // What does not leave this machine needs no TLS.
      allowInsecureConnection: address.hostname === "127.0.0.1",
    }),
  );
  const parsed = issued.safeParse(answer.status === 200 ? JSON.parse(answer.bodyAsText ?? "null") : undefined);
  if (!parsed.success) throw new Error(`The pipeline issued no identity token: HTTP ${answer.status}.`);
  return parsed.data.value;
}
