import type { ClientResult } from "../../examples/clients/runner/clientRun";
import { callsInWords, jsonReport, passed, textReport } from "../../examples/clients/runner/report";

const graph = {
  service: "graph",
  method: "GET",
  host: "graph.microsoft.com",
  path: "/v1.0/users",
  status: 200,
} as const;
const entra = { ...graph, service: "entra", host: "login.microsoftonline.com" };
const good: ClientResult = {
  client: "python-msal",
  language: "python",
  versions: ["msal 1.39.0"],
  result: "passed",
  found: "6 users",
  calls: [entra, entra, graph],
  seconds: 1.2,
};
const bad: ClientResult = { ...good, client: "node-msal", result: "failed", found: "403 Forbidden\nof Graph" };
const absent: ClientResult = { ...good, client: "java-msal4j", result: "not run", found: "there is no mvn", calls: [] };
const unknown = {
  ...graph,
  host: "dc.services.visualstudio.com",
  method: "CONNECT",
  path: "",
  status: 403,
  unknown: true,
} as const;

describe("the report of the clients", () => {
  it("counts each client's calls by service", () => {
    expect(callsInWords(good.calls)).toBe("entra 2\ngraph 1");
  });

  it("shows a row a client, and below why one failed or was not run", () => {
    const text = textReport({ results: [good, bad, absent], unknown: [] }, false);
    expect(text).toMatch(/python-msal +│ msal 1\.39\.0 │ entra 2 │ passed +│ 6 users/);
    expect(text).toContain("failed: node-msal\n  403 Forbidden\n  of Graph");
    expect(text).toContain("not run: java-msal4j\n  there is no mvn");
    expect(text.trimEnd().endsWith("1 passed, 1 failed, 1 not run.")).toBe(true);
  });

  it("tells what the deployment asked in vain", () => {
    const outcome = { results: [good], unknown: [unknown] };
    expect(textReport(outcome, false)).toContain(
      "failed: the deployment\n  local Azure does not know CONNECT dc.services.visualstudio.com",
    );
    expect(passed(outcome)).toBe(false);
  });

  it.each([
    ["a client that is not run", [good, absent], true],
    ["a client that failed", [good, bad], false],
  ])("judges %s", (_, results, ok) => {
    expect(passed({ results, unknown: [] })).toBe(ok);
    expect(jsonReport({ results, unknown: [] })).toEqual({ version: 1, ok, results, unknown: [] });
  });
});
