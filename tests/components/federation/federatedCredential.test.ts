import * as fc from "fast-check";
import { FederatedCredential, type FederatedCredentialArgs, type FederatedTrustArgs } from "../../../components/index";
import { azure, guidOf, TENANT_ID } from "../../support/azureMocks";
import { record } from "../../support/mocks";
import { problemsOf } from "../../support/refusals";

const application = { applicationId: "/applications/4be1c5a0-9d37-4f62-8a1b-6c7d8e9f0a1b" };
const CREDENTIAL = "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential";
const gitHub = { repository: "contoso/forecasts", branch: "main" };
const other = { repository: "contoso/forecasts", branch: "trunk" };
const cluster = "https://westeurope.oic.prod-aks.azure.com/a9d7c1e2/b1e8d2f3/";
const organizationId = "0ca3ddd9-f0b0-4635-a98c-5866526961b6";
const serviceConnectionId = "64171687-7a59-4fce-b2c8-823278dcf176";

const declared = (trusts: FederatedTrustArgs[], args: Partial<FederatedCredentialArgs> = {}) =>
  record(azure, () => new FederatedCredential("loader", { application, trusts, ...args }).workloads);

const tokenOf = async (trust: Omit<FederatedTrustArgs, "name">, cloud?: string) => {
  const { outputs } = await declared([{ name: "one", ...trust }], cloud === undefined ? {} : { cloud });
  const [{ issuer, subject, audience } = { issuer: "", subject: "", audience: "" }] = outputs;
  return { issuer, subject, audience };
};

