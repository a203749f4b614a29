import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { FederatedCredential, type FederatedCredentialArgs, type FederatedTrustArgs } from "../../../components/index";
import { azure } from "../../support/azureMocks";
import { record } from "../../support/mocks";
import { problemsOf } from "../../support/refusals";
import { typeScriptOptions } from "../../support/typeScriptOptions";

const application = { applicationId: "/applications/4be1c5a0-9d37-4f62-8a1b-6c7d8e9f0a1b" };
const gitHub = { repository: "contoso/forecasts", branch: "main" };
const cluster = "https://westeurope.oic.prod-aks.azure.com/a9d7c1e2/b1e8d2f3/";
const organizationId = "0ca3ddd9-f0b0-4635-a98c-5866526961b6";
const serviceConnectionId = "64171687-7a59-4fce-b2c8-823278dcf176";

const declared = (trusts: FederatedTrustArgs[], args: Partial<FederatedCredentialArgs> = {}) =>
  record(azure, () => new FederatedCredential("loader", { application, trusts, ...args }).workloads);

const refused = (trust: Omit<FederatedTrustArgs, "name">): Promise<readonly string[]> =>
  problemsOf(() => new FederatedCredential("loader", { application, trusts: [{ name: "one", ...trust }] }));

const spelt = (what: string): string =>
  `needed one ${what}, spelt out: Microsoft Entra ID takes * for itself, not for any characters. Give each workload a trust of its own.`;

