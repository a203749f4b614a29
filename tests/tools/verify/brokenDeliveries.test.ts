import { workspaceId } from "../../../local/azure/landingZone/layout";
import { type Ended } from "../../support/command";
import { runVerify } from "../../support/toolCommand";
import { vaultUrl, type Delivery } from "../../support/delivery";
import { report, results, rowOf, graphOf, lakeOf, VerifyRuns } from "./verifyRuns";

jest.setTimeout(120_000);

let runs: VerifyRuns;
const delivered: Delivery[] = [];

/** Delivers a daemon that may do all that its credential says. */
async function deliver(daemon: string, expiry: { readonly expiresOn?: string } = {}): Promise<Delivery> {
  const delivery = await runs.administrator.deliver({ daemon, consent: "grant", ...expiry });
  delivered.push(delivery);
  return delivery;
}

beforeAll(async () => {
  runs = await VerifyRuns.open();
});
afterAll(() => runs.close());

describe("verify of broken deliveries", () => {
  let ended: Ended;

  beforeAll(async () => {
    const robbed = await deliver("robbed");
    await runs.administrator.removeAssignment(robbed.assignments.lake);
    await runs.administrator.removeAssignment(robbed.assignments.workspace);

    const { credential } = await deliver("wrong-secret");
    await runs.administrator.store({ ...credential, clientSecret: "kX8~this-is-not-its-secret-0123456789" });

    const reads = await deliver("only-reads");
    await runs.administrator.store({
      ...reads.credential,
      graph: { ...graphOf(reads), permissions: ["Mail.Send"] },
      lake: { ...lakeOf(reads), role: "Storage Blob Data Reader" },
    });

    const daemons = ["robbed", "wrong-secret", "only-reads", "forecast-lodaer"];
    ended = await runs.verify("--json", ...daemons.flatMap((daemon) => ["--daemon", daemon]));
  });

  it("fails", () => {
    expect([ended.code, ended.stderr, report(ended).ok]).toEqual([1, "", false]);
  });

  it("tells a missing lake role with the lake's own error", () => {
    expect(rowOf(ended, "lake.write", "robbed")).toMatchObject({
      result: "failed",
      reason: {
        status: 403,
        code: "AuthorizationPermissionMismatch",
        message: "This request is not authorized to perform this operation using this permission.",
      },
      remedy: expect.stringContaining(
        "lacks the role Storage Blob Data Contributor on the file system forecasts of stverifytests.dfs.core.windows.net",
      ) as unknown,
    });
    expect(rowOf(ended, "lake.delete", "robbed")).toMatchObject({ result: "skipped", detail: "Nothing was written." });
  });

  it("tells a missing workspace role with Azure Resource Manager's own error", () => {
    expect(rowOf(ended, "workspace.read", "robbed")).toMatchObject({
      result: "failed",
      reason: { status: 403, code: "AuthorizationFailed" },
      remedy: expect.stringContaining(`lacks the role AzureML Data Scientist on ${workspaceId}`) as unknown,
    });
  });

  it("tells a wrong secret once, and skips what needs it", () => {
    expect(results(ended, "wrong-secret")).toEqual([
      "wrong-secret vault.read passed",
      "wrong-secret signIn failed",
      "wrong-secret graph.users skipped",
      "wrong-secret lake.write skipped",
      "wrong-secret lake.read skipped",
      "wrong-secret lake.delete skipped",
      "wrong-secret workspace.read skipped",
    ]);
    expect(rowOf(ended, "signIn", "wrong-secret")?.reason?.code).toBe("AADSTS7000215");
    expect(ended.stdout).not.toContain("this-is-not-its-secret");
  });

  it("asks no more of a daemon than what it was given", () => {
    expect(results(ended, "only-reads")).toEqual([
      "only-reads vault.read passed",
      "only-reads signIn passed",
      "only-reads graph.permissions failed",
      "only-reads lake.list passed",
      "only-reads workspace.read passed",
    ]);
    expect(rowOf(ended, "graph.permissions", "only-reads")?.reason).toEqual({
      code: "PermissionMissing",
      message: "The token does not carry Mail.Send.",
    });
  });

  it("tells that a daemon's name may be wrong", () => {
    expect(rowOf(ended, "vault.read", "forecast-lodaer")).toMatchObject({
      reason: { status: 403, code: "ForbiddenByRbac" },
      remedy: expect.stringContaining("may not read forecast-lodaer-credential. Check the name") as unknown,
    });
  });

  it("fails at once when the secret has expired, and names the date", async () => {
    const brief = await deliver("brief", { expiresOn: "2026-03-01T10:00:00Z" });
    runs.azure.clock.set("2026-03-01T10:30:00Z");
    const ended = runs.kept(
      await runVerify(runs.azure, "consumer", "--vault", vaultUrl, "--daemon", "brief", "--json"),
    );
    expect(ended).toMatchObject({ code: 1, stderr: "" });
    expect(rowOf(ended, "signIn")).toMatchObject({
      result: "failed",
      reason: {
        code: "AADSTS7000222",
        message: expect.stringContaining(`secret keys for app '${brief.credential.clientId}' are expired`) as unknown,
      },
      remedy: expect.stringContaining("expired on 2026-03-01T10:00:00Z") as unknown,
    });
  });

  it("never printed a secret, a token or a credential's text in all of this", () => {
    runs.expectNoSecret(delivered, 5_000);
  });
});
