import { setTimeout as wait } from "node:timers/promises";
import { jsonObject, type RestClient } from "../rest/client";
import type { HttpResponse } from "../rest/connection";
import { statedWait } from "../rest/retry";
import { ArmError, armError, errorBody } from "./armError";
import { polling, resourceManagerRule } from "./retryRules";

const finalStates = new Set(["succeeded", "failed", "canceled"]);

/**
 * Waits for the end of an operation that a PUT or DELETE began, by Azure's rules: Azure-AsyncOperation, else
 * Location, else the resource's own provisioningState.
 *
 * @param target where the resource lies, with its api-version
 * @param waitScale which part of the waits is kept that no answer states
 * @returns the resource's body, or nothing after a deletion
 * @throws ArmError where the operation fails
 */
export async function finished(
  client: RestClient,
  method: "PUT" | "DELETE",
  target: string,
  first: HttpResponse,
  signal: AbortSignal,
  waitScale = 1,
): Promise<Record<string, unknown>> {
  const pace: Pace = { interval: polling[method] * waitScale, signal };
  await pause(first, { interval: 0, signal });
  const operation = first.headers["azure-asyncoperation"] ?? first.headers["operation-location"];
  if (operation !== undefined) {
    await pollStatus(client, operation, pace);
    return method === "PUT" ? readResource(client, target, signal) : {};
  }
  const { location } = first.headers;
  if (location !== undefined && first.status === 202) {
    return pollLocation(client, absolute(location, target), pace);
  }
  return method === "PUT" ? pollResource(client, target, first, pace) : {};
}

/** How an operation is looked at. */
interface Pace {
  /** Between two looks where the service states no time, milliseconds. */
  readonly interval: number;
  readonly signal: AbortSignal;
}

async function pollStatus(client: RestClient, url: string, pace: Pace): Promise<void> {
  for (;;) {
    const last = await client.send("GET", url, pace.signal);
    if (last.status >= 400) {
      throw armError(last);
    }
    const state = stateOf(jsonObject(last)["status"]);
    if (state === "succeeded") {
      return;
    }
    if (finalStates.has(state)) {
      const { code = state, message = last.body } = errorBody(last.body);
      throw new ArmError(last.status, code, message);
    }
    await pause(last, pace);
  }
}

async function pollLocation(client: RestClient, url: string, pace: Pace): Promise<Record<string, unknown>> {
  for (;;) {
    const last = await client.send("GET", url, pace.signal);
    if (last.status >= 400) {
      throw armError(last);
    }
    if (last.status !== 202) {
      return jsonObject(last);
    }
    await pause(last, pace);
  }
}

async function pollResource(
  client: RestClient,
  target: string,
  first: HttpResponse,
  pace: Pace,
): Promise<Record<string, unknown>> {
  for (let last = first; ;) {
    const body = jsonObject(last);
    const state = stateOf((body["properties"] as { provisioningState?: unknown } | undefined)?.provisioningState);
    if (state === "" || state === "succeeded") {
      return body;
    }
    if (finalStates.has(state)) {
      throw new ArmError(last.status, state, last.body);
    }
    if (last !== first) {
      await pause(last, pace);
    }
    last = await client.send("GET", target, pace.signal);
    if (last.status !== 200) {
      throw armError(last);
    }
  }
}

async function readResource(client: RestClient, target: string, signal: AbortSignal): Promise<Record<string, unknown>> {
  const response = await client.send("GET", target, signal);
  if (response.status !== 200) {
    throw armError(response);
  }
  return jsonObject(response);
}

async function pause({ headers }: HttpResponse, { interval, signal }: Pace): Promise<void> {
  const time = statedWait(headers, resourceManagerRule.waits, Date.now()) ?? interval;
  if (time > 0) {
    await wait(time, undefined, { signal });
  }
}

/** Some services answer a path, and some leave the api-version out. */
function absolute(location: string, target: string): string {
  const [path = location, query = ""] = location.split("?", 2);
  const version = /api-version=[^&]+/.exec(target)?.[0] ?? "";
  return /(^|&)api-version=/i.test(query) ? location : `${path}?${query === "" ? "" : `${query}&`}${version}`;
}

const stateOf = (value: unknown): string => (typeof value === "string" ? value.toLowerCase() : "");
