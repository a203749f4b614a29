import { setTimeout as wait } from "node:timers/promises";
import { jsonObject, type RestClient } from "../rest/client";
import type { HttpResponse } from "../rest/connection";
import { statedWait } from "../rest/retry";
import { ArmError, armError, errorBody } from "./armError";

const finalStates = new Set(["succeeded", "failed", "canceled"]);
/** Between two looks where the service states no time, milliseconds. */
const defaultWait = 250;

/**
 * Waits for the end of an operation that a PUT or DELETE began, by Azure's rules: Azure-AsyncOperation, else
 * Location, else the resource's own provisioningState.
 *
 * @param target where the resource lies, with its api-version
 * @returns the resource's body, or nothing after a deletion
 * @throws ArmError where the operation fails
 */
export async function finished(
  client: RestClient,
  method: "PUT" | "DELETE",
  target: string,
  first: HttpResponse,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const operation = first.headers["azure-asyncoperation"] ?? first.headers["operation-location"];
  if (operation !== undefined) {
    await pollStatus(client, operation, first, signal);
    return method === "PUT" ? readResource(client, target, signal) : {};
  }
  const { location } = first.headers;
  if (location !== undefined && first.status === 202) {
    return pollLocation(client, absolute(location, target), first, signal);
  }
  return method === "PUT" ? pollResource(client, target, first, signal) : {};
}

async function pollStatus(client: RestClient, url: string, first: HttpResponse, signal: AbortSignal): Promise<void> {
  for (let last = first; ;) {
    await pause(last, signal);
    last = await client.send("GET", url, signal);
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
  }
}

async function pollLocation(
  client: RestClient,
  url: string,
  first: HttpResponse,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  for (let last = first; ;) {
    await pause(last, signal);
    last = await client.send("GET", url, signal);
    if (last.status >= 400) {
      throw armError(last);
    }
    if (last.status !== 202) {
      return jsonObject(last);
    }
  }
}

async function pollResource(
  client: RestClient,
  target: string,
  first: HttpResponse,
  signal: AbortSignal,
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
    await pause(last, signal);
    last = await client.send("GET", target, signal);
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

async function pause(response: HttpResponse, signal: AbortSignal): Promise<void> {
  await wait(statedWait(response.headers, Date.now()) ?? defaultWait, undefined, { signal });
}

/** Some services answer a path, and some leave the api-version out. */
function absolute(location: string, target: string): string {
  const [path = location, query = ""] = location.split("?", 2);
  const version = /api-version=[^&]+/.exec(target)?.[0] ?? "";
  return /(^|&)api-version=/i.test(query) ? location : `${path}?${query === "" ? "" : `${query}&`}${version}`;
}

const stateOf = (value: unknown): string => (typeof value === "string" ? value.toLowerCase() : "");
