import { limitsByService } from "../../../../local/azure/conditions/throttling/throttling";
import {
  identities,
  subscription,
  tenant,
  workspace,
  type IdentityName,
} from "../../../../local/azure/landingZone/layout";
import { LocalAzureForTests } from "../../../support/localAzure";

const management = "https://management.azure.com";
const graph = "https://graph.microsoft.com";
const group = `${management}/subscriptions/${subscription.id}/resourceGroups/rg-daemons?api-version=2021-04-01`;
const vault = `https://${workspace.vault}.vault.azure.net`;

let azure: LocalAzureForTests | undefined;
afterEach(() => azure?.close());

const throttled = async (factor: number): Promise<LocalAzureForTests> => {
  azure = await LocalAzureForTests.open({ conditions: { throttling: { profile: "azure", factor } } });
  return azure;
};

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

type Ask = (method: string, url: string, body?: unknown) => Promise<Answer>;

/** Asks as an identity, with one token for all calls. */
async function asking(local: LocalAzureForTests, identity: IdentityName, scope: string): Promise<Ask> {
  const headers = {
    authorization: `Bearer ${await local.token(identity, scope)}`,
    "content-type": "application/json",
  };
  return async (method, url, body) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await local.fetch(url, { method, headers, ...sent });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.json() };
  };
}

it("has the published sizes, and what comes back each second", () => {
  const numbers = (service: string, limit: string): readonly number[] => {
    const { size, refillPerSecond } = limitsByService[service]?.limits.find(({ counts }) => counts === limit) ?? {
      size: 0,
      refillPerSecond: 0,
    };
    return [size, refillPerSecond];
  };
  expect(numbers("arm", "ARM: reads in a subscription by one caller")).toEqual([250, 25]);
  expect(numbers("arm", "ARM: writes in a subscription by one caller")).toEqual([200, 10]);
  expect(numbers("arm", "ARM: deletes in a subscription by all callers")).toEqual([3000, 150]);
  expect(numbers("graph", "Graph: resource units of one application in a small tenant")).toEqual([3500, 350]);
  expect(numbers("keyVault", "Key Vault: all other transactions, in one vault")).toEqual([4000, 400]);
});

it("counts a caller's reads in Resource Manager down, refuses the next in its words, and lets it pass when told to", async () => {
  const local = await throttled(0.01);
  const ask = await asking(local, "administrator", `${management}/.default`);
  const read = (): Promise<Answer> => ask("GET", group);
  const left: (string | undefined)[] = [];
  for (let count = 0; count < 3; count += 1) {
    const { status, headers } = await read();
    expect(status).toBe(200);
    left.push(headers["x-ms-ratelimit-remaining-subscription-reads"]);
  }
  expect(left).toEqual(["2", "1", "0"]);
  const refused = await read();
  expect(refused.status).toBe(429);
  expect(refused.headers["retry-after"]).toBe("1");
  expect(refused.body).toMatchObject({
    error: {
      code: "SubscriptionRequestsThrottled",
      message: `Number of 'read' requests for subscription '${subscription.id}' actor '${identities.administrator.objectId}' exceeded. Please try again after '1' seconds.`,
    },
  });
  local.clock.advance({ seconds: 1 });
  const another = await asking(local, "deployer", `${management}/.default`);
  expect((await another("GET", group)).headers["x-ms-ratelimit-remaining-subscription-reads"]).toBe("2");
  expect((await read()).status).toBe(200);
});

it("charges Graph's costs, warns from 0.8 on, and names the limit that is over", async () => {
  const ask = await asking(await throttled(0.002), "administrator", `${graph}/.default`);
  const list = (query = ""): Promise<Answer> => ask("GET", `${graph}/v1.0/applications${query}`);
  expect((await list()).headers).toMatchObject({ "x-ms-resource-unit": "2" });
  const cheaper = await list("?$select=id");
  expect(cheaper.headers["x-ms-resource-unit"]).toBe("1");
  expect(cheaper.headers["x-ms-throttle-limit-percentage"]).toBeUndefined();
  await list();
  expect((await list("?$top=5")).headers["x-ms-throttle-limit-percentage"]).toBe("0.9");
  const refused = await list();
  expect(refused.status).toBe(429);
  expect(refused.headers).toMatchObject({
    "retry-after": "1",
    "x-ms-throttle-scope": `Tenant_Application/ReadWrite/${identities.administrator.clientId}/${tenant.id}`,
    "x-ms-throttle-information": "ResourceUnitLimitExceeded",
  });
  expect(refused.body).toMatchObject({
    error: {
      code: "TooManyRequests",
      message: "Too many requests.",
      innerError: { "request-id": expect.any(String) as string },
    },
  });
});

it("holds writes in Graph to their own limit", async () => {
  const local = await throttled(0.001);
  const ask = await asking(local, "administrator", `${graph}/.default`);
  const create = (): Promise<Answer> => ask("POST", `${graph}/v1.0/applications`, { displayName: "written" });
  const statuses: number[] = [];
  for (let count = 0; count < 4; count += 1) {
    statuses.push((await create()).status);
    // The units come back, 350 a second; a write, 20 a second, does not.
    local.clock.advance({ seconds: 0.01 });
  }
  expect(statuses).toEqual([201, 201, 201, 429]);
  expect((await create()).headers["x-ms-throttle-information"]).toBe("WriteLimitExceeded");
});

it("holds a vault to so many new secrets, refused ones too, says no time to wait, and lets reads pass", async () => {
  const local = await throttled(0.01);
  const ask = await asking(local, "administrator", "https://vault.azure.net/.default");
  const address = `${vault}/secrets/throttled?api-version=7.4`;
  const set = (): Promise<Answer> => ask("PUT", address, { value: "x" });
  const statuses = [await set(), await set(), await set()].map(({ status }) => status);
  const refused = await set();
  expect([...statuses, refused.status]).toEqual([403, 403, 403, 429]);
  expect(refused.headers["retry-after"]).toBeUndefined();
  expect(refused.body).toMatchObject({ error: { code: "Throttled" } });
  expect((await ask("GET", address)).status).toBe(403);
});

it("holds a client to so many tokens, and refuses the next in plain text, with a wait", async () => {
  const local = await throttled(0.0005);
  for (let count = 0; count < 3; count += 1) {
    await local.token("consumer", `${graph}/.default`);
    local.clock.advance({ seconds: 0.01 });
  }
  const refused = await local.fetch(`https://login.microsoftonline.com/${tenant.id}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "client_credentials", client_id: identities.consumer.clientId }),
  });
  expect([refused.status, refused.headers.get("retry-after"), await refused.text()]).toEqual([
    429,
    "1",
    "Too Many Requests",
  ]);
  await expect(local.token("deployer", `${graph}/.default`)).resolves.toEqual(expect.any(String));
});
