import * as authorization from "@pulumi/azure-native/authorization";
import type { OutputMap, Stack } from "@pulumi/pulumi/automation";
import { program } from "../../examples/bootstrap/program";
import { deployerPermissions } from "../../examples/bootstrap/rights";
import { grantRoles } from "../../examples/bootstrap/roleGrants";
import { checkedSettings, type StateSettings } from "../../examples/bootstrap/settings";
import { declareStateStore, declareStateVault } from "../../examples/bootstrap/state";
import { resourceGroups, subscription, tenant, workspaceId } from "../../local/azure/landingZone/layout";
import { specOf } from "../../local/providers/azureNative/resources/catalogue";
import { Deployment } from "../local/providers/deployment";

jest.setTimeout(240_000);

const graphScope = "https://graph.microsoft.com/.default";
const settings = checkedSettings({
  stack: "dev",
  resourceGroupName: resourceGroups.daemons,
  workspaceIds: [workspaceId],
  github: { repository: "contoso/daemons" },
});
const state: StateSettings = {
  location: "westeurope",
  resourceGroupName: "rg-daemons-state",
  accountName: "stbootstrapstate",
  vaultName: "kv-bootstrap-state",
  operatorType: "ServicePrincipal",
};

describe("the bootstrap on the real engine and local Azure", () => {
  let deployment: Deployment;
  let identities: Stack;
  let outputs: OutputMap;

  beforeAll(async () => {
    for (const type of ["azure-native:storage:BlobServiceProperties", "azure-native:keyvault:Key"]) {
      try {
        specOf(type);
      } catch {
        process.stderr.write(`${type} is tested on mocks only: local Azure has no stand-in for it.\n`);
      }
    }
    deployment = await Deployment.open();
    identities = await deployment.stack("identities", () => program(settings));
    ({ outputs } = await identities.up({ color: "never" }));
  });
  afterAll(() => deployment.close());

  const told = (name: string): string => String(outputs[name]?.value);
  const graph = async (path: string): Promise<{ value: Record<string, string>[] }> => {
    const url = `https://graph.microsoft.com/v1.0${path}`;
    const reply = await deployment.local.call("administrator", graphScope, "GET", url);
    expect(reply.status).toBe(200);
    return reply.body as { value: Record<string, string>[] };
  };

  it("tells what the pipelines need, and nothing secret", () => {
    expect(told("tenantId")).toBe(tenant.id);
    expect(told("subscriptionId")).toBe(subscription.id);
    expect(told("deployerClientId")).not.toBe(told("previewerClientId"));
    expect(Object.values(outputs).filter(({ secret }) => secret)).toEqual([]);
  });

  it("has Entra ID trust the repository's environments", async () => {
    const { value } = await graph(`/applications(appId='${told("deployerClientId")}')/federatedIdentityCredentials`);
    expect(value.map(({ issuer, subject }) => `${issuer ?? ""} ${subject ?? ""}`).sort()).toEqual([
      "https://token.actions.githubusercontent.com repo:contoso/daemons:environment:dev",
      "https://token.actions.githubusercontent.com repo:contoso/daemons:environment:dev-destroy",
    ]);
  });

  it("has Graph grant the deployer its permissions", async () => {
    const { value } = await graph(`/servicePrincipals(appId='${told("deployerClientId")}')/appRoleAssignments`);
    expect(value).toHaveLength(deployerPermissions.length);
  });

  it("changes nothing when it runs again", async () => {
    const { summary } = await identities.up({ color: "never" });
    expect(Object.keys(summary.resourceChanges ?? {})).toEqual(["same"]);
  });

  it("makes the account, the container and the vault of the state, which a destroy then refuses", async () => {
    const stack = await deployment.stack("state", async () => {
      const store = declareStateStore(state);
      declareStateVault(state, store, tenant.id);
      const { objectId } = await authorization.getClientConfig();
      const operator = { name: "operator", principalId: objectId, principalType: state.operatorType };
      const container = { name: "container", id: store.container.id };
      grantRoles(subscription.id, operator, ["storageBlobDataContributor"], container);
      return {};
    });
    const { summary } = await stack.up({ color: "never" });
    expect(summary.resourceChanges).toEqual({ create: 6 });
    await expect(stack.destroy({ color: "never" })).rejects.toThrow(/protect/);
  });
});