describe("a federated credential refuses", () => {
  it.each<[string, Omit<FederatedTrustArgs, "name">, string]>([
    [
      "no workload",
      {},
      "trusts[0]: got nothing; needed exactly one of gitHub, azureDevOps, kubernetes, managedIdentity and custom. Write the one that fits.",
    ],
    [
      "two workloads",
      { gitHub, custom: { issuer: "https://id.contoso.example", subject: "job-7" } },
      "trusts[0]: got an object; needed exactly one of gitHub, azureDevOps, kubernetes, managedIdentity and custom. Remove all but one of gitHub, custom.",
    ],
    [
      "a repository without an owner",
      { gitHub: { repository: "forecasts", branch: "main" } },
      'trusts[0].gitHub.repository: got "forecasts"; needed an owner and a repository\'s name, in the letter case that GitHub shows. Write, for example, "contoso/forecasts".',
    ],
    [
      "every repository of an owner",
      { gitHub: { repository: "contoso/*", branch: "main" } },
      `trusts[0].gitHub.repository: got "contoso/*"; ${spelt("repository")}`,
    ],
    [
      "every branch",
      { gitHub: { repository: "contoso/forecasts", branch: "*" } },
      `trusts[0].gitHub.branch: got "*"; ${spelt("branch")}`,
    ],
    [
      "a branch with its prefix",
      { gitHub: { repository: "contoso/forecasts", branch: "refs/heads/main" } },
      'trusts[0].gitHub.branch: got "refs/heads/main"; needed a branch by its name. Write it without refs/heads/: "main".',
    ],
    [
      "a tag with a space",
      { gitHub: { repository: "contoso/forecasts", tag: "v 1" } },
      'trusts[0].gitHub.tag: got "v 1"; needed a tag by its name. Write, for example, "v1.2.0".',
    ],
    [
      "an environment without a name",
      { gitHub: { repository: "contoso/forecasts", environment: "" } },
      'trusts[0].gitHub.environment: got nothing; needed an environment by its name, 1 to 255 characters. Write, for example, "production".',
    ],
    [
      "pull requests that are switched off",
      { gitHub: { repository: "contoso/forecasts", pullRequest: false } },
      "trusts[0].gitHub.pullRequest: got false; needed true, or nothing. Remove it.",
    ],
    [
      "a repository alone",
      { gitHub: { repository: "contoso/forecasts" } },
      "trusts[0].gitHub: got nothing; needed exactly one of branch, tag, environment and pullRequest. Write the one that fits.",
    ],
    [
      "one half of an immutable subject",
      { gitHub: { ...gitHub, ownerId: 123456 } },
      "trusts[0].gitHub.repositoryId: got nothing; needed both ownerId and repositoryId, or neither. Write repositoryId too: `gh api repos/<owner>/<name>` prints both.",
    ],
    [
      "a number that is none",
      { gitHub: { ...gitHub, ownerId: 0, repositoryId: 1 } },
      "trusts[0].gitHub.ownerId: got 0; needed a number from 1 up, the id of GitHub's API. Write, for example, 123456.",
    ],
    [
      "a service connection by ID and by name",
      { azureDevOps: { organizationId, serviceConnectionId, serviceConnection: "contoso/Forecasts/azure" } },
      "trusts[0].azureDevOps: got an object; needed exactly one of serviceConnectionId and serviceConnection. Remove all but one of serviceConnectionId, serviceConnection.",
    ],
    [
      "a service connection without its project",
      { azureDevOps: { organizationId, serviceConnection: "azure" } },
      'trusts[0].azureDevOps.serviceConnection: got "azure"; needed an organization, a project and a service connection by name. Write, for example, "contoso/Forecasts/azure".',
    ],
    [
      "an organization by name",
      { azureDevOps: { organizationId: "contoso", serviceConnectionId } },
      'trusts[0].azureDevOps.organizationId: got "contoso"; needed an Azure DevOps organization\'s ID, which is a GUID. Write, for example, "0ca3ddd9-f0b0-4635-a98c-5866526961b6".',
    ],
    [
      "a service connection's name for its ID",
      { azureDevOps: { organizationId, serviceConnectionId: "azure" } },
      'trusts[0].azureDevOps.serviceConnectionId: got "azure"; needed a service connection\'s ID, which is a GUID. Write, for example, "0ca3ddd9-f0b0-4635-a98c-5866526961b6".',
    ],
    [
      "a namespace in another letter case",
      { kubernetes: { issuer: cluster, namespace: "Forecasting", serviceAccount: "loader" } },
      'trusts[0].kubernetes.namespace: got "Forecasting"; needed a namespace: 1 to 63 lowercase letters, digits and hyphens, exactly as Kubernetes has it. Write, for example, "forecasting".',
    ],
    [
      "any service account",
      { kubernetes: { issuer: cluster, namespace: "forecasting", serviceAccount: "*" } },
      'trusts[0].kubernetes.serviceAccount: got "*"; needed a service account: lowercase letters, digits, hyphens and points, exactly as Kubernetes has it. Write, for example, "loader".',
    ],
    [
      "a managed identity by name",
      { managedIdentity: { principalId: "id-runner" } },
      'trusts[0].managedIdentity.principalId: got "id-runner"; needed an object ID, which is a GUID. Write, for example, "2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84".',
    ],
    [
      "an issuer with a space behind it",
      { custom: { issuer: "https://id.contoso.example ", subject: "job-7" } },
      'trusts[0].custom.issuer: got "https://id.contoso.example "; needed an issuer: an https:// address of at most 600 characters, exactly as the token\'s iss has it. Remove the spaces at its ends.',
    ],
    [
      "an issuer in plain text",
      { custom: { issuer: "http://id.contoso.example", subject: "job-7" } },
      'trusts[0].custom.issuer: got "http://id.contoso.example"; needed an issuer: an https:// address of at most 600 characters, exactly as the token\'s iss has it. Write, for example, "https://token.actions.githubusercontent.com".',
    ],
    [
      "a subject with a wildcard",
      { custom: { issuer: "https://id.contoso.example", subject: "job-*" } },
      `trusts[0].custom.subject: got "job-*"; ${spelt("subject")}`,
    ],
    [
      "a subject that is too long",
      { custom: { issuer: "https://id.contoso.example", subject: "job-7:".repeat(101) } },
      `trusts[0].custom.subject: got "${"job-7:".repeat(101).slice(0, 80)}…"; needed a subject of 1 to 600 characters, exactly as the token's sub has it. Write, for example, "system:serviceaccount:forecasting:loader".`,
    ],
    [
      "an audience with a wildcard",
      { custom: { issuer: "https://id.contoso.example", subject: "job-7", audience: "*" } },
      'trusts[0].custom.audience: got "*"; needed an audience of 1 to 600 characters, exactly. Write, for example, "api://AzureADTokenExchange".',
    ],
  ])("%s", async (_what, trust, problem) => {
    expect(await refused(trust)).toEqual([problem]);
  });

  it("an application beside an identity, no trust, and an unknown cloud, all at once", async () => {
    const identity = { resourceGroupName: "rg-daemons", identityName: "id-loader" };
    const args = { application, identity, trusts: [], cloud: "germany" };
    expect(await problemsOf(() => new FederatedCredential("loader", args))).toEqual([
      "application: got an object; needed exactly one of application and identity. Remove one of them.",
      'trusts: got nothing; needed one trust or more. Write, for example, "gitHub, with a repository".',
      'cloud: got "germany"; needed a cloud: "public", "usgovernment", "china". Choose one of these.',
    ]);
  });

  it("nobody's credential", async () => {
    expect(await problemsOf(() => new FederatedCredential("loader", { trusts: [{ name: "one", gitHub }] }))).toEqual([
      "application: got nothing; needed exactly one of application and identity. Write whose credential it is.",
    ]);
  });

  it("a name that is too long, and one that comes twice", async () => {
    const trusts = [
      { name: "n".repeat(121), gitHub },
      { name: "one", gitHub: { ...gitHub, branch: "next" } },
      { name: "one", gitHub: { ...gitHub, branch: "last" } },
    ];
    expect(await problemsOf(() => new FederatedCredential("loader", { application, trusts }))).toEqual([
      `trusts[0].name: got "${"n".repeat(80)}…"; needed 3 to 120 letters, digits, hyphens and underscores, a letter or digit first. Write, for example, "main-branch".`,
      'trusts[2].name: got "one"; needed a name that no other trust has. Change one of them.',
    ]);
  });

  it("a twenty-first trust", async () => {
    const trusts = Array.from({ length: 21 }, (_, index) => ({
      name: `branch-${index}`,
      gitHub: { ...gitHub, branch: `release-${index}` },
    }));
    expect(await problemsOf(() => new FederatedCredential("loader", { application, trusts }))).toEqual([
      "trusts: got a list; needed at most 20 trusts, which is what Microsoft Entra ID takes for one identity. Give others a daemon of their own.",
    ]);
  });

  it("the same workload twice", async () => {
    const custom = {
      issuer: "https://token.actions.githubusercontent.com",
      subject: "repo:contoso/forecasts:ref:refs/heads/main",
    };
    const trusts = [
      { name: "one", gitHub },
      { name: "two", custom },
    ];
    expect(await problemsOf(() => new FederatedCredential("loader", { application, trusts }))).toEqual([
      'trusts[1]: got "two"; needed another issuer or subject than every other trust of this identity. trusts[0] trusts the same workload; remove one of them.',
    ]);
  });

  it.each([
    [
      "an issuer that is none",
      ["id.contoso.example", "job-8"],
      'trusts[1]: got "id.contoso.example"; needed an issuer: an https:// address of at most 600 characters, exactly as the token\'s iss has it. Write, for example, "https://token.actions.githubusercontent.com".',
    ],
    [
      "a workload that is trusted already",
      ["https://id.contoso.example", "job-7"],
      'trusts[1]: got "job-7"; needed another issuer or subject than every other trust of this identity. trusts[0] trusts the same workload; remove one of them.',
    ],
  ])("what arrives later as %s", async (_what, [issuer = "", subject = ""], problem) => {
    // A failed output shows as an unhandled rejection alone, which would fail this test as it fails a program.
    const program = `
      process.on("unhandledRejection", ({ message }) => { console.log(message); process.exit(); });
      const { output } = require("@pulumi/pulumi");
      const { Problems } = require("./components/checks/argumentError");
      const { settledTokens } = require("./components/federation/trustChecks");
      settledTokens(new Problems("FederatedCredential", "loader"), "trusts", [
        { issuer: "https://id.contoso.example", subject: "job-7", audience: "entra" },
        { issuer: output(Promise.resolve("${issuer}")), subject: output(Promise.resolve("${subject}")), audience: "entra" },
      ]);`;
    const { stdout } = await promisify(execFile)(process.execPath, [...typeScriptOptions, "--eval", program]);
    expect(stdout).toBe(`FederatedCredential "loader" cannot take its arguments:\n  ${problem}\n`);
  });

  it("nothing of what arrives later as another workload", async () => {
    const pending = (value: string) => pulumi.output(Promise.resolve(value));
    const { outputs } = await declared([
      { name: "one", custom: { issuer: "https://id.contoso.example", subject: "job-7" } },
      { name: "two", custom: { issuer: pending("https://id.contoso.example"), subject: pending("job-8") } },
    ]);
    expect(outputs).toMatchObject([{ subject: "job-7" }, { issuer: "https://id.contoso.example", subject: "job-8" }]);
  });
});
