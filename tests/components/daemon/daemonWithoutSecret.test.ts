import { DaemonAccess, type DaemonAccessArgs } from "../../../components/index";
import { GROUP_ID, guidOf, TENANT_ID } from "../../support/azureMocks";
import { problemsOf } from "../../support/refusals";
import { vault, everything, declared, credentialIn } from "./forecastLoader";

// A busy machine takes seconds to load Azure's SDKs.
jest.setTimeout(60_000);

describe("a daemon without a secret", () => {
  const gitHub = { repository: "contoso/forecasts", branch: "main" };
  const resourceGroupName = "rg-daemons";

  it("is an application that trusts workloads, and tells whose tokens it takes", async () => {
    const federated = [
      { name: "main-branch", gitHub },
      { name: "runner", managedIdentity: { principalId: guidOf("runner") } },
    ];
    const run = await declared({ vault, federated });
    expect(run.resources.map(({ name }) => name).sort()).toEqual([
      "forecast-loader",
      "forecast-loader-application",
      "forecast-loader-credential",
      "forecast-loader-federated-main-branch",
      "forecast-loader-federated-runner",
      "forecast-loader-service-principal",
    ]);
    expect(credentialIn(run)).toEqual({
      version: 2,
      daemon: "forecast-loader",
      tenantId: TENANT_ID,
      clientId: guidOf("forecast-loader-application's client"),
      federated: [
        {
          issuer: "https://token.actions.githubusercontent.com",
          subject: "repo:contoso/forecasts:ref:refs/heads/main",
          audience: "api://AzureADTokenExchange",
        },
        {
          issuer: `https://login.microsoftonline.com/${TENANT_ID}/v2.0`,
          subject: guidOf("runner"),
          audience: "api://AzureADTokenExchange",
        },
      ],
      authority: `https://login.microsoftonline.com/${TENANT_ID}`,
    });
  });

  it("writes what it trusts after its secret, where it has both", async () => {
    const secret = { endDate: "2031-01-01T00:00:00Z" };
    const run = await declared({ vault, secret, federated: [{ name: "main-branch", gitHub }] });
    expect(run.resource("forecast-loader-federated-main-branch").dependsOn).toEqual([
      "forecast-loader-application",
      "forecast-loader-generation-0",
    ]);
  });

  it("is a managed identity with the same access, which can't be asked consent for", async () => {
    const { graph, lake, machineLearning } = everything;
    const access = { ...(graph && { graph }), ...(lake && { lake }), ...(machineLearning && { machineLearning }) };
    const run = await declared({ vault, ...access, managedIdentity: { resourceGroupName } });
    expect(run.names("azuread:index/application:Application")).toEqual([]);
    const principalId = guidOf("forecast-loader-identity");
    expect(run.resource("forecast-loader-graph-User.Read.All").inputs).toMatchObject({
      principalObjectId: principalId,
    });
    for (const role of ["lake-role", "machine-learning-role"]) {
      expect(run.resource(`forecast-loader-${role}`).inputs).toMatchObject({
        principalId,
        principalType: "ServicePrincipal",
      });
    }
    const identity = `${GROUP_ID}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/forecast-loader-identity01234567`;
    expect(credentialIn(run)).toMatchObject({
      version: 2,
      clientId: guidOf("forecast-loader-identity's client"),
      managedIdentity: { resourceId: identity },
      graph: { endpoint: "https://graph.microsoft.com/v1.0", permissions: ["User.Read.All"], consent: "grant" },
    });
    expect(credentialIn(run)).not.toHaveProperty("graph.adminConsentUrl");
  });

  it("lets workloads sign in as its managed identity", async () => {
    const managedIdentity = {
      resourceGroupName,
      identityName: "id-loader",
      federated: [{ name: "main-branch", gitHub }],
    };
    const run = await declared({ vault, managedIdentity });
    expect(run.resource("forecast-loader-federated-main-branch").inputs).toMatchObject({
      resourceGroupName,
      resourceName: "id-loader",
      subject: "repo:contoso/forecasts:ref:refs/heads/main",
    });
  });

  it("tells every problem of its kind at once", async () => {
    const args: DaemonAccessArgs = {
      vault,
      displayName: "Loader",
      federated: [{ name: "main-branch", gitHub: { repository: "contoso/forecasts" } }],
      managedIdentity: { resourceGroupName, identityName: "id" },
      graph: { permissions: ["User.Read.All"], consent: "request" },
      formats: ["aml-env"],
    };
    const problems = await problemsOf(() => new DaemonAccess("forecast-loader", args));
    expect(problems.map((problem) => problem.replace(/: .*/, ""))).toEqual([
      "displayName",
      "managedIdentity.identityName",
      "graph.consent",
      "federated[0].gitHub",
      "managedIdentity",
      "formats[0]",
    ]);
  });
});
