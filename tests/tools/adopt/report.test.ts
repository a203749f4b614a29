import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { identities, subscription, workspaceId } from "../../../local/azure/landingZone/layout";
import { people } from "../../../local/azure/landingZone/people";
import { type Ended, onLocalAzure, signedInAs } from "../../support/command";
import { runToolCommand } from "../../support/toolCommand";
import { Administrator } from "../../support/delivery";
import { everythingOf, type HandMade, makeByHand } from "../../support/handMade";
import { LocalAzureForTests } from "../../support/localAzure";
import { runTool } from "../cli/runTool";

jest.setTimeout(120_000);

let azure: LocalAzureForTests;
let administrator: Administrator;
let made: HandMade;

const adopt = (identity: "administrator" | "deployer" | "stranger", ...args: string[]): Promise<Ended> =>
  runToolCommand(["adopt", "report", ...args], signedInAs(azure, identity));

interface Report {
  readonly ok: boolean;
  readonly [part: string]: unknown;
}
const reportOf = ({ stdout }: Ended): Report => JSON.parse(stdout) as Report;

beforeAll(async () => {
  azure = await LocalAzureForTests.open({ startsAt: "system" });
  administrator = new Administrator(azure);
  made = await makeByHand(administrator);
});

afterAll(() => azure.close());

describe("the report of an application made by hand", () => {
  it("lists everything that is there, and no value", async () => {
    const ended = await adopt("administrator", "--client-id", made.clientId, "--json");
    expect(ended.stderr).toBe("");
    const graph = "Microsoft Graph";
    const owners = [
      { objectId: identities.deployer.objectId, displayName: expect.any(String) as string },
      { objectId: made.owner, displayName: people[0]?.displayName },
    ];
    const password = (displayName: string): unknown =>
      expect.objectContaining({ displayName, endsOn: "2036-01-01T00:00:00Z" });
    expect(reportOf(ended)).toEqual({
      version: 1,
      ok: true,
      clientId: made.clientId,
      objectId: made.id,
      displayName: "Loader of old",
      servicePrincipal: { objectId: made.principalId, enabled: true },
      passwords: [password("set up by Ingrid"), password("in use on the old server")],
      certificates: [expect.objectContaining({ displayName: "old server", endsOn: "2036-01-01T00:00:00Z" })],
      federatedCredentials: [
        {
          id: expect.any(String) as string,
          name: "build",
          issuer: "https://token.actions.githubusercontent.com",
          subject: "repo:contoso/loader:ref:refs/heads/main",
        },
      ],
      permissionsAsked: [
        { api: graph, permission: "Mail.Send", kind: "application" },
        { api: graph, permission: expect.any(String) as string, kind: "delegated" },
      ],
      permissionsGranted: [
        { id: expect.any(String) as string, api: graph, permission: "Mail.Send", kind: "application" },
      ],
      redirectUris: [
        "https://loader.contoso.example/signed-in",
        "https://loader.contoso.example/spa",
        "http://localhost",
      ],
      owners: expect.arrayContaining(owners) as unknown,
      servicePrincipalOwners: expect.arrayContaining(owners) as unknown,
      roleAssignments: [{ id: expect.stringContaining(workspaceId) as string, role: "Reader", scope: workspaceId }],
      unread: [],
    });
    expect(ended.stdout).not.toContain(made.password);
  });

  it("tells people the same, a line a thing", async () => {
    const { code, stdout } = await adopt("administrator", "--client-id", made.clientId);
    expect(code).toBe(0);
    expect(stdout).toContain(`Loader of old (client ID ${made.clientId}, object ID ${made.id})\n`);
    expect(stdout).toContain("What is there:\n  client secrets:\n    set up by Ingrid, ends 2036-01-01, key ");
    expect(stdout).toContain("    Mail.Send of Microsoft Graph, application\n");
    expect(stdout).toContain(`    Reader on ${workspaceId}\n`);
  });

  it("leaves out what a stack manages", async () => {
    const { application, appRoleAssignments, roleAssignments, federatedCredentials } = await everythingOf(
      administrator,
      made,
    );
    const [, inUse] = application.passwordCredentials;
    const [grant] = appRoleAssignments;
    const [federated] = federatedCredentials as { id: string }[];
    const resources = [
      { custom: false },
      { custom: true, id: `${made.id}/password/${inUse?.keyId ?? ""}` },
      { custom: true, id: `${made.id}/federatedIdentityCredential/${federated?.id ?? ""}` },
      { custom: true, id: `/servicePrincipals/graph/appRoleAssignedTo/${String(grant?.["id"])}` },
      { custom: true, id: roleAssignments[0]?.id },
    ];
    const directory = mkdtempSync(join(tmpdir(), "adopt-test-"));
    const state = join(directory, "state.json");
    for (const exported of [
      { version: 3, deployment: { resources } },
      { version: 3, checkpoint: { latest: { resources } } },
    ]) {
      writeFileSync(state, JSON.stringify(exported));
      const report = reportOf(await adopt("administrator", "--client-id", made.clientId, "--state", state, "--json"));
      expect(report).toMatchObject({
        passwords: [{ displayName: "set up by Ingrid" }],
        federatedCredentials: [],
        permissionsGranted: [],
        roleAssignments: [],
        redirectUris: expect.arrayContaining(["http://localhost"]) as unknown,
      });
    }
    const owned = [
      { custom: true, id: `/applications/${made.id}` },
      { custom: true, id: `/servicePrincipals/${made.principalId}` },
    ];
    writeFileSync(state, JSON.stringify({ deployment: { resources: owned } }));
    expect(
      reportOf(await adopt("administrator", "--client-id", made.clientId, "--state", state, "--json")),
    ).toMatchObject({ redirectUris: [], permissionsAsked: [], owners: [], servicePrincipalOwners: [] });
    for (const neverDeployed of [
      { version: 3, deployment: null },
      { version: 3, checkpoint: { stack: "dev" } },
    ]) {
      writeFileSync(state, JSON.stringify(neverDeployed));
      const report = reportOf(await adopt("administrator", "--client-id", made.clientId, "--state", state, "--json"));
      expect(report).toMatchObject({ passwords: [{}, {}] });
    }
    rmSync(directory, { recursive: true });
  });

  it("says what the reader may not read, and tells the rest", async () => {
    const report = reportOf(await adopt("deployer", "--client-id", made.clientId, "--json"));
    expect(report).toMatchObject({
      ok: true,
      displayName: "Loader of old",
      permissionsGranted: [{ permission: "Mail.Send" }],
    });
    expect(report["unread"]).toEqual([
      expect.stringMatching(
        /^delegated permissions that were consented to: .*403 Authorization_RequestDenied/,
      ) as string,
      expect.stringMatching(/^Azure role assignments: .*403 AuthorizationFailed/) as string,
    ]);
  });

  it("asks for the subscription where none is named", async () => {
    const signedIn = { ...signedInAs(azure, "administrator"), AZURE_SUBSCRIPTION_ID: "" };
    const args = ["adopt", "report", "--client-id", made.clientId];
    expect((await runToolCommand(args, signedIn)).stdout).toContain(
      "not read: Azure role assignments: name the subscription, with --subscription or AZURE_SUBSCRIPTION_ID\n",
    );
    const named = await runToolCommand([...args, "--subscription", subscription.id], signedIn);
    expect(named.stdout).toContain(`Reader on ${workspaceId}`);
  });

  it("says that an application has no service principal, and how to make it", async () => {
    const { appId = "" } = await administrator.graph("POST", "/applications", { displayName: "Bare" });
    const { stdout } = await adopt("administrator", "--client-id", appId);
    expect(stdout).toContain(`no service principal; make it with: az ad sp create --id ${appId}`);
  });
});

