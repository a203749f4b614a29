import { jsonReport, textReport } from "../../../tools/verify/report";
import { skipped, type Row } from "../../../tools/verify/rows";

const vault = "https://kv-daemons.vault.azure.net";
const rows: Row[] = [
  { daemon: null, check: "vault.list", result: "passed", ms: 85, detail: "1 credential" },
  {
    daemon: "mailer",
    check: "graph.users",
    result: "waiting",
    ms: 12,
    reason: { status: 403, code: "Authorization_RequestDenied", message: "Insufficient privileges." },
    remedy: "An administrator has yet to consent: https://login.microsoftonline.com/t/adminconsent?client_id=c",
  },
  {
    daemon: "mailer",
    check: "lake.write",
    result: "failed",
    ms: 1234,
    reason: { code: "ENOTFOUND", message: "getaddrinfo ENOTFOUND lake" },
    remedy: "Check the name.",
  },
  skipped("mailer", "lake.read", "Nothing was written."),
];

describe("the report", () => {
  it("is a line for each call, then what to do, then the sums", () => {
    expect(textReport(vault, rows, false, Number.POSITIVE_INFINITY)).toBe(
      `
Credentials in https://kv-daemons.vault.azure.net
┌────────┬───────────────────────────────────┬─────────┬──────┬─────────────────────────────────┐
│ daemon │ call                              │ result  │   ms │ found                           │
│        │ list the credentials in the vault │ passed  │   85 │ 1 credential                    │
│ mailer │ list users on Microsoft Graph     │ waiting │   12 │ 403 Authorization_RequestDenied │
│ mailer │ write a file to the lake          │ failed  │ 1234 │ ENOTFOUND                       │
│ mailer │ read it back                      │ skipped │      │ Nothing was written.            │
└────────┴───────────────────────────────────┴─────────┴──────┴─────────────────────────────────┘

waiting: mailer, list users on Microsoft Graph
  reason  403 Authorization_RequestDenied: Insufficient privileges.
  remedy  An administrator has yet to consent: https://login.microsoftonline.com/t/adminconsent?client_id=c
failed: mailer, write a file to the lake
  reason  ENOTFOUND: getaddrinfo ENOTFOUND lake
  remedy  Check the name.

1 passed, 1 waiting, 1 failed, 1 skipped.`.trimStart(),
    );
  });

  it("is a table and its sums where everything passed", () => {
    expect(textReport(vault, rows.slice(0, 1), false, Number.POSITIVE_INFINITY).split("\n").slice(-2)).toEqual([
      "└────────┴───────────────────────────────────┴────────┴────┴──────────────┘",
      "1 passed.",
    ]);
  });

  it("is a line for each call where the table is too wide for the terminal", () => {
    const clientId = "as 9e1dbf35-8fe9-4128-965f-827cdc9c709b";
    const one: Row[] = [
      { daemon: "a-loader-with-a-long-name", check: "signIn", result: "passed", ms: 14, detail: clientId },
      {
        daemon: "a-loader-with-a-long-name",
        check: "workspace.read",
        result: "passed",
        ms: 151,
        detail: "mlw-forecast in westeurope",
      },
    ];
    const text = textReport(vault, [...one, ...rows.slice(1)], false, 80);
    expect(text).toContain(`
a-loader-with-a-long-name
  passed   sign in to Entra ID: as 9e1dbf35-8fe9-4128-965f-827cdc9c709b (14 ms)
  passed   read the Machine Learning workspace (151 ms)
           mlw-forecast in westeurope
mailer
  waiting  list users on Microsoft Graph (12 ms)
           403 Authorization_RequestDenied
  failed   write a file to the lake: ENOTFOUND (1234 ms)
  skipped  read it back: Nothing was written.

waiting: mailer`);
  });

  it("is coloured for a terminal only", () => {
    expect(textReport(vault, rows, true, Number.POSITIVE_INFINITY)).toContain("\u001b[31mfailed\u001b[39m");
    expect(textReport(vault, rows, false, Number.POSITIVE_INFINITY)).not.toContain("\u001b");
  });

  it("has a fixed shape as JSON", () => {
    expect(jsonReport(vault, rows)).toEqual({
      version: 1,
      vault,
      ok: false,
      counts: { passed: 1, waiting: 1, failed: 1, skipped: 1 },
      checks: [
        { ...rows[0], what: "list the credentials in the vault" },
        { ...rows[1], what: "list users on Microsoft Graph" },
        { ...rows[2], what: "write a file to the lake" },
        {
          daemon: "mailer",
          check: "lake.read",
          what: "read it back",
          result: "skipped",
          ms: 0,
          detail: "Nothing was written.",
        },
      ],
    });
  });

  it("is ok while it only waits for consent", () => {
    expect(jsonReport(vault, rows.slice(0, 2)).ok).toBe(true);
  });
});
