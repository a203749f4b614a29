import { MachineLearningAccess } from "../../../components/index";
import { assignmentName } from "../../../components/access/assignmentName";
import { azure, guidOf, roleDefinition, TENANT_ID, WORKSPACE_ID } from "../../support/azureMocks";
import { record } from "../../support/mocks";
import { problemsOf } from "../../support/refusals";

const principal = { clientId: guidOf("client"), objectId: guidOf("principal"), tenantId: TENANT_ID };
const DATA_SCIENTIST = "f6c7c914-8db3-469d-8ca1-694a8f32e121";
const OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

const assigned = async (extra: Partial<ConstructorParameters<typeof MachineLearningAccess>[1]>) => {
  const run = await record(
    azure,
    () => new MachineLearningAccess("loader", { principal, workspaceId: WORKSPACE_ID, ...extra }),
  );
  return run.resource("loader-machine-learning-role").inputs;
};

describe("machine learning access", () => {
  it("assigns AzureML Data Scientist on the workspace to the service principal", async () => {
    const definition = roleDefinition(DATA_SCIENTIST);
    expect(await assigned({})).toEqual({
      scope: WORKSPACE_ID,
      roleDefinitionId: definition,
      principalId: principal.objectId,
      principalType: "ServicePrincipal",
      roleAssignmentName: assignmentName(WORKSPACE_ID, definition, principal.objectId),
    });
  });

  it("takes another built-in role by name", async () => {
    expect(await assigned({ role: "AzureML Compute Operator" })).toMatchObject({
      roleDefinitionId: roleDefinition("e503ece1-11d0-4e8e-8e2c-7a6c3bf38815"),
    });
  });

  it("takes a role of one's own by the ID of its definition", async () => {
    const role = roleDefinition(guidOf("a role of our own"));
    expect(await assigned({ role })).toMatchObject({ roleDefinitionId: role });
  });

  it("assigns Owner only where the argument says that it may", async () => {
    expect(await assigned({ role: "Owner", allowPrivilegedRole: true })).toMatchObject({
      roleDefinitionId: roleDefinition(OWNER),
    });
    const args = { principal, workspaceId: WORKSPACE_ID, role: "Owner" };
    expect(await problemsOf(() => new MachineLearningAccess("loader", args))).toEqual([
      'role: got "Owner"; needed a role without rights beyond the daemon\'s work. Choose "AzureML Data Scientist", or set allowPrivilegedRole to true.',
    ]);
  });

  it("knows a privileged role by its definition's ID, too", async () => {
    const args = { principal, workspaceId: WORKSPACE_ID, role: roleDefinition(OWNER) };
    expect(await problemsOf(() => new MachineLearningAccess("loader", args))).toEqual([
      expect.stringContaining("needed a role without rights beyond the daemon's work."),
    ]);
  });

  it("tells every problem of its arguments at once", async () => {
    const args = { principal, workspaceId: "mlw-forecast", role: "AzureML Data Scientits" };
    expect(await problemsOf(() => new MachineLearningAccess("loader", args))).toEqual([
      'workspaceId: got "mlw-forecast"; needed the resource ID of an Azure Machine Learning workspace. Write, for example, "/subscriptions/2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84/resourceGroups/rg-example/providers/Microsoft.MachineLearningServices/workspaces/mlw-forecast".',
      'role: got "AzureML Data Scientits"; needed a built-in role of this kind of resource, or the ID of a role definition. Did you mean "AzureML Data Scientist"?',
    ]);
  });
});