describe("the report ends", () => {
  it.each([
    [["--client-id", "loader"], "Give a GUID, for example 46410032-25fe-4fa0-8822-64728e1cd912."],
    [[], "required option '--client-id <id>' not specified"],
    [
      ["--client-id", "2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84", "--stack", "dev", "--state", "x"],
      "Give --stack or --state, not both.",
    ],
    [
      ["--client-id", "2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84", "--state", "/nowhere.json"],
      "--state: there is no file /nowhere.json that can be read.",
    ],
    [
      ["--client-id", "2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84", "--state", "package.json"],
      "--state: this is not a stack's state. Give what pulumi stack export prints.",
    ],
    [
      ["--client-id", "2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84", "--stack", "dev"],
      "There is no pulumi command on PATH. Install it: https://www.pulumi.com/docs/install/.",
    ],
  ])("before anything is read for %j", async (args, told) => {
    const { PATH } = process.env;
    process.env["PATH"] = "/nowhere";
    const { code, stderr } = await runTool(["adopt", "report", ...args]);
    process.env["PATH"] = PATH;
    expect(stderr).toContain(told);
    expect(code).toBe(2);
  });

  it("with 2 for an application that nobody has registered", async () => {
    const unknown = "2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84";
    const { code, stderr } = await adopt("administrator", "--client-id", unknown);
    expect(code).toBe(2);
    expect(stderr).toContain(`--client-id: the tenant has no application with the client ID ${unknown}.`);
  });

  it("with 1 where Graph refuses the reader", async () => {
    const { code, stderr } = await adopt("stranger", "--client-id", made.clientId);
    expect(code).toBe(1);
    expect(stderr).toMatch(/403 Authorization_RequestDenied/);
  });

  it("with 1 where nobody has signed in", async () => {
    const args = ["adopt", "report", "--client-id", made.clientId];
    const { code, stderr } = await runToolCommand(args, onLocalAzure(azure));
    expect(code).toBe(1);
    expect(stderr).not.toBe("");
  });
});
