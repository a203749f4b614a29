import { jobRole } from "../../../components/ml/jobs";
import { identities, location, tenant, workspaceId } from "../../../local/azure/landingZone/layout";
import { clientAddress } from "../../../local/azure/network/clientAddress";
import { run, signedInAs } from "../../support/command";
import { runVerify } from "../../support/toolCommand";
import { vaultUrl, type Delivery } from "../../support/delivery";
import { report, results, rowOf, VerifyRuns } from "./verifyRuns";

jest.setTimeout(120_000);

let runs: VerifyRuns;
let loader: Delivery;
let mailer: Delivery;

/** Paths in the daemon's file system, as the daemon sees them. */
async function filesInLake({ credential }: Delivery): Promise<unknown> {
  const token = await runs.azure.tokenFor({ ...credential, scope: "https://storage.azure.com/.default" });
  const { url, fileSystem } = credential.lake ?? { url: "", fileSystem: "" };
  const reply = await runs.azure.fetch(`${url}${fileSystem}?resource=filesystem&recursive=true`, {
    headers: { authorization: `Bearer ${token}`, "x-ms-version": "2023-11-03" },
  });
  return ((await reply.json()) as { paths: unknown }).paths;
}

/** A refusal by the lake, once, of the requests that match. */
const lakeRefuses = (method: string, path: string): void => {
  runs.azure.azure.faults.add({
    matches: (request) => request.method === method && request.path.startsWith(path),
    answer: {
      status: 403,
      headers: { "x-ms-error-code": "AuthorizationPermissionMismatch" },
      body: { error: { code: "AuthorizationPermissionMismatch", message: "Not yet." } },
    },
  });
};

beforeAll(async () => {
  runs = await VerifyRuns.open();
  loader = await runs.administrator.deliver({ daemon: "forecast-loader", consent: "grant" });
  mailer = await runs.administrator.deliver({ daemon: "report-mailer", consent: "request" });
});

afterAll(() => runs.close());

