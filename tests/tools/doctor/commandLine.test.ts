import { identities, resourceGroupId } from "../../../local/azure/landingZone/layout";
import { runTool } from "../cli/runTool";
import { LocalAzureForTests } from "../../support/localAzure";
import { deployingAs, reportIn, runDoctor } from "./support/runDoctor";

const group = resourceGroupId("rg-daemons");

describe("doctor's arguments", () => {
  it.each([
    [[], "error: required option '--stack <name>' not specified"],
    [
      ["--stack", "dev", "--for", "up,deploy"],
      "error: option '--for <operations>' argument 'up,deploy' is invalid. Give some of preview, up, refresh, remove, destroy, expire, doctor, with commas between; not \"deploy\".",
    ],
    [
      ["--stack", "dev", "--timeout", "0"],
      "error: option '--timeout <seconds>' argument '0' is invalid. Give seconds, from 1 to 3600.",
    ],
    [["--stack", "dev", "--rights", "--role"], "--rights and --role print two documents. Give one of them."],
  ])("refuse %j", async (argv, message) => {
    const { code, stdout, stderr } = await runTool(["doctor", ...argv]);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});

describe("daemon-access doctor", () => {
  let azure: LocalAzureForTests;
  beforeAll(async () => {
    azure = await LocalAzureForTests.open({ startsAt: "system" });
  });
  afterAll(() => azure.close());

  it("finds nothing that stands in the way of local Azure's own deployer, and tells no secret", async () => {
    const clientSecret = azure.secretOf("deployer");
    const env = deployingAs(azure, { clientId: identities.deployer.clientId, clientSecret });
    const { code, stdout, stderr } = await runDoctor(env, "--stack", "dev");
    expect(stdout).toContain(`Stack dev, deployed by ${identities.deployer.clientId}\n`);
    expect(stdout).toMatch(/│ Azure action +│ 19 actions on rg-daemons +│ passed /);
    expect(stdout).toMatch(/\n\d+ passed, 3 unknown\.\n$/);
    expect(stderr).toBe(
      [
        "Reading the program of stack dev.",
        `Signing in with the client secret of ${identities.deployer.clientId} (ARM_CLIENT_SECRET).`,
        `Asking Entra ID and Azure as ${identities.deployer.clientId}.`,
        "",
      ].join("\n"),
    );
    expect(`${stdout}${stderr}`).not.toContain(clientSecret);
    expect(code).toBe(0);
  });

  it("lists everything for who has nothing, with a command for each", async () => {
    const stranger = { clientId: identities.stranger.clientId, clientSecret: azure.secretOf("stranger") };
    const ended = await runDoctor(deployingAs(azure, stranger), "--stack", "dev", "--json", "--for", "up");
    const { ok, findings, counts } = reportIn(ended);
    const failed = findings.filter(({ result }) => result === "failed");
    expect({ ok, code: ended.code, failed: counts.failed }).toEqual({ ok: false, code: 1, failed: failed.length });
    expect(failed.map(({ subject }) => subject)).toEqual(
      expect.arrayContaining(["Application.ReadWrite.OwnedBy", "Microsoft.KeyVault/vaults/write"]),
    );
    expect(failed.find(({ subject }) => subject === "Microsoft.KeyVault/vaults/write")).toMatchObject({
      scope: group,
      remedy: expect.stringContaining(
        `If it exists: az role assignment create --assignee-object-id ${identities.stranger.objectId} --assignee-principal-type ServicePrincipal --role "Key Vault Contributor" --scope ${group}; or a custom role`,
      ) as string,
    });
  });

  it("prints the rights and asks nobody: no variable leads to any Azure", async () => {
    const { code, stdout, stderr } = await runDoctor({}, "--stack", "dev", "--rights", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      stack: "dev",
      operations: ["preview", "up", "refresh", "remove", "destroy", "expire", "doctor"],
      graph: expect.any(Array) as unknown[],
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("prints the rights for just what the deployer is to do", async () => {
    const { stdout } = await runDoctor({}, "--stack", "dev", "--rights", "--json", "--for", "refresh,preview");
    expect(JSON.parse(stdout)).toMatchObject({ operations: ["preview", "refresh"] });
  });

  it("ends with 2 for a stack that is not there", async () => {
    const { code, stdout, stderr } = await runDoctor({}, "--stack", "nowhere");
    expect(stderr).toMatch(/--stack: there is no \S+Pulumi\.nowhere\.yaml\. Stacks of this project: dev\.\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});
