import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { z } from "zod";
import type { Connection } from "../environment";
import type { StateDirectory } from "../stateDirectory";

const serveSchema = z.object({
  pid: z.number(),
  proxyUrl: z.string(),
  caFile: z.string(),
  settlingSeconds: z.number().default(0),
});
const answerTimeoutMs = 2_000;

/** Tells other commands where `serve` answers. */
export function noteServe(state: StateDirectory, { proxyUrl, caFile, settlingSeconds }: Connection): () => void {
  const staging = `${state.serveFile}.new`;
  writeFileSync(staging, JSON.stringify({ pid: process.pid, proxyUrl, caFile, settlingSeconds }), { mode: 0o600 });
  renameSync(staging, state.serveFile);
  return () => {
    rmSync(state.serveFile, { force: true });
  };
}

/** The running `serve`, if there is one that answers: a killed one leaves its file behind. */
export async function runningServe(state: StateDirectory): Promise<Connection | undefined> {
  try {
    const found = serveSchema.parse(JSON.parse(readFileSync(state.serveFile, "utf8")));
    const { proxyUrl, caFile, settlingSeconds } = found;
    return (await answers(proxyUrl)) ? { proxyUrl, caFile, settlingSeconds } : undefined;
  } catch {
    return undefined;
  }
}

/** Local Azure's proxy answers a plain request with 403: it takes CONNECT only. */
async function answers(proxyUrl: string): Promise<boolean> {
  return await new Promise((resolve) => {
    const probe = request(proxyUrl, { timeout: answerTimeoutMs }, (response) => {
      response.resume();
      resolve(response.statusCode === 403);
    });
    probe.on("timeout", () => probe.destroy(new Error("no answer")));
    probe.on("error", () => {
      resolve(false);
    });
    probe.end();
  });
}