describe("verify", () => {
  it("makes every call of every daemon in the vault, and waits for the consent that is not given", async () => {
    const ended = await runs.verify("--json");
    expect(results(ended)).toEqual([
      "- vault.list passed",
      "forecast-loader vault.read passed",
      "forecast-loader signIn passed",
      "forecast-loader graph.users passed",
      "forecast-loader lake.write passed",
      "forecast-loader lake.read passed",
      "forecast-loader lake.delete passed",
      "forecast-loader workspace.read passed",
      "report-mailer vault.read passed",
      "report-mailer signIn passed",
      "report-mailer graph.users waiting",
      "report-mailer lake.write passed",
      "report-mailer lake.read passed",
      "report-mailer lake.delete passed",
      "report-mailer workspace.read passed",
    ]);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(report(ended).checks.find(({ result }) => result === "waiting")).toMatchObject({
      reason: {
        status: 403,
        code: "Authorization_RequestDenied",
        message: "Insufficient privileges to complete the operation.",
      },
      remedy:
        "An administrator has yet to consent to User.Read.All: " +
        `https://login.microsoftonline.com/${tenant.id}/adminconsent?client_id=${mailer.credential.clientId}`,
    });
  });

  it("prints a table, without colours, to whatever is no terminal", async () => {
    const { stdout } = await runs.verify("--daemon", "forecast-loader");
    expect(stdout.split("\n").map((line) => line.replace(/ +\d+ │/, " ms │"))).toContainEqual(
      expect.stringMatching(/^│ forecast-loader │ list users on Microsoft Graph +│ passed │ ms │ 6 users +│$/),
    );
    expect(stdout).toMatch(/\n7 passed\.\n$/);
    expect(stdout).not.toContain("\u001b");
  });

  it("leaves no file in the lake, even when writing stops half way", async () => {
    lakeRefuses("PATCH", "/forecasts/azure-daemon-access-verify-");
    const ended = await runs.verify("--json", "--daemon", "forecast-loader");
    expect(results(ended).filter((row) => row.includes("lake."))).toEqual([
      "forecast-loader lake.write failed",
      "forecast-loader lake.read skipped",
      "forecast-loader lake.delete passed",
    ]);
    expect(await filesInLake(loader)).toEqual([]);
  });

  it("reads the endpoints alone, of a daemon that only calls them", async () => {
    const { credential, servicePrincipalId, assignments } = await runs.administrator.deliver({
      daemon: "caller",
      consent: "grant",
    });
    await runs.administrator.removeAssignment(assignments.workspace);
    const { guid, definitionId, scope, roleName, actions } = jobRole("call", workspaceId);
    await runs.administrator.arm("PUT", definitionId, "2022-04-01", {
      properties: { roleName, permissions: [{ actions }], assignableScopes: [scope] },
    });
    await runs.administrator.assign(workspaceId, guid, servicePrincipalId);
    const machineLearning = { workspaceId, role: roleName, job: "call" };
    const rows = async (access: object) => {
      await runs.administrator.store({ ...credential, machineLearning: { ...machineLearning, ...access } });
      return rowOf(await runs.verify("--json", "--daemon", "caller"), "endpoint.read");
    };
    expect(await rows({})).toMatchObject({ result: "passed", detail: "0 endpoints" });
    expect(await rows({ endpoint: "forecast" })).toMatchObject({
      result: "failed",
      reason: { status: 404, code: "ResourceNotFound" },
      remedy: `There is no ${workspaceId}/onlineEndpoints/forecast. Correct workspaceId or endpoint in the stack's configuration and run \`pulumi up\`.`,
    });
    await runs.administrator.arm("PUT", `${workspaceId}/onlineEndpoints/forecast`, "2024-04-01", {
      location,
      properties: { authMode: "AADToken" },
    });
    expect(await rows({ endpoint: "forecast" })).toMatchObject({
      result: "passed",
      detail: "forecast, which takes AADToken",
    });
  });

  it("sees a consent that was given a moment ago", async () => {
    const late = await runs.administrator.deliver({ daemon: "late-consent", consent: "request" });
    expect(rowOf(await runs.verify("--json", "--daemon", "late-consent"), "graph.users")?.result).toBe("waiting");
    await runs.administrator.consent(late.servicePrincipalId);
    expect(rowOf(await runs.verify("--json", "--daemon", "late-consent"), "graph.users")?.result).toBe("passed");
  });

  it("waits for a role that arrives late, and says so", async () => {
    const slow = await runs.administrator.deliver({ daemon: "slow-role", consent: "grant" });
    await runs.administrator.removeAssignment(slow.assignments.workspace);
    lakeRefuses("PUT", "/forecasts/azure-daemon-access-verify-");
    const ended = runs.kept(
      await runVerify(runs.azure, "consumer", "--vault", vaultUrl, "--daemon", "slow-role", "--wait", "3", "--json"),
    );
    expect(rowOf(ended, "lake.write")?.result).toBe("passed");
    expect(rowOf(ended, "workspace.read")?.result).toBe("failed");
    expect(ended.stderr).toContain(
      "slow-role, writing to the lake: AuthorizationPermissionMismatch; waiting for a new role assignment to reach the lake",
    );
  });

  it("tells a stranger who may read the vault, with Key Vault's own refusal", async () => {
    const listed = runs.kept(await runVerify(runs.azure, "stranger", "--vault", vaultUrl, "--wait", "0", "--json"));
    expect(listed.code).toBe(1);
    expect(rowOf(listed, "vault.list")).toMatchObject({
      result: "failed",
      reason: { status: 403, code: "ForbiddenByRbac" },
      remedy: expect.stringContaining("Give it the role Key Vault Reader there") as unknown,
    });
    const secret = `${vaultUrl}/secrets/forecast-loader-credential`;
    const read = runs.kept(await runVerify(runs.azure, "stranger", "--secret", secret, "--wait", "0", "--json"));
    expect(rowOf(read, "vault.read")).toMatchObject({
      daemon: "forecast-loader",
      result: "failed",
      reason: { status: 403, code: "ForbiddenByRbac" },
      remedy: expect.stringContaining(
        "may not read forecast-loader-credential. Check the name; if it is right, add the identity's object ID to readers",
      ) as unknown,
    });
  });

  it("reads the secrets that are named, where the vault may not be listed", async () => {
    const role = await runs.administrator.letReadSecret("forecast-loader-credential", identities.stranger.objectId);
    const read = runs.kept(
      await runVerify(
        runs.azure,
        "stranger",
        "--vault",
        vaultUrl,
        "--daemon",
        "forecast-loader",
        "--wait",
        "0",
        "--json",
      ),
    );
    await runs.administrator.arm("DELETE", role, "2022-04-01");
    expect(rowOf(read, "vault.read")).toMatchObject({ daemon: "forecast-loader", result: "passed" });
    expect(rowOf(read, "vault.list")).toBeUndefined();
    expect(report(read)).toMatchObject({ counts: { failed: 0 } });
  });

  it("tells that the vault's firewall stands in the way, from which address", async () => {
    await runs.administrator.closeVault(true);
    const ended = await runs.verify("--json");
    await runs.administrator.closeVault(false);
    expect(rowOf(ended, "vault.list")).toMatchObject({
      reason: {
        status: 403,
        code: "ForbiddenByFirewall",
        message: expect.stringContaining(`Client address: ${clientAddress}`) as unknown,
      },
      remedy: expect.stringContaining("Add the client address above to vault.allowedIpRanges") as unknown,
    });
  });

  it.each([[["--vault", "kv"]], [["--nonsense"]]])("exits with 2 for the arguments %p", async (args) => {
    const ended = runs.kept(await runVerify(runs.azure, "consumer", ...args));
    expect([ended.code, ended.stdout]).toEqual([2, ""]);
    expect(ended.stderr).not.toMatch(/\n {4}at /);
  });

  it("exits with 0 for --help, which says what the exit codes are", async () => {
    const help = ["tools/start.mjs", "verify", "--help"];
    const ended = runs.kept(await run(process.execPath, help, signedInAs(runs.azure, "consumer")));
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain("Exit codes:\n  0  done, nothing failed\n");
  });

  it("never printed a secret, a token or a credential's text in all of this", () => {
    runs.expectNoSecret([loader, mailer], 5_000);
  });
});
