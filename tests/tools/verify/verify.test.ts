import { jobRole } from "../../../components/ml/jobs";
import { identities, location, tenant, workspaceId } from "../../../local/azure/landingZone/layout";
import { clientAddress } from "../../../local/azure/network/clientAddress";
import type { GraphAccess, LakeAccess } from "../../../tools/verify/credential";
import type { JsonReport } from "../../../tools/verify/report";
import type { CheckName, Row } from "../../../tools/verify/rows";
import { LocalAzureForTests } from "../../support/localAzure";
import { run, signedInAs, type Ended } from "../../support/command";
import { runVerify } from "../../support/toolCommand";
import { Administrator, vaultUrl, type Delivery } from "../../support/delivery";

jest.setTimeout(120_000);

const graphOf = ({ credential: { graph } }: Delivery): GraphAccess => graph ?? fail("graph");
const lakeOf = ({ credential: { lake } }: Delivery): LakeAccess => lake ?? fail("lake");

function fail(block: string): never {
  throw new Error(`the credential has no ${block}`);
}

let azure: LocalAzureForTests;
let administrator: Administrator;
let loader: Delivery;
let mailer: Delivery;
/** Everything that verify printed in these tests. */
let printed = "";

async function verify(...args: string[]): Promise<Ended> {
  return kept(await runVerify(azure, "consumer", "--vault", vaultUrl, "--wait", "0", ...args));
}

function kept(ended: Ended): Ended {
  printed += ended.stdout + ended.stderr;
  return ended;
}

const report = ({ stdout }: Ended): JsonReport => JSON.parse(stdout) as JsonReport;

/** "daemon check result" of every row, or of one daemon's. */
const results = (ended: Ended, only?: string): string[] =>
  report(ended)
    .checks.filter(({ daemon }) => only === undefined || daemon === only)
    .map(({ daemon, check, result }) => `${daemon ?? "-"} ${check} ${result}`);

const rowOf = (ended: Ended, check: CheckName, only?: string): Row | undefined =>
  report(ended).checks.find((row) => row.check === check && (only === undefined || row.daemon === only));

/** Paths in the daemon's file system, as the daemon sees them. */
async function filesInLake({ credential }: Delivery): Promise<unknown> {
  const token = await azure.tokenFor({ ...credential, scope: "https://storage.azure.com/.default" });
  const { url, fileSystem } = credential.lake ?? { url: "", fileSystem: "" };
  const reply = await azure.fetch(`${url}${fileSystem}?resource=filesystem&recursive=true`, {
    headers: { authorization: `Bearer ${token}`, "x-ms-version": "2023-11-03" },
  });
  return ((await reply.json()) as { paths: unknown }).paths;
}

/** A refusal by the lake, once, of the requests that match. */
const lakeRefuses = (method: string, path: string): void => {
  azure.azure.faults.add({
    matches: (request) => request.method === method && request.path.startsWith(path),
    answer: {
      status: 403,
      headers: { "x-ms-error-code": "AuthorizationPermissionMismatch" },
      body: { error: { code: "AuthorizationPermissionMismatch", message: "Not yet." } },
    },
  });
};

beforeAll(async () => {
  azure = await LocalAzureForTests.open();
  administrator = new Administrator(azure);
  await administrator.layOut();
  loader = await administrator.deliver({ daemon: "forecast-loader", consent: "grant" });
  mailer = await administrator.deliver({ daemon: "report-mailer", consent: "request" });
});

afterAll(() => azure.close());

