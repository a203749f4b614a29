import { type Call, failureOf } from "../../examples/clients/runner/clientRun";
import { clientNamed } from "./support/environments";

const client = clientNamed("python-msal");
const ended = { code: 0, stdout: "6 users\n", stderr: "" };
const listed: Call = {
  service: "graph",
  method: "GET",
  host: "graph.microsoft.com",
  path: "/v1.0/users",
  status: 200,
};

describe("a client's run", () => {
  it("is a success where the program ended well and made its call", () => {
    expect(failureOf(client, ended, [listed])).toBeUndefined();
  });

  it("is none where the program failed, and tells the beginning and the end of what it said", () => {
    const stderr = Array.from({ length: 90 }, (_, line) => `line ${line}`).join("\n");
    const lines = failureOf(client, { code: 1, stdout: "", stderr }, [listed])?.split("\n");
    expect([lines?.[0], lines?.[12], lines?.at(-1), lines?.length]).toEqual(["line 0", "…", "line 89", 25]);
  });

  it("is none where the program failed without a word, or was stopped", () => {
    expect(failureOf(client, { code: 3, stdout: "", stderr: "" }, [])).toBe("ended with exit code 3");
    expect(failureOf(client, { code: null, stdout: "", stderr: "" }, [])).toBe("was stopped");
  });

  it.each([
    ["at all", []],
    ["with success", [{ ...listed, status: 403 }]],
    ["of that method", [{ ...listed, method: "POST" }]],
    ["of that service", [{ ...listed, service: "arm" }]],
    ["at that path", [{ ...listed, path: "/v1.0/users/me" }]],
  ])("is none where the program ended well without making its call %s", (_, calls) => {
    expect(failureOf(client, ended, calls)).toBe("ended well without GET ^\\/v1\\.0\\/users$");
  });

  it("is none where it asked local Azure for what it does not know", () => {
    const unknown: Call = { ...listed, path: "/v1.0/me/drive", status: 501, unknown: true };
    expect(failureOf(client, ended, [listed, unknown])).toBe(
      "local Azure does not know GET graph.microsoft.com/v1.0/me/drive",
    );
  });
});
