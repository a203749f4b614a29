import type { Connection, HttpRequest } from "../../../../local/providers/rest/connection";
import { noRequests } from "../../../../local/providers/rest/counters";
import { TokenSource } from "../../../../local/providers/rest/tokenSource";

const credentials = { tenantId: "tenant", clientId: "client", clientSecret: "secret" };
const signal = new AbortController().signal;

function source(lifetime: number): { tokens: TokenSource; sent: HttpRequest[] } {
  const sent: HttpRequest[] = [];
  const connection: Connection = {
    send: (request) => {
      sent.push(request);
      const body = JSON.stringify({ access_token: `token-${sent.length}`, expires_in: String(lifetime) });
      return Promise.resolve({ status: 200, headers: {}, body });
    },
    close: () => Promise.resolve(),
  };
  return { tokens: new TokenSource(connection, credentials, noRequests()), sent };
}

describe("a token source", () => {
  it("asks once for each audience, however many ask at a time", async () => {
    const { tokens, sent } = source(3599);
    const [first, second, other] = await Promise.all([
      tokens.token("arm", signal),
      tokens.token("arm", signal),
      tokens.token("graph", signal),
    ]);
    expect([first, second, other]).toEqual(["token-1", "token-1", "token-2"]);
    expect(await tokens.token("arm", signal)).toBe("token-1");
    expect(sent).toHaveLength(2);
  });

  it("renews a token that is about to end", async () => {
    const { tokens } = source(60);
    expect(await tokens.token("arm", signal)).toBe("token-1");
    expect(await tokens.token("arm", signal)).toBe("token-2");
  });

  it("sends the secret in the body alone", async () => {
    const { tokens, sent } = source(3599);
    await tokens.token("https://graph.microsoft.com/.default", signal);
    expect(sent[0]?.url).toBe("https://login.microsoftonline.com/tenant/oauth2/v2.0/token");
    expect(sent[0]?.body).toBe(
      "grant_type=client_credentials&client_id=client&client_secret=secret&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default",
    );
  });
});