describe("verify", () => {
  it("makes every call of every daemon in the vault, and waits for the consent that is not given", async () => {
    const ended = await verify("--json");
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
    const { stdout } = await verify("--daemon", "forecast-loader");
    expect(stdout.split("\n").map((line) => line.replace(/ +\d+ │/, " ms │"))).toContainEqual(
      expect.stringMatching(/^│ forecast-loader │ list users on Microsoft Graph +│ passed │ ms │ 6 users +│$/),
    );
    expect(stdout).toMatch(/\n7 passed\.\n$/);
    expect(stdout).not.toContain("\u001b");
  });

  it("leaves no file in the lake, even when writing stops half way", async () => {
    lakeRefuses("PATCH", "/forecasts/azure-daemon-access-verify-");
    const ended = await verify("--json", "--daemon", "forecast-loader");
    expect(results(ended).filter((row) => row.includes("lake."))).toEqual([
      "forecast-loader lake.write failed",
      "forecast-loader lake.read skipped",
      "forecast-loader lake.delete passed",
    ]);
    expect(await filesInLake(loader)).toEqual([]);
  });

  it("reads the endpoints alone, of a daemon that only calls them", async () => {
    const { credential, servicePrincipalId, assignments } = await administrator.deliver({
      daemon: "caller",
      consent: "grant",
    });
    await administrator.removeAssignment(assignments.workspace);
    const { guid, definitionId, scope, roleName, actions } = jobRole("call", workspaceId);
    await administrator.arm("PUT", definitionId, "2022-04-01", {
      properties: { roleName, permissions: [{ actions }], assignableScopes: [scope] },
    });
    await administrator.assign(workspaceId, guid, servicePrincipalId);
    const machineLearning = { workspaceId, role: roleName, job: "call" };
    const rows = async (access: object) => {
      await administrator.store({ ...credential, machineLearning: { ...machineLearning, ...access } });
      return rowOf(await verify("--json", "--daemon", "caller"), "endpoint.read");
    };
    expect(await rows({})).toMatchObject({ result: "passed", detail: "0 endpoints" });
    expect(await rows({ endpoint: "forecast" })).toMatchObject({
      result: "failed",
      reason: { status: 404, code: "ResourceNotFound" },
      remedy: `There is no ${workspaceId}/onlineEndpoints/forecast. Correct workspaceId or endpoint in the stack's configuration and run \`pulumi up\`.`,
    });
    await administrator.arm("PUT", `${workspaceId}/onlineEndpoints/forecast`, "2024-04-01", {
      location,
      properties: { authMode: "AADToken" },
    });
    expect(await rows({ endpoint: "forecast" })).toMatchObject({
      result: "passed",
      detail: "forecast, which takes AADToken",
    });
  });

  it("sees a consent that was given a moment ago", async () => {
    const late = await administrator.deliver({ daemon: "late-consent", consent: "request" });
    expect(rowOf(await verify("--json", "--daemon", "late-consent"), "graph.users")?.result).toBe("waiting");
    await administrator.consent(late.servicePrincipalId);
    expect(rowOf(await verify("--json", "--daemon", "late-consent"), "graph.users")?.result).toBe("passed");
  });

  it("waits for a role that arrives late, and says so", async () => {
    const slow = await administrator.deliver({ daemon: "slow-role", consent: "grant" });
    await administrator.removeAssignment(slow.assignments.workspace);
    lakeRefuses("PUT", "/forecasts/azure-daemon-access-verify-");
    const ended = kept(
      await runVerify(azure, "consumer", "--vault", vaultUrl, "--daemon", "slow-role", "--wait", "3", "--json"),
    );
    expect(rowOf(ended, "lake.write")?.result).toBe("passed");
    expect(rowOf(ended, "workspace.read")?.result).toBe("failed");
    expect(ended.stderr).toContain(
      "slow-role, writing to the lake: AuthorizationPermissionMismatch; waiting for a new role assignment to reach the lake",
    );
  });

  it("tells a stranger who may read the vault, with Key Vault's own refusal", async () => {
    const listed = kept(await runVerify(azure, "stranger", "--vault", vaultUrl, "--wait", "0", "--json"));
    expect(listed.code).toBe(1);
    expect(rowOf(listed, "vault.list")).toMatchObject({
      result: "failed",
      reason: { status: 403, code: "ForbiddenByRbac" },
      remedy: expect.stringContaining("Give it the role Key Vault Reader there") as unknown,
    });
    const secret = `${vaultUrl}/secrets/forecast-loader-credential`;
    const read = kept(await runVerify(azure, "stranger", "--secret", secret, "--wait", "0", "--json"));
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
    const role = await administrator.letReadSecret("forecast-loader-credential", identities.stranger.objectId);
    const read = kept(
      await runVerify(azure, "stranger", "--vault", vaultUrl, "--daemon", "forecast-loader", "--wait", "0", "--json"),
    );
    await administrator.arm("DELETE", role, "2022-04-01");
    expect(rowOf(read, "vault.read")).toMatchObject({ daemon: "forecast-loader", result: "passed" });
    expect(rowOf(read, "vault.list")).toBeUndefined();
    expect(report(read)).toMatchObject({ counts: { failed: 0 } });
  });

  it("tells that the vault's firewall stands in the way, from which address", async () => {
    await administrator.closeVault(true);
    const ended = await verify("--json");
    await administrator.closeVault(false);
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
    const ended = kept(await runVerify(azure, "consumer", ...args));
    expect([ended.code, ended.stdout]).toEqual([2, ""]);
    expect(ended.stderr).not.toMatch(/\n {4}at /);
  });

  it("exits with 0 for --help, which says what the exit codes are", async () => {
    const help = ["tools/start.mjs", "verify", "--help"];
    const ended = kept(await run(process.execPath, help, signedInAs(azure, "consumer")));
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain("Exit codes:\n  0  done, nothing failed\n");
  });
});

describe("verify of broken deliveries", () => {
  let ended: Ended;

  beforeAll(async () => {
    const robbed = await administrator.deliver({ daemon: "robbed", consent: "grant" });
    await administrator.removeAssignment(robbed.assignments.lake);
    await administrator.removeAssignment(robbed.assignments.workspace);

    const { credential } = await administrator.deliver({ daemon: "wrong-secret", consent: "grant" });
    await administrator.store({ ...credential, clientSecret: "kX8~this-is-not-its-secret-0123456789" });

    const reads = await administrator.deliver({ daemon: "only-reads", consent: "grant" });
    await administrator.store({
      ...reads.credential,
      graph: { ...graphOf(reads), permissions: ["Mail.Send"] },
      lake: { ...lakeOf(reads), role: "Storage Blob Data Reader" },
    });

    const daemons = ["robbed", "wrong-secret", "only-reads", "forecast-lodaer"];
    ended = await verify("--json", ...daemons.flatMap((daemon) => ["--daemon", daemon]));
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
    const brief = await administrator.deliver({
      daemon: "brief",
      consent: "grant",
      expiresOn: "2026-03-01T10:00:00Z",
    });
    azure.clock.set("2026-03-01T10:30:00Z");
    const ended = kept(await runVerify(azure, "consumer", "--vault", vaultUrl, "--daemon", "brief", "--json"));
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
    expect(printed.length).toBeGreaterThan(5_000);
    const secrets = [loader, mailer].map(({ credential }) => credential.clientSecret);
    for (const secret of [...secrets, azure.secretOf("consumer"), azure.secretOf("stranger"), "clientSecret", "eyJ"]) {
      expect(printed).not.toContain(secret);
    }
  });
});