describe("a federated credential", () => {
  it("is one of the application for each trust, named after it, written one after another", async () => {
    const run = await declared([
      { name: "main-branch", description: "nightly runs", gitHub },
      { name: "cluster", kubernetes: { issuer: cluster, namespace: "forecasting", serviceAccount: "loader" } },
    ]);
    expect(run.resource("loader-federated-main-branch")).toEqual({
      type: CREDENTIAL,
      name: "loader-federated-main-branch",
      parent: "loader",
      inputs: {
        applicationId: application.applicationId,
        displayName: "main-branch",
        description: "nightly runs",
        issuer: "https://token.actions.githubusercontent.com",
        subject: "repo:contoso/forecasts:ref:refs/heads/main",
        audiences: ["api://AzureADTokenExchange"],
      },
      dependsOn: [],
      deletedWith: undefined,
    });
    expect(run.resource("loader-federated-cluster")).toMatchObject({
      inputs: { issuer: cluster, subject: "system:serviceaccount:forecasting:loader" },
      dependsOn: ["loader-federated-main-branch"],
    });
  });

  it("takes the place of the trust's former name", async () => {
    const run = await declared([{ name: "trunk", formerName: "main-branch", gitHub }]);
    expect(run.options("loader-federated-trunk")).toMatchObject({
      deleteBeforeReplace: true,
      aliases: ["loader-federated-main-branch"],
    });
  });

  it.each([
    [
      "that a trust has still",
      [
        { name: "main", gitHub },
        { name: "trunk", formerName: "main", gitHub: other },
      ],
    ],
    [
      "of two trusts",
      [
        { name: "main", formerName: "old", gitHub },
        { name: "trunk", formerName: "old", gitHub: other },
      ],
    ],
  ])("is refused with a former name %s", async (_what, trusts) => {
    const [problem] = await problemsOf(() => new FederatedCredential("loader", { application, trusts }));
    expect(problem).toMatch(/^trusts\[1\]\.formerName: got "\w+"; needed the one name that the trust had before/);
  });

  it("is of a user-assigned identity where one is given", async () => {
    const identity = { resourceGroupName: "rg-daemons", identityName: "id-loader" };
    const run = await record(azure, () => {
      new FederatedCredential("loader", { identity, trusts: [{ name: "main-branch", gitHub }] });
    });
    expect(run.names(CREDENTIAL)).toEqual([]);
    expect(run.resource("loader-federated-main-branch").inputs).toEqual({
      resourceGroupName: "rg-daemons",
      resourceName: "id-loader",
      federatedIdentityCredentialResourceName: "main-branch",
      issuer: "https://token.actions.githubusercontent.com",
      subject: "repo:contoso/forecasts:ref:refs/heads/main",
      audiences: ["api://AzureADTokenExchange"],
    });
  });

  it.each<[string, Omit<FederatedTrustArgs, "name">, string, string]>([
    [
      "a branch",
      { gitHub },
      "https://token.actions.githubusercontent.com",
      "repo:contoso/forecasts:ref:refs/heads/main",
    ],
    [
      "a tag",
      { gitHub: { repository: "contoso/forecasts", tag: "v1.2.0" } },
      "https://token.actions.githubusercontent.com",
      "repo:contoso/forecasts:ref:refs/tags/v1.2.0",
    ],
    [
      "an environment, whose colon GitHub encodes",
      { gitHub: { repository: "Contoso/Forecasts", environment: "prod:eu" } },
      "https://token.actions.githubusercontent.com",
      "repo:Contoso/Forecasts:environment:prod%3Aeu",
    ],
    [
      "pull requests",
      { gitHub: { repository: "contoso/forecasts", pullRequest: true } },
      "https://token.actions.githubusercontent.com",
      "repo:contoso/forecasts:pull_request",
    ],
    [
      "a repository with an immutable subject",
      { gitHub: { ...gitHub, ownerId: 123456, repositoryId: 456789 } },
      "https://token.actions.githubusercontent.com",
      "repo:contoso@123456/forecasts@456789:ref:refs/heads/main",
    ],
    [
      "a GitHub Enterprise Server",
      { gitHub: { ...gitHub, issuer: "https://git.contoso.example/_services/token" } },
      "https://git.contoso.example/_services/token",
      "repo:contoso/forecasts:ref:refs/heads/main",
    ],
    [
      "a service connection with the issuer of Microsoft Entra ID",
      { azureDevOps: { organizationId, serviceConnectionId, tenantId: "ff882432-09b0-437b-bd22-ca13c0037ded" } },
      "https://login.microsoftonline.com/ff882432-09b0-437b-bd22-ca13c0037ded/v2.0",
      `/eid1/c/pub/t/MiSI_7AJe0O9IsoTwAN97Q/a/rISbSSETf0KqFyZ8ppdXmA/sc/${organizationId}/${serviceConnectionId}`,
    ],
    [
      "a service connection with Azure DevOps' own issuer",
      { azureDevOps: { organizationId, serviceConnection: "contoso/Forecasts/azure" } },
      `https://vstoken.dev.azure.com/${organizationId}`,
      "sc://contoso/Forecasts/azure",
    ],
    [
      "a managed identity of the deployer's tenant",
      { managedIdentity: { principalId: guidOf("runner") } },
      `https://login.microsoftonline.com/${TENANT_ID}/v2.0`,
      guidOf("runner"),
    ],
    [
      "a managed identity of another tenant",
      { managedIdentity: { principalId: guidOf("runner"), tenantId: guidOf("other tenant") } },
      `https://login.microsoftonline.com/${guidOf("other tenant")}/v2.0`,
      guidOf("runner"),
    ],
    [
      "any other issuer",
      { custom: { issuer: "https://id.contoso.example", subject: "job-7" } },
      "https://id.contoso.example",
      "job-7",
    ],
  ])("takes the token of %s", async (_what, trust, issuer, subject) => {
    expect(await tokenOf(trust)).toEqual({ issuer, subject, audience: "api://AzureADTokenExchange" });
  });

  it.each([
    ["public", "api://AzureADTokenExchange", "https://login.microsoftonline.com"],
    ["usgovernment", "api://AzureADTokenExchangeUSGov", "https://login.microsoftonline.us"],
    ["china", "api://AzureADTokenExchangeChina", "https://login.partner.microsoftonline.cn"],
  ])("has the audience and the issuer of the cloud %s", async (cloud, audience, signIn) => {
    expect(await tokenOf({ managedIdentity: { principalId: guidOf("runner") } }, cloud)).toEqual({
      issuer: `${signIn}/${TENANT_ID}/v2.0`,
      subject: guidOf("runner"),
      audience,
    });
  });

  it("takes another audience for an issuer that has one", async () => {
    const custom = { issuer: "https://id.contoso.example", subject: "job-7", audience: "entra" };
    expect(await tokenOf({ custom })).toMatchObject({ audience: "entra" });
  });

  it("names one workload for any repository and branch, and shows both as they are", async () => {
    const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,20}$/);
    await fc.assert(
      fc.asyncProperty(word, word, word, async (owner, repository, branch) => {
        const { subject } = await tokenOf({ gitHub: { repository: `${owner}/${repository}`, branch } });
        expect(subject).toBe(`repo:${owner}/${repository}:ref:refs/heads/${branch}`);
      }),
      { numRuns: 20 },
    );
  });
});
