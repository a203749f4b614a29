import { RestClient } from "../../../../local/providers/rest/client";
import type { Connection, HttpResponse } from "../../../../local/providers/rest/connection";
import { noRequests } from "../../../../local/providers/rest/counters";
import { TokenSource } from "../../../../local/providers/rest/tokenSource";
import { finished } from "../../../../local/providers/azureNative/longRunning";
import { resourceManagerRule } from "../../../../local/providers/azureNative/retryRules";

const signal = new AbortController().signal;
const target = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Any/things/one?api-version=2024-01-01";
const soon = { "retry-after": "3600", "retry-after-ms": "1" };
const reply = (status: number, body: unknown, headers: HttpResponse["headers"] = {}): HttpResponse => ({
  status,
  headers: { ...soon, ...headers },
  body: body === undefined ? "" : JSON.stringify(body),
});

/** A service that gives the same answers in turn, and the addresses it was asked at. */
function service(...answers: HttpResponse[]): { client: RestClient; asked: string[] } {
  const asked: string[] = [];
  const connection: Connection = {
    send: ({ url }) => {
      if (url.includes("/oauth2/")) {
        return Promise.resolve({ status: 200, headers: {}, body: '{"access_token":"token","expires_in":3599}' });
      }
      asked.push(url.replace("https://management.azure.com", ""));
      return Promise.resolve(answers.shift() ?? reply(500, {}));
    },
    close: () => Promise.resolve(),
  };
  const credentials = { tenantId: "tenant", clientId: "client", clientSecret: "secret" };
  const tokens = new TokenSource(connection, credentials, noRequests());
  const rule = { ...resourceManagerRule, attempts: 1 };
  const options = { service: "arm", baseUrl: "https://management.azure.com", scope: "scope", rule } as const;
  return { client: new RestClient(connection, tokens, noRequests(), options), asked };
}

describe("a long-running operation", () => {
  it("is followed by Azure-AsyncOperation, before any other sign, and the resource is read at its end", async () => {
    const { client, asked } = service(
      reply(200, { status: "InProgress" }),
      reply(200, { status: "Succeeded" }),
      reply(200, { id: "one" }),
    );
    const headers = { "azure-asyncoperation": "https://management.azure.com/operations/1", location: "/elsewhere" };
    expect(await finished(client, "PUT", target, reply(201, {}, headers), signal)).toEqual({ id: "one" });
    expect(asked).toEqual(["/operations/1", "/operations/1", target]);
  });

  it("is followed by Location, which may be a path without an API version", async () => {
    const { client, asked } = service(reply(202, undefined), reply(200, { id: "one" }));
    const first = reply(202, undefined, { location: "/operations/2?monitor=true" });
    expect(await finished(client, "PUT", target, first, signal)).toEqual({ id: "one" });
    expect(asked[0]).toBe("/operations/2?monitor=true&api-version=2024-01-01");
  });

  it("is followed by the resource's own state", async () => {
    const { client, asked } = service(
      reply(200, { properties: { provisioningState: "ResolvingDns" } }),
      reply(200, { id: "one", properties: { provisioningState: "Succeeded" } }),
    );
    const first = reply(201, { properties: { provisioningState: "Creating" } });
    expect(await finished(client, "PUT", target, first, signal)).toMatchObject({ id: "one" });
    expect(asked).toEqual([target, target]);
  });

  it("fails with the reason that the service gives for it", async () => {
    const error = { code: "BadRequest", message: "Soft-deleted workspace exists." };
    const { client } = service(reply(200, { status: "Failed", error }));
    const first = reply(202, undefined, { "azure-asyncoperation": "https://management.azure.com/operations/3" });
    await expect(finished(client, "PUT", target, first, signal)).rejects.toThrow(
      'Status=200 Code="BadRequest" Message="Soft-deleted workspace exists."',
    );
  });

  it("needs no waiting where the first answer is the last", async () => {
    const { client, asked } = service();
    expect(await finished(client, "PUT", target, reply(200, { id: "one" }), signal)).toEqual({ id: "one" });
    expect(await finished(client, "DELETE", target, reply(204, undefined), signal)).toEqual({});
    expect(asked).toEqual([]);
  });
});
