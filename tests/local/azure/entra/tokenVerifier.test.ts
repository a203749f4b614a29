import { generateKeyPairSync } from "node:crypto";
import { TokenRefused } from "../../../../local/azure/entra/caller";
import { issueAccessToken, type AccessTokenRequest } from "../../../../local/azure/entra/token/accessToken";
import type { SigningKey } from "../../../../local/azure/entra/token/signingKey";
import { TokenVerifier } from "../../../../local/azure/entra/token/tokenVerifier";
import type { AzureRequest } from "../../../../local/azure/http/message";
import { TestClock } from "../../../support/localAzure";

const key = (): SigningKey => ({ kid: "a", ...generateKeyPairSync("rsa", { modulusLength: 2048 }) });
const own = key();
const clock = new TestClock(new Date("2026-03-01T09:00:00Z"));
const verifier = new TokenVerifier("tenant", own, clock);
const vault = "https://vault.azure.net";

const token = (change: Partial<AccessTokenRequest> = {}, signedWith = own): Promise<string> =>
  issueAccessToken(
    {
      version: 1,
      tenantId: "tenant",
      audience: vault,
      resourceAppId: "resource",
      clientId: "client",
      objectId: "object",
      proof: "1",
      roles: ["Read"],
      issuedAt: new Date("2026-03-01T09:00:00Z"),
      ...change,
    },
    signedWith,
  );

const request = (authorization?: string): AzureRequest => ({
  id: "r",
  method: "GET",
  host: "kv.vault.azure.net",
  path: "/",
  query: new URLSearchParams(),
  headers: authorization === undefined ? {} : { authorization },
  body: Buffer.alloc(0),
});

async function problem(authorization?: string): Promise<string> {
  const error: unknown = await verifier
    .authenticate(request(authorization), [vault])
    .catch((reason: unknown) => reason);
  return error instanceof TokenRefused ? error.problem : "none";
}

describe("checking an access token", () => {
  afterEach(() => {
    clock.set("2026-03-01T09:00:00Z");
  });

  it("tells the caller, whatever the slash at the end of the audience", async () => {
    const bearer = `Bearer ${await token({ audience: `${vault}/` })}`;
    expect(await verifier.authenticate(request(bearer), [vault])).toEqual({
      clientId: "client",
      objectId: "object",
      tenantId: "tenant",
      roles: ["Read"],
    });
  });

  it.each<[string, () => Promise<string | undefined>]>([
    ["missing", () => Promise.resolve(undefined)],
    ["missing", () => Promise.resolve("Basic abc")],
    ["malformed", () => Promise.resolve("Bearer a.b.c")],
    ["signature", async () => `Bearer ${await token({}, key())}`],
    ["audience", async () => `Bearer ${await token({ audience: "https://graph.microsoft.com" })}`],
    ["tenant", async () => `Bearer ${await token({ tenantId: "other" })}`],
    ["expired", async () => `Bearer ${await token({ issuedAt: new Date("2026-03-01T08:00:00Z") })}`],
  ])("says that it is refused: %s", async (expected, authorization) => {
    expect(await problem(await authorization())).toBe(expected);
  });

  it("refuses a payload that was changed under a remembered signature", async () => {
    const good = await token();
    expect(await problem(`Bearer ${good}`)).toBe("none");
    const [header, payload, signature] = good.split(".");
    const claims = JSON.parse(Buffer.from(payload ?? "", "base64url").toString()) as Record<string, unknown>;
    const changed = Buffer.from(JSON.stringify({ ...claims, roles: ["Write"] })).toString("base64url");
    expect(await problem(`Bearer ${header ?? ""}.${changed}.${signature ?? ""}`)).toBe("signature");
  });

  it("remembers that a token is good, but not that it is still in time", async () => {
    const bearer = `Bearer ${await token()}`;
    expect(await problem(bearer)).toBe("none");
    clock.advance({ hours: 1 });
    expect(await problem(bearer)).toBe("expired");
  });

  it("takes microseconds for a token it knows", async () => {
    const bearer = request(`Bearer ${await token()}`);
    await verifier.authenticate(bearer, [vault]);
    const rounds = 1000;
    const started = performance.now();
    for (let round = 0; round < rounds; round++) {
      await verifier.authenticate(bearer, [vault]);
    }
    expect((performance.now() - started) / rounds).toBeLessThan(0.05);
  });
});
