import * as resources from "@pulumi/azure-native/resources";
import { DaemonManagedIdentity, GraphGrant } from "../../../../components/index";
import { recordProgram } from "../../../../tools/doctor/program/recording";
import { chosenScope, customRole } from "../../../../tools/doctor/rights/roleDefinition";
import { rightsOf, type RightsList } from "../../../../tools/doctor/rights/rightsList";
import { suggestedRoles } from "../../../../tools/doctor/rights/suggestedRoles";
import type { Operation } from "../../../../tools/doctor/rights/right";
import { resourceGroupId, workspaceId } from "../../../../local/azure/landingZone/layout";
import { daemon, place, recordingOf } from "../support/stackRights";

const group = resourceGroupId("rg-daemons");
const graph = { permissions: ["User.Read.All"] };

const permissions = ({ graph: list }: RightsList): string[] => list.map(({ permission }) => permission);
const actionsAt = (list: RightsList, scope: string): string[] =>
  list.azure.find((each) => each.scope === scope)?.actions.map(({ action }) => action) ?? [];
const listOf = async (daemons: readonly object[], ...wanted: Operation[]): Promise<RightsList> =>
  rightsOf(await recordingOf(daemons), "test", ...(wanted.length === 0 ? [] : [wanted]));

describe("the Graph permissions of a stack", () => {
  it("are those to make applications and to grant, where the stack grants", async () => {
    expect(permissions(await listOf([daemon({ graph })]))).toEqual([
      "Application.Read.All",
      "Application.ReadWrite.OwnedBy",
      "AppRoleAssignment.ReadWrite.All",
    ]);
  });

  it("are no right to grant, and none that is only there for it, where an administrator consents", async () => {
    const list = await listOf([daemon({ graph: { ...graph, consent: "request" } })]);
    expect(permissions(list)).toEqual(["Application.ReadWrite.OwnedBy"]);
    expect(list.graph[0]).toMatchObject({
      orInstead: ["Application.ReadWrite.All"],
      operations: ["up", "refresh", "remove", "destroy"],
    });
  });

  it("are one to read for a preview, which only asks", async () => {
    const list = await listOf([daemon({ graph })], "preview");
    expect(permissions(list)).toEqual(["Application.Read.All"]);
    expect(list.azure).toEqual([]);
  });

  it("are no right to make applications where an application is taken over, but ownership of it", async () => {
    const clientId = "2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84";
    const list = await listOf([daemon({ existing: { clientId } })], "up", "destroy");
    expect(permissions(list)).toEqual(["Application.ReadWrite.OwnedBy"]);
    expect(list.ownerships).toEqual([
      {
        application: clientId,
        operations: ["up", "destroy"],
        neededBy: [expect.stringMatching(/^azuread\.ApplicationPassword forecast-loader-generation-\d+$/) as string],
      },
    ]);
  });

  it("are no ownership of what the stack makes itself", async () => {
    expect((await listOf([daemon()])).ownerships).toEqual([]);
  });
});

