import {
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
  type HttpClient,
} from "@azure/core-rest-pipeline";
import { ConfidentialClientApplication, type INetworkModule } from "@azure/msal-node";
import { HttpApi } from "../../../tools/doctor/azure/api";
import { Throttled, throttlingTold } from "../../../tools/throttling/throttled";
import { failureOf } from "../../../tools/verify/failure";
import { Patience } from "../../../tools/verify/patience";

const body = JSON.stringify({ error: { code: "TooManyRequests", message: "Too many requests." } });

/** A service that answers 429 so many times, and then 200. */
function overloaded(times: number, headers: Record<string, string> = { "retry-after": "5" }) {
  let calls = 0;
  const client: HttpClient = {
    sendRequest: (request) => {
      calls += 1;
      const refused = calls <= times;
      return Promise.resolve({
        request,
        status: refused ? 429 : 200,
        headers: createHttpHeaders(refused ? headers : {}),
        bodyAsText: refused ? body : "{}",
      });
    },
  };
  return { client, calls: () => calls };
}

const request = createPipelineRequest({ url: "https://graph.microsoft.com/v1.0/users" });

async function ask(client: HttpClient): Promise<number> {
  const pipeline = createPipelineFromOptions({});
  pipeline.addPolicy(throttlingTold, { afterPhase: "Retry" });
  return (await pipeline.sendRequest(client, request)).status;
}

/** Verify's patience, with a clock that only moves while somebody sleeps. */
function patient(seconds: number): { patience: Patience; lines: string[]; slept: number[] } {
  const lines: string[] = [];
  const slept: number[] = [];
  const now = (): number => slept.reduce((sum, each) => sum + each, 0);
  const sleep = (ms: number): Promise<number> => Promise.resolve(slept.push(ms));
  const progress = (line: string): number => lines.push(line);
  return { patience: new Patience({ seconds, callSeconds: 30, progress, now, sleep }), lines, slept };
}

const nothing = (): undefined => undefined;

describe("the Azure SDKs' pipeline", () => {
  it("waits by itself, without a word, as the service says", async () => {
    const { client, calls } = overloaded(2, { "retry-after-ms": "1" });
    const { status } = await createPipelineFromOptions({}).sendRequest(client, request);
    expect([status, calls()]).toEqual([200, 3]);
  });

  it("hands throttling on at once with our policy, with the service's words and its wait", async () => {
    const { client, calls } = overloaded(1);
    const error: unknown = await ask(client).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Throttled);
    expect(calls()).toBe(1);
    expect(failureOf(error)).toEqual({
      code: "TooManyRequests",
      message: "Too many requests.",
      status: 429,
      wait: 5000,
    });
  });
});

describe("verify", () => {
  it("waits as told, says so, and goes on", async () => {
    const { client } = overloaded(2);
    const { patience, lines, slept } = patient(60);
    expect(await patience.call("Microsoft Graph", nothing, () => ask(client))).toBe(200);
    expect(slept).toEqual([5000, 5000]);
    expect(lines).toEqual([
      "Microsoft Graph: TooManyRequests; waiting for the service, which asks for 5 s (at most 60 s more)",
      "Microsoft Graph: TooManyRequests; waiting for the service, which asks for 5 s (at most 55 s more)",
    ]);
  });

  it("waits growing times where the service states none", async () => {
    const { client } = overloaded(2, {});
    const { patience, slept } = patient(60);
    await patience.call("reading x", nothing, () => ask(client));
    expect(slept).toEqual([2000, 3000]);
  });

  it("reports the refusal at once where the wait is longer than what is left", async () => {
    const { client, calls } = overloaded(1, { "retry-after": "61" });
    const { patience, slept } = patient(60);
    await expect(patience.call("x", nothing, () => ask(client))).rejects.toThrow(Throttled);
    expect([slept, calls()]).toEqual([[], 1]);
  });
});

describe("doctor", () => {
  const credential = { getToken: () => Promise.resolve({ token: "t", expiresOnTimestamp: 0 }) };

  it("waits as told within a minute in all, says so, and then reports the refusal", async () => {
    const { client } = overloaded(4, { "retry-after": "20" });
    const lines: string[] = [];
    const slept: number[] = [];
    const sleep = (ms: number): Promise<number> => Promise.resolve(slept.push(ms));
    const api = new HttpApi(credential, { callSeconds: 30, progress: (line) => lines.push(line), sleep, client });
    expect(await api.get("graph", "/users")).toEqual({
      status: 429,
      body: JSON.parse(body) as unknown,
      refusal: { code: "TooManyRequests", message: "Too many requests." },
    });
    expect(slept).toEqual([20_000, 20_000, 20_000]);
    expect(lines[0]).toBe("graph.microsoft.com has had too many requests; waiting 20 s.");
    expect((await api.get("graph", "/users")).status).toBe(200);
  });
});

/** An answer as MSAL takes it from the client that sends its requests. */
interface MsalAnswer<T> {
  headers: Record<string, string>;
  body: T;
  status: number;
}

describe("MSAL", () => {
  it("refuses the same request by itself until the time that Entra ID has stated is over", async () => {
    let sent = 0;
    const networkClient: INetworkModule = {
      sendGetRequestAsync: () => Promise.reject(new Error("nothing is to be read")),
      sendPostRequestAsync: <T>(): Promise<MsalAnswer<T>> => {
        sent += 1;
        const body = { error: "temporarily_unavailable" } as T;
        return Promise.resolve({ status: 429, headers: { "retry-after": "60" }, body });
      },
    };
    const issuer = "https://login.microsoftonline.com/3d5f1c7a-2b64-4e0f-9a18-6c0e5b7d9f21";
    const application = new ConfidentialClientApplication({
      auth: {
        clientId: "b7c2f0d4-51e8-4a3b-8c96-e0d7a1f25b38",
        clientSecret: "s",
        authority: issuer,
        authorityMetadata: JSON.stringify({
          issuer: `${issuer}/v2.0`,
          token_endpoint: `${issuer}/oauth2/v2.0/token`,
          authorization_endpoint: `${issuer}/oauth2/v2.0/authorize`,
          jwks_uri: `${issuer}/discovery/v2.0/keys`,
        }),
      },
      system: { networkClient },
    });
    const token = () =>
      application.acquireTokenByClientCredential({ scopes: ["https://graph.microsoft.com/.default"] });
    await expect(token()).rejects.toThrow();
    await expect(token()).rejects.toThrow();
    expect(sent).toBe(1);
  });
});
