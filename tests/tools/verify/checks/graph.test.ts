import { checkGraph } from "../../../../tools/verify/checks/graph";
import type { GraphAccess } from "../../../../tools/verify/credential";
import { Patience } from "../../../../tools/verify/patience";
import type { Row } from "../../../../tools/verify/rows";
import { adminConsentUrl, credential } from "../fixtures";

const patience = new Patience({ seconds: 0, callSeconds: 1, progress: () => undefined });

/** The row of a daemon with these permissions whose token carries those roles. */
async function rowFor(
  consent: GraphAccess["consent"],
  permissions: string[],
  claims: object,
): Promise<Row | undefined> {
  const token = ["header", Buffer.from(JSON.stringify(claims)).toString("base64url"), "signature"].join(".");
  const run = { credential, patience, tokens: () => Promise.resolve(token), signInReplication: () => undefined };
  const [row] = await checkGraph(run, { ...credential.graph, consent, permissions });
  return row;
}

describe("a daemon that may not list users", () => {
  it("passes when its token carries its permissions", async () => {
    expect(
      await rowFor("grant", ["Mail.Send", "Sites.Selected"], { roles: ["Sites.Selected", "Mail.Send"] }),
    ).toMatchObject({ check: "graph.permissions", result: "passed", detail: "Mail.Send, Sites.Selected" });
  });

  it("waits for consent when the stack only requests it", async () => {
    expect(await rowFor("request", ["Mail.Send", "Sites.Selected"], { roles: ["Mail.Send"] })).toMatchObject({
      result: "waiting",
      reason: { code: "PermissionMissing", message: "The token does not carry Sites.Selected." },
      remedy: `An administrator has yet to consent to Mail.Send, Sites.Selected: ${adminConsentUrl}`,
    });
  });

  it("fails when the stack granted what its token lacks", async () => {
    expect(await rowFor("grant", ["Mail.Send"], {})).toMatchObject({ result: "failed" });
  });
});
