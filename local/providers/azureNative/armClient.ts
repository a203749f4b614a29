import { setTimeout as wait } from "node:timers/promises";
import { jsonObject, RestClient } from "../rest/client";
import type { Connection, HttpRequest, HttpResponse } from "../rest/connection";
import type { MutableCounters } from "../rest/counters";
import type { TokenSource } from "../rest/tokenSource";
import { armError, errorBody } from "./armError";
import { finished } from "./longRunning";
import { registration, resourceManagerRule } from "./retryRules";

export const armScope = "https://management.azure.com/.default";
const providersVersion = "2019-05-01";
const unregistered = new Set(registration.codes.map((code) => code.toLowerCase()));

/** ARM has accepted a resource and then not finished it. */
export class UnfinishedError extends Error {
  constructor(readonly reason: Error) {
    super(reason.message);
    this.name = "UnfinishedError";
  }
}

/** Azure Resource Manager, as the azure-native provider uses it. */
export class ArmClient {
  private readonly rest: RestClient;

  constructor(
    connection: Connection,
    tokens: TokenSource,
    counters: MutableCounters,
    private readonly subscriptionId: string,
    private readonly waitScale: number,
  ) {
    this.rest = new RestClient(connection, tokens, counters, {
      service: "arm",
      baseUrl: "https://management.azure.com",
      scope: armScope,
      rule: resourceManagerRule,
      waitScale,
      errorOf: ({ body }) => ({ code: "", message: "", ...errorBody(body) }),
    });
  }

  /** @returns undefined where there is no such resource */
  async get(id: string, apiVersion: string, signal: AbortSignal): Promise<Record<string, unknown> | undefined> {
    const response = await this.found(address(id, apiVersion), signal);
    return response && jsonObject(response);
  }

  /**
   * Reads a resource that somebody else may still be making, and waits until it is made: ARM answers 409 to a change
   * before that.
   * @returns undefined where there is no such resource
   * @throws ArmError where its making fails
   */
  async settled(id: string, apiVersion: string, signal: AbortSignal): Promise<Record<string, unknown> | undefined> {
    const target = address(id, apiVersion);
    const response = await this.found(target, signal);
    return response && finished(this.rest, "PUT", target, response, signal, this.waitScale);
  }

  /**
   * Creates or updates, and waits for the end of it.
   * @throws ArmError where ARM refuses; UnfinishedError where it accepts and fails later
   */
  async put(id: string, apiVersion: string, body: unknown, signal: AbortSignal): Promise<Record<string, unknown>> {
    const target = address(id, apiVersion);
    const response = await this.send("PUT", target, signal, body);
    if (![200, 201, 202].includes(response.status)) {
      throw armError(response);
    }
    try {
      return await finished(this.rest, "PUT", target, response, signal, this.waitScale);
    } catch (error) {
      throw new UnfinishedError(error as Error);
    }
  }

  /** Puts a resource that cannot be deleted back to what it was at first; one that is gone with its parent is left. */
  async reset(id: string, apiVersion: string, body: unknown, signal: AbortSignal): Promise<void> {
    if ((await this.get(id, apiVersion, signal)) !== undefined) {
      await this.put(id, apiVersion, body, signal);
    }
  }

  /** A resource that is not there counts as deleted. */
  async delete(id: string, apiVersion: string, signal: AbortSignal): Promise<void> {
    const target = address(id, apiVersion);
    const response = await this.send("DELETE", target, signal);
    if (response.status === 404) {
      return;
    }
    if (![200, 202, 204].includes(response.status)) {
      throw armError(response);
    }
    try {
      await finished(this.rest, "DELETE", target, response, signal, this.waitScale);
    } catch (error) {
      if (!/^Status=404 /.test((error as Error).message)) {
        throw error;
      }
    }
  }

  /**
   * Whether a resource may be created at an ID: not where there is one already.
   * @throws where there is, or where that cannot be told
   */
  async assertAbsent(id: string, apiVersion: string, signal: AbortSignal): Promise<void> {
    const response = await this.send("GET", address(id, apiVersion), signal);
    if (response.status === 404 || response.status === 204) {
      return;
    }
    if (response.status !== 200) {
      throw new Error(`cannot check existence of resource '${id}': status code ${response.status}, ${response.body}`);
    }
    if (Object.keys(jsonObject(response)).length > 0) {
      throw new Error(`cannot create already existing resource '${id}'`);
    }
  }

  /** The answer with the resource; undefined where there is none. */
  private async found(target: string, signal: AbortSignal): Promise<HttpResponse | undefined> {
    const response = await this.send("GET", target, signal);
    if (response.status === 404) {
      return undefined;
    }
    if (response.status !== 200) {
      throw armError(response);
    }
    return response;
  }

  /** Sends, and registers the resource provider first where the subscription has not. */
  private async send(
    method: HttpRequest["method"],
    target: string,
    signal: AbortSignal,
    body?: unknown,
  ): Promise<HttpResponse> {
    const namespace = /\/providers\/([^/]+)\//.exec(target)?.[1] ?? "";
    for (let attempt = 1; attempt <= registration.attempts; attempt += 1) {
      const response = await this.rest.send(method, target, signal, { body });
      if (response.status !== 409 || !unregistered.has((errorBody(response.body).code ?? "").toLowerCase())) {
        return response;
      }
      await this.register(namespace, signal);
    }
    throw new Error(`exceeded attempts to register ${namespace}`);
  }

  private async register(namespace: string, signal: AbortSignal): Promise<void> {
    const provider = `/subscriptions/${this.subscriptionId}/providers/${namespace}`;
    succeeded(await this.rest.send("POST", address(`${provider}/register`, providersVersion), signal));
    const end = Date.now() + registration.patience;
    while (!(await this.isRegistered(provider, signal))) {
      if (Date.now() > end) {
        throw new Error("context deadline exceeded");
      }
      await wait(registration.interval * this.waitScale, undefined, { signal });
    }
  }

  private async isRegistered(provider: string, signal: AbortSignal): Promise<boolean> {
    const response = succeeded(await this.rest.send("GET", address(provider, providersVersion), signal));
    const state = jsonObject(response)["registrationState"];
    return typeof state === "string" && state.toLowerCase() === "registered";
  }
}

const address = (id: string, apiVersion: string): string => `${id}?api-version=${apiVersion}`;

function succeeded(response: HttpResponse): HttpResponse {
  if (response.status !== 200) {
    throw armError(response);
  }
  return response;
}
