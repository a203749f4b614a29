import { tenant } from "../../../local/azure/landingZone/layout";
import {
  accountInputs,
  accountType,
  group,
  secretType,
  vaultInputs,
  vaultProperties,
  vaultType,
} from "./azureNativeInputs";
import { Deployment } from "./deployment";
import { EngineClient } from "./engineClient";
import { UNKNOWN } from "../../support/engineMarks";

jest.setTimeout(60_000);

const containerType = "azure-native:storage:BlobContainer";
const roleAssignmentType = "azure-native:authorization:RoleAssignment";
describe("the stand-in for azure-native", () => {
  let deployment: Deployment;
  let engine: EngineClient;

  beforeAll(async () => {
    deployment = await Deployment.open();
    engine = EngineClient.of(deployment.providers.debugProviders, "azure-native");
  });

  afterEach(() => {
    deployment.local.azure.faults.clear();
  });

  afterAll(async () => {
    engine.close();
    await deployment.close();
  });

  it("answers Configure as the real provider does", async () => {
    const answer = await engine.configure("azure-native", { location: "northeurope" });
    expect(answer.toObject()).toEqual({
      acceptsecrets: false,
      supportspreview: true,
      acceptresources: false,
      acceptoutputs: false,
      supportsAutonamingConfiguration: true,
    });
    const { inputs } = await engine.check(vaultType, "vault", {
      resourceGroupName: "rg-daemons",
      properties: vaultProperties,
    });
    expect(inputs["location"]).toBe("northeurope");
    await engine.configure("azure-native", {});
  });

  describe("Check", () => {
    it("names a vault after the resource, with eight digits that follow from the seed", async () => {
      const news = { resourceGroupName: "rg-daemons", properties: vaultProperties };
      const first = await engine.check(vaultType, "vault", news, { seed: "one" });
      const again = await engine.check(vaultType, "vault", news, { seed: "one" });
      const other = await engine.check(vaultType, "vault", news, { seed: "two" });
      expect(first.failures).toEqual([]);
      expect(first.inputs).toEqual({
        ...news,
        location: "westeurope",
        azureApiVersion: "2024-11-01",
        vaultName: expect.stringMatching(/^vault[0-9a-f]{8}$/) as string,
        __createBeforeDelete: true,
      });
      expect(again.inputs["vaultName"]).toBe(first.inputs["vaultName"]);
      expect(other.inputs["vaultName"]).not.toBe(first.inputs["vaultName"]);
    });

    it("keeps the name of the last deployment", async () => {
      const news = { resourceGroupName: "rg-daemons", properties: vaultProperties };
      const { inputs } = await engine.check(vaultType, "vault", news, {
        seed: "new",
        olds: { vaultName: "vault01234567", __createBeforeDelete: true, location: "northeurope" },
      });
      expect(inputs).toMatchObject({ vaultName: "vault01234567", __createBeforeDelete: true, location: "northeurope" });
    });

    it("names a child plainly, and a role assignment by a GUID", async () => {
      const secret = await engine.check(secretType, "credential", {
        resourceGroupName: "rg-daemons",
        vaultName: "vault",
        properties: {},
      });
      expect(secret.inputs).toMatchObject({ secretName: "credential" });
      expect(secret.inputs).not.toHaveProperty("__createBeforeDelete");
      const assignment = await engine.check(roleAssignmentType, "reader", {
        scope: group,
        principalId: tenant.id,
        roleDefinitionId: "role",
      });
      expect(assignment.inputs["roleAssignmentName"]).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
      );
    });

    it("tells every problem at once, in the real provider's words", async () => {
      const { failures } = await engine.check(accountType, "lake", {
        accountName: "st",
        kind: ["StorageV2"],
        isHnsEnabled: "yes",
        networkRuleSet: { ipRules: [{ action: "Allow" }] },
      });
      expect(failures).toEqual([
        "missing required property 'resourceGroupName'",
        "'accountName' is too short (2): at least 3 characters required",
        "missing required property 'location'. Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'.",
        "'kind' should be of type 'string' but got an array",
        "missing required property 'sku'",
        "'isHnsEnabled' should be of type 'boolean' but got a string",
        "missing required property 'networkRuleSet.defaultAction'",
        "missing required property 'networkRuleSet.ipRules[0].iPAddressOrRange'",
      ]);
    });

    it("leaves values alone that are not known yet", async () => {
      const { failures, inputs } = await engine.check(containerType, "forecasts", {
        resourceGroupName: UNKNOWN,
        accountName: UNKNOWN,
      });
      expect(failures).toEqual([]);
      expect(inputs).toMatchObject({ accountName: UNKNOWN, containerName: "forecasts" });
    });
  });

  describe("Diff", () => {
    const olds = { inputs: vaultInputs("kv-one"), outputs: {} };

    it("is none for the same inputs, and for another spelling of the location", async () => {
      expect(await engine.diff(vaultType, "vault", olds, vaultInputs("kv-one"))).toMatchObject({ changes: "none" });
      const respelled = { ...vaultInputs("kv-one"), location: "West Europe" };
      expect(await engine.diff(vaultType, "vault", olds, respelled)).toMatchObject({ changes: "none" });
    });

    it("names the path of each change", async () => {
      const news = {
        ...vaultInputs("kv-one"),
        tags: { team: "forecast" },
        properties: { tenantId: tenant.id, sku: { family: "A", name: "premium" } },
      };
      expect((await engine.diff(vaultType, "vault", olds, news)).detailed).toEqual({
        tags: "ADD",
        "properties.sku.name": "UPDATE",
        "properties.enableRbacAuthorization": "DELETE",
      });
    });

    it("replaces for a part of the ID, deleting first where the program chose the name", async () => {
      expect(await engine.diff(vaultType, "vault", olds, vaultInputs("kv-two"))).toEqual({
        changes: "some",
        replaces: ["vaultName"],
        deleteBeforeReplace: true,
        detailed: { vaultName: "UPDATE_REPLACE" },
      });
      const named = { ...olds, inputs: { ...olds.inputs, __createBeforeDelete: true } };
      const { deleteBeforeReplace } = await engine.diff(vaultType, "vault", named, vaultInputs("kv-two"));
      expect(deleteBeforeReplace).toBe(false);
    });

    it("replaces a storage account for its hierarchical namespace, unless it already has what is now stated", async () => {
      const inputs = accountInputs("stone");
      const news = { ...inputs, isHnsEnabled: true };
      const without = { inputs, outputs: { isHnsEnabled: false } };
      expect((await engine.diff(accountType, "lake", without, news)).detailed).toEqual({ isHnsEnabled: "ADD_REPLACE" });
      const has = { inputs, outputs: { isHnsEnabled: true } };
      expect((await engine.diff(accountType, "lake", has, news)).detailed).toEqual({ isHnsEnabled: "ADD" });
    });

    it("replaces for a principal that is not known yet", async () => {
      const inputs = { scope: group, roleAssignmentName: "name", principalId: "one", roleDefinitionId: "role" };
      const news = { ...inputs, principalId: UNKNOWN };
      const { replaces } = await engine.diff(roleAssignmentType, "reader", { inputs, outputs: {} }, news);
      expect(replaces).toEqual(["principalId"]);
    });
  });
});
