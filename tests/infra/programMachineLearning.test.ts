import * as pulumi from "@pulumi/pulumi";
import { jobRole } from "../../components/ml/jobs";
import { program } from "../../infra/program";
import { azure, WORKSPACE_ID } from "../support/azureMocks";
import { record } from "../support/mocks";
import { asPulumiHasThem } from "../support/stackSettings";

// A busy machine takes seconds to load Azure's SDKs.
jest.setTimeout(60_000);

function configure(settings: Record<string, unknown>): void {
  const raw = Object.entries(asPulumiHasThem(settings)).map(([key, value]) => [`azure-daemon-access:${key}`, value]);
  pulumi.runtime.setAllConfig(Object.fromEntries(raw) as Record<string, string>);
}

describe("the stack", () => {
  describe("with jobs in workspaces", () => {
    const settings = (machineLearningRoles?: string) => {
      const secret = { endDate: "2030-01-01T00:00:00Z" };
      const sibling = WORKSPACE_ID.replace("mlw-forecast", "mlw-other");
      return {
        location: "westeurope",
        resourceGroupName: "rg-daemons",
        workspaceId: WORKSPACE_ID,
        asOf: "2026-04-05T00:00:00Z",
        ...(machineLearningRoles !== undefined && { machineLearningRoles }),
        daemons: [
          { name: "one", secret, machineLearning: { job: "train" } },
          { name: "two", secret, machineLearning: { job: "train", workspaceId: sibling } },
          { name: "three", secret, machineLearning: { job: "call", endpoint: "forecast" } },
          { name: "four", secret, machineLearning: { job: "read" } },
        ],
      };
    };
    const roleOf = (run: Awaited<ReturnType<typeof recorded>>, daemon: string) =>
      run.resource(`${daemon}-machine-learning-role`);
    const recorded = (machineLearningRoles?: string) => {
      configure(settings(machineLearningRoles));
      return record(azure, program);
    };

    it("makes one role for each job and resource group, which the daemons' assignments wait for", async () => {
      const run = await recorded();
      const names = ["train-rg-daemons-b1e8d2f3-role", "call-rg-daemons-b1e8d2f3-role"];
      expect(run.names("azure-native:authorization:RoleDefinition").sort()).toEqual(names.sort());
      for (const [daemon, job] of [
        ["one", "train"],
        ["two", "train"],
        ["three", "call"],
      ] as const) {
        const { inputs, dependsOn } = roleOf(run, daemon);
        expect(inputs["roleDefinitionId"]).toBe(jobRole(job, WORKSPACE_ID).definitionId);
        expect(dependsOn).toContain(`${job}-rg-daemons-b1e8d2f3-role`);
      }
      expect(roleOf(run, "three").inputs["scope"]).toBe(`${WORKSPACE_ID}/onlineEndpoints/forecast`);
    });

    it("assigns roles that others have made", async () => {
      const run = await recorded("existing");
      expect(run.names("azure-native:authorization:RoleDefinition")).toEqual([]);
      expect(roleOf(run, "one").inputs["roleDefinitionId"]).toBe(jobRole("train", WORKSPACE_ID).definitionId);
    });

    it("tells the job, the endpoint and the role in the credential", async () => {
      const run = await recorded();
      const { properties } = run.resource("three-credential").inputs as {
        properties: { value: { secret: string } };
      };
      expect(JSON.parse(properties.value.secret)).toMatchObject({
        machineLearning: {
          workspaceId: WORKSPACE_ID,
          role: "Daemon: call in rg-daemons (b1e8d2f3)",
          job: "call",
          endpoint: "forecast",
        },
      });
    });
  });

  it("has no lake where no daemon uses one", async () => {
    const daemons = [{ name: "loader", secret: { endDate: "2999-01-01T00:00:00Z" } }];
    configure({ location: "westeurope", resourceGroupName: "rg-daemons", daemons });
    const run = await record(azure, program);
    expect(run.names("azure-native:storage:StorageAccount")).toEqual([]);
    expect(run.outputs).not.toHaveProperty("lakeUrl");
  });

  it("registers nothing where the configuration is wrong", async () => {
    configure({ location: "West Europe" });
    const run = await record(azure, () => program().catch((error: unknown) => String(error)));
    expect(run.resources).toEqual([]);
    expect(run.calls).toEqual([]);
    expect(run.outputs).toContain("azure-daemon-access:location");
  });
});
