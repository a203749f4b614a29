import { DaemonManagedIdentity, GraphGrant, MachineLearningAccess } from "../../../components/index";
import { azure, GROUP_ID, guidOf, TENANT_ID, WORKSPACE_ID } from "../../support/azureMocks";
import { record } from "../../support/mocks";
import { problemsOf } from "../../support/refusals";

const IDENTITY = "azure-native:managedidentity:UserAssignedIdentity";
const resourceGroupName = "rg-daemons";

describe("a daemon's managed identity", () => {
  it("is a user-assigned identity, which Pulumi names", async () => {
    const run = await record(azure, () => new DaemonManagedIdentity("loader", { resourceGroupName }));
    expect(run.resource("loader-identity")).toEqual({
      type: IDENTITY,
      name: "loader-identity",
      parent: "loader",
      inputs: { resourceGroupName },
      dependsOn: [],
      deletedWith: undefined,
    });
  });

  it("has the name, the region and the tags that it is given", async () => {
    const args = {
      resourceGroupName,
      identityName: "id-loader",
      location: "westeurope",
      tags: { owner: "forecasting" },
    };
    const run = await record(azure, () => new DaemonManagedIdentity("loader", args));
    expect(run.resource("loader-identity").inputs).toEqual({
      resourceGroupName,
      resourceName: "id-loader",
      location: "westeurope",
      tags: { owner: "forecasting" },
    });
  });

  it("tells its IDs, and is a principal by its shape", async () => {
    const run = await record(azure, () => {
      const identity = new DaemonManagedIdentity("loader", { resourceGroupName, identityName: "id-loader" });
      new GraphGrant("loader", { principal: identity, permissions: ["User.Read.All"] });
      new MachineLearningAccess("loader", { principal: identity, workspaceId: WORKSPACE_ID });
      const { clientId, objectId, tenantId, resourceId, identityName, resourceGroupName: group } = identity;
      return { clientId, objectId, tenantId, resourceId, identityName, group };
    });
    expect(run.outputs).toEqual({
      clientId: guidOf("loader-identity's client"),
      objectId: guidOf("loader-identity"),
      tenantId: TENANT_ID,
      resourceId: `${GROUP_ID}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-loader`,
      identityName: "id-loader",
      group: resourceGroupName,
    });
    expect(run.resource("loader-graph-User.Read.All").inputs).toMatchObject({
      principalObjectId: guidOf("loader-identity"),
    });
    expect(run.resource("loader-machine-learning-role").inputs).toMatchObject({
      principalId: guidOf("loader-identity"),
      principalType: "ServicePrincipal",
    });
  });

  it("can't ask an administrator to consent", async () => {
    const principal = {
      clientId: guidOf("client"),
      objectId: guidOf("principal"),
      tenantId: TENANT_ID,
      resourceId: `${GROUP_ID}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-loader`,
    };
    const args = { principal, permissions: ["User.Read.All"], consent: "request" };
    expect(await problemsOf(() => new GraphGrant("loader", args))).toEqual([
      'consent: got "request"; needed "grant" or "external" for a managed identity, which has no application that an administrator could consent to. Write "grant" where the deployer may assign app roles, or "external" where somebody else does.',
    ]);
    const { outputs } = await record(
      azure,
      () => new GraphGrant("loader", { ...args, consent: "external" }).adminConsentUrl,
    );
    expect(outputs).toBe("");
  });

  it("tells every problem of its arguments at once", async () => {
    const args = { resourceGroupName: "rg.", identityName: "id", location: "West Europe" };
    expect(await problemsOf(() => new DaemonManagedIdentity("loader", args))).toEqual([
      'resourceGroupName: got "rg."; needed a resource group\'s name: 1 to 90 letters, digits, underscores, hyphens, points and brackets, no point last. Write, for example, "rg-daemons".',
      'location: got "West Europe"; needed a region\'s short name, lowercase letters and digits without spaces. Write "westeurope".',
      'identityName: got "id"; needed a managed identity\'s name: 3 to 128 letters, digits, hyphens and underscores, a letter or digit first. Write, for example, "id-forecast-loader".',
    ]);
  });

  it("needs a name that leaves space for Pulumi's digits", async () => {
    const name = "l".repeat(112);
    expect(await problemsOf(() => new DaemonManagedIdentity(name, { resourceGroupName }))).toEqual([
      `name: got "${"l".repeat(80)}…"; needed at most 111 letters, digits, hyphens and underscores, a letter or digit first, because Azure's name is this with -identity and 8 digits more, or else identityName. Write, for example, "forecast-loader".`,
    ]);
  });
});