describe("the Azure actions of a stack", () => {
  it("are none of a lake's where no daemon uses one", async () => {
    const actions = actionsAt(await listOf([daemon()]), group);
    expect(actions).toContain("Microsoft.KeyVault/vaults/write");
    expect(actions.filter((action) => action.startsWith("Microsoft.Storage/"))).toEqual([]);
  });

  it("lie on the workspace itself, and on nothing around it", async () => {
    const list = await listOf([daemon({ machineLearning: {} })], "up");
    expect(list.azure.map(({ scope }) => scope)).toEqual([group, workspaceId]);
    expect(actionsAt(list, workspaceId)).toEqual([
      "Microsoft.Authorization/roleAssignments/read",
      "Microsoft.Authorization/roleAssignments/write",
    ]);
  });

  it("are told once where the workspace lies in the resource group that has them already", async () => {
    const inGroup = `${group}/providers/Microsoft.MachineLearningServices/workspaces/mlw-other`;
    const list = await listOf(
      [daemon({ machineLearning: { workspaceId: inGroup }, lake: { fileSystem: "forecasts" } })],
      "up",
    );
    expect(list.azure.map(({ scope }) => scope)).toEqual([group]);
  });

  it("have a federated credential's where the managed identity of the stack's daemon trusts somebody", async () => {
    const federated = [{ name: "main-branch", custom: { issuer: "https://issuer.example", subject: "job" } }];
    const list = await listOf([{ name: "batch", managedIdentity: { federated } }], "up");
    expect(actionsAt(list, group)).toContain(
      "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write",
    );
    expect(permissions(list)).toEqual([]);
  });

  it("to take everything down leave out what goes with the vault and the lake", async () => {
    const list = await listOf([daemon({ lake: { fileSystem: "forecasts" } })], "destroy");
    expect(actionsAt(list, group)).toEqual([
      "Microsoft.Authorization/roleAssignments/delete",
      "Microsoft.KeyVault/vaults/delete",
      "Microsoft.Storage/storageAccounts/delete",
    ]);
  });

  it("to take one daemon out have what deletes its secret, in the vault itself", async () => {
    const list = await listOf([daemon()], "remove");
    const secrets = list.azure[0]?.actions.find(({ action }) =>
      action.startsWith("Microsoft.KeyVault/vaults/secrets/"),
    );
    expect(secrets).toEqual({
      kind: "dataAction",
      action: "Microsoft.KeyVault/vaults/secrets/delete",
      operations: ["remove"],
      neededBy: ["azure-native.keyvault.Secret forecast-loader-credential"],
    });
  });

  it("have the managed identity's own where a daemon is one, and no right to make applications", async () => {
    const declares = (): Promise<void> => {
      const principal = new DaemonManagedIdentity("loader", {
        resourceGroupName: "rg-daemons",
        location: "westeurope",
      });
      new GraphGrant("loader", { principal, ...graph, consent: "grant" });
      return Promise.resolve();
    };
    const recording = await recordProgram(declares, { project: "any", stack: "test", config: {}, place });
    const list = rightsOf(recording, "test", ["up"]);
    expect(actionsAt(list, group)).toEqual([
      "Microsoft.ManagedIdentity/userAssignedIdentities/read",
      "Microsoft.ManagedIdentity/userAssignedIdentities/write",
    ]);
    expect(permissions(list)).toEqual(["Application.Read.All", "AppRoleAssignment.ReadWrite.All"]);
  });
});

describe("a custom role", () => {
  it("is what the Azure CLI takes, assignable at the group of its scope", async () => {
    const list = await listOf([daemon({ machineLearning: {} })], "up", "remove");
    expect(customRole(list, chosenScope(list, "mlw-forecast"))).toEqual({
      Name: "azure-daemon-access test deployer on mlw-forecast",
      IsCustom: true,
      Description: `What deploys the stack test needs on ${workspaceId}. Written by npx daemon-access doctor.`,
      Actions: [
        "Microsoft.Authorization/roleAssignments/delete",
        "Microsoft.Authorization/roleAssignments/read",
        "Microsoft.Authorization/roleAssignments/write",
      ],
      NotActions: [],
      DataActions: [],
      NotDataActions: [],
      AssignableScopes: [resourceGroupId("rg-machine-learning")],
    });
    expect(customRole(list, chosenScope(list, group)).DataActions).toEqual([
      "Microsoft.KeyVault/vaults/secrets/delete",
    ]);
  });

  it("is refused for no scope among several, and for one that needs nothing", async () => {
    const list = await listOf([daemon({ machineLearning: {} })], "up");
    expect(() => chosenScope(list, true)).toThrow(
      "--role: test needs a role at each of rg-daemons, mlw-forecast. Name one: --role rg-daemons.",
    );
    expect(() => chosenScope(list, "rg-other")).toThrow(
      "--role: test needs nothing at rg-other. Its scopes are rg-daemons, mlw-forecast.",
    );
  });
});

it("the built-in roles of a scope have what is listed there", async () => {
  const list = await listOf([daemon({ machineLearning: {} })], "up");
  expect(list.azure.map(suggestedRoles)).toEqual([
    ["Key Vault Contributor", "Reader"],
    ["Reader", "Role Based Access Control Administrator"],
  ]);
});

it("a type whose rights are not known is listed as such", async () => {
  const settings = { project: "other", stack: "test", config: {}, place };
  const declares = (): Promise<void> => {
    new resources.ResourceGroup("group", {});
    return Promise.resolve();
  };
  const { unlisted } = rightsOf(await recordProgram(declares, settings), "test");
  expect(unlisted).toEqual(["azure-native:resources:ResourceGroup"]);
});
