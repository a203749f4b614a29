import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { assignmentName } from "../../../components/access/assignmentName";
import { MachineLearningAccess, MachineLearningRole } from "../../../components/index";
import { jobRole } from "../../../components/ml/jobs";
import { azure, GROUP_ID, guidOf, roleDefinition, TENANT_ID, WORKSPACE_ID } from "../../support/azureMocks";
import { record } from "../../support/mocks";
import { problemsOf } from "../../support/refusals";
import { typeScriptOptions } from "../../support/typeScriptOptions";

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

  it("takes a role by its ID without a subscription as the same role, which takes the place of how it was written before", async () => {
    const role = `/providers/Microsoft.Authorization/roleDefinitions/${DATA_SCIENTIST}`;
    expect(await assigned({ role })).toEqual(await assigned({}));
    const optionsOf = async (args: object) => {
      const run = await record(
        azure,
        () => new MachineLearningAccess("loader", { principal, workspaceId: WORKSPACE_ID, ...args }),
      );
      return run.options("loader-machine-learning-role").deleteBeforeReplace;
    };
    expect([await optionsOf({ role }), await optionsOf({})]).toEqual([true, false]);
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

  it("assigns a built-in role where the job has one", async () => {
    expect(await assigned({ job: "read" })).toMatchObject({
      scope: WORKSPACE_ID,
      roleDefinitionId: roleDefinition("acdd72a7-3385-48ef-bd42-f606fba81ae7"),
    });
  });

  it("assigns the job's custom role by an ID that follows from the job and the resource group", async () => {
    const sibling = WORKSPACE_ID.replace("mlw-forecast", "mlw-other");
    const elsewhere = WORKSPACE_ID.replace("rg-daemons", "rg-other");
    const ids: unknown[] = [];
    for (const args of [
      { job: "train" },
      { job: "train", workspaceId: sibling },
      { job: "train", workspaceId: elsewhere },
      { job: "deploy" },
    ]) {
      ids.push((await assigned(args))["roleDefinitionId"]);
    }
    expect(ids[0]).toBe(jobRole("train", WORKSPACE_ID).definitionId);
    expect(ids[1]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(3);
  });

  it("waits for the job's role where the program makes it", async () => {
    const run = await record(azure, () => {
      const made = new MachineLearningRole("training", { workspaceId: WORKSPACE_ID, job: "train" });
      const args = { principal, workspaceId: WORKSPACE_ID, job: "train", jobRole: made };
      return { role: new MachineLearningAccess("loader", args).role };
    });
    const { inputs, dependsOn } = run.resource("loader-machine-learning-role");
    expect(inputs).toMatchObject({ roleDefinitionId: jobRole("train", WORKSPACE_ID).definitionId });
    expect(dependsOn).toEqual(["training-role"]);
    expect(run.outputs.role).toBe("Daemon: train in rg-daemons (b1e8d2f3)");
  });

  it.each([
    [
      "the role of another job",
      `require("./components/ml/machineLearningAccess").expectedRole(problems, "jobRole", "train", "the/role", "another");`,
      'jobRole: got "another"; needed the role of the job "train" in this workspace\'s resource group. It is the/role.',
    ],
    [
      "a look-up of what the workspace hasn't",
      `require("./components/ml/linkedResources").lookedUp(problems, "linkedResources.", "containerRegistry", output({}));`,
      'linkedResources.lookUp: got "containerRegistry"; needed what the workspace is linked to. It has none; remove this.',
    ],
  ])("refuses %s once it is known", async (_what, line, problem) => {
    // A failed output shows as an unhandled rejection alone, which would fail this test as it fails a program.
    const program = `
      process.on("unhandledRejection", ({ message }) => { console.log(message); process.exit(); });
      const { output } = require("@pulumi/pulumi");
      const { Problems } = require("./components/checks/argumentError");
      const problems = new Problems("MachineLearningAccess", "loader");
      ${line}`;
    const { stdout } = await promisify(execFile)(process.execPath, [...typeScriptOptions, "--eval", program]);
    expect(stdout).toBe(`MachineLearningAccess "loader" cannot take its arguments:\n  ${problem}\n`);
  });

  it("narrows a job that calls to one endpoint", async () => {
    expect(await assigned({ job: "call", endpoint: "forecast" })).toMatchObject({
      scope: `${WORKSPACE_ID}/onlineEndpoints/forecast`,
      roleDefinitionId: jobRole("call", WORKSPACE_ID).definitionId,
    });
  });

  it("assigns what the job needs on linked resources, by IDs that are given or looked up", async () => {
    const containerRegistryId = `${GROUP_ID}/providers/Microsoft.ContainerRegistry/registries/crforecast`;
    const run = await record(
      azure,
      () =>
        new MachineLearningAccess("loader", {
          principal,
          workspaceId: WORKSPACE_ID,
          job: "train",
          linkedResources: { containerRegistryId, lookUp: ["storageAccount", "vault"] },
        }),
    );
    const given = (name: string) => {
      const { inputs } = run.resource(`loader-machine-learning-${name}`);
      return [inputs["scope"], inputs["roleDefinitionId"], inputs["principalId"], inputs["principalType"]];
    };
    const to = [principal.objectId, "ServicePrincipal"];
    expect(given("storageAccount")).toEqual([
      `${GROUP_ID}/providers/Microsoft.Storage/storageAccounts/stmlwforecast`,
      roleDefinition("ba92f5b4-2d11-453d-a403-e96b0029c9fe"),
      ...to,
    ]);
    expect(given("vault")).toEqual([
      `${GROUP_ID}/providers/Microsoft.KeyVault/vaults/kv-mlw-forecast`,
      roleDefinition("4633458b-17de-408a-b874-0445c86b69e6"),
      ...to,
    ]);
    expect(given("containerRegistry")).toEqual([
      containerRegistryId,
      roleDefinition("7f951dda-4ed3-4680-a7ca-43fe172d538d"),
      ...to,
    ]);
    expect(run.calls).toEqual([
      "azure-native:authorization:getClientConfig",
      "azure-native:machinelearningservices:getWorkspace",
    ]);
  });

  it("takes the linked roles of a job that is named beside a role", async () => {
    const storageAccountId = `${GROUP_ID}/providers/Microsoft.Storage/storageAccounts/stmlwforecast`;
    const run = await record(
      azure,
      () =>
        new MachineLearningAccess("loader", {
          principal,
          workspaceId: WORKSPACE_ID,
          linkedResources: { job: "read", storageAccountId },
        }),
    );
    expect(run.resource("loader-machine-learning-storageAccount").inputs).toMatchObject({
      roleDefinitionId: roleDefinition("2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"),
    });
    expect(run.calls).toEqual([]);
  });

  it.each<[string, object, string[]]>([
    [
      "a job and a role",
      { job: "train", role: "Reader" },
      ['role: got "Reader"; needed a job or a role, not both. Remove one of them.'],
    ],
    [
      "an unknown job",
      { job: "deploi", linkedResources: { lookUp: ["vault"] } },
      [
        'job: got "deploi"; needed what the daemon does in the workspace: "read", "train", "deploy", "call", "call-with-keys". Did you mean "deploy"?',
      ],
    ],
    [
      "an endpoint beside a job that calls none",
      { job: "train", endpoint: "forecast" },
      [
        'endpoint: got "forecast"; needed a job that calls endpoints beside it: "call", "call-with-keys". Write one of these as the job, or remove endpoint.',
      ],
    ],
    [
      "an endpoint's name that can be none",
      { job: "call", endpoint: "-f" },
      [
        'endpoint: got "-f"; needed an online endpoint\'s name: 3 to 32 letters, digits and hyphens, a letter first and no hyphen last. Write, for example, "forecast".',
      ],
    ],
    [
      "a job's role without a job",
      { jobRole: { roleDefinitionId: "any" } },
      [
        "jobRole: got an object; needed a job that has a custom role beside it. Remove it, or write the job that it is for.",
      ],
    ],
    [
      "linked resources without a job",
      { linkedResources: { lookUp: ["storageAccount"] } },
      [
        'linkedResources.job: got nothing; needed a job that goes to what the workspace is linked to: "read", "train", "deploy". Write, for example, "train".',
      ],
    ],
    [
      "linked resources that the job doesn't go to",
      { job: "call", linkedResources: { lookUp: ["storageAccount"] } },
      [
        'linkedResources.job: got "call"; needed a job that goes to what the workspace is linked to: "read", "train", "deploy". Choose one of these, or remove linkedResources.',
      ],
    ],
    [
      "the vault for a daemon that reads",
      { job: "read", linkedResources: { lookUp: ["vault"] } },
      ['linkedResources.vaultId: got "vault"; needed nothing, because the job "read" doesn\'t go there. Remove it.'],
    ],
    [
      "no linked resource",
      { job: "read", linkedResources: {} },
      [
        'linkedResources.lookUp: got nothing; needed a resource that the workspace is linked to, here or by its ID. Write, for example, ["storageAccount"].',
      ],
    ],
    [
      "an ID and a look-up of the same, twice, and an unknown kind",
      { job: "train", linkedResources: { vaultId: "kv", lookUp: ["vault", "vault", "valt"] } },
      [
        'linkedResources.vaultId: got "kv"; needed the resource ID of a key vault. Write, for example, "/subscriptions/2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84/resourceGroups/rg-example/providers/Microsoft.KeyVault/vaults/kv-daemons".',
        'linkedResources.lookUp[2]: got "valt"; needed what a workspace is linked to: "storageAccount", "containerRegistry", "vault". Did you mean "vault"?',
        'linkedResources.lookUp[1]: got "vault"; needed each once. Remove it.',
        'linkedResources.lookUp: got "vault"; needed a resource whose ID is not given too. Remove it, or vaultId.',
      ],
    ],
  ])("refuses %s", async (_what, extra, problems) => {
    const args = { principal, workspaceId: WORKSPACE_ID, ...extra };
    expect(await problemsOf(() => new MachineLearningAccess("loader", args))).toEqual(problems);
  });
});
