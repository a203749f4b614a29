import { location, resourceGroupId, workspaceId } from "../../../../../local/azure/landingZone/layout";
import { LocalAzureForTests } from "../../../../support/localAzure";
import { Arm, errorOf, type ArmReply } from "../armClient";

const cluster = (more: object = {}, scaleSettings: object = { maxNodeCount: 2 }) => ({
  location,
  properties: {
    computeType: "AmlCompute",
    properties: { vmSize: "Standard_DS3_v2", scaleSettings, ...more },
  },
});
const compute = `${workspaceId}/computes/cpu-cluster`;
const endpoint = `${workspaceId}/onlineEndpoints/forecast`;
const region = "https://forecast.westeurope.inference.ml.azure.com";
const command = {
  jobType: "Command",
  command: "python train.py",
  environmentId: `${workspaceId}/environments/e/versions/1`,
};

const outcome = (reply: ArmReply): [number, string] => [reply.status, errorOf(reply).code];
const propertiesOf = ({ body }: ArmReply): Record<string, unknown> =>
  (body as { properties: Record<string, unknown> }).properties;

describe("what is in a workspace", () => {
  let azure: LocalAzureForTests;
  let arm: Arm;

  beforeEach(async () => {
    azure = await LocalAzureForTests.open();
    arm = new Arm(azure);
  });
  afterEach(() => azure.close());

  const follow = async (accepted: ArmReply): Promise<ArmReply | undefined> => {
    const { headers } = accepted;
    const replies = await arm.follow(
      "administrator",
      headers.get("azure-asyncoperation") ?? headers.get("location") ?? "",
    );
    return replies.at(-1);
  };
  const make = async (id: string, body: object): Promise<ArmReply> => {
    const accepted = await arm.put("administrator", id, body);
    await follow(accepted);
    return accepted;
  };
  const act = (id: string, body?: object) => arm.send("administrator", "POST", id, body);

  describe("computes", () => {
    it("are made by an operation, with what Azure fills in", async () => {
      const accepted = await arm.put("administrator", compute, cluster());
      expect([accepted.status, propertiesOf(accepted)["provisioningState"]]).toEqual([201, "Creating"]);
      expect(accepted.headers.get("azure-asyncoperation")).toContain(
        "/Microsoft.MachineLearningServices/locations/westeurope/computeOperationsStatus/",
      );
      expect((await follow(accepted))?.body).toMatchObject({ status: "Succeeded" });
      expect((await arm.get("administrator", compute)).body).toMatchObject({
        id: compute,
        name: "cpu-cluster",
        type: "Microsoft.MachineLearningServices/workspaces/computes",
        location,
        properties: {
          computeType: "AmlCompute",
          computeLocation: location,
          disableLocalAuth: false,
          provisioningState: "Succeeded",
          properties: {
            vmSize: "Standard_DS3_v2",
            vmPriority: "Dedicated",
            osType: "Linux",
            enableNodePublicIp: true,
            allocationState: "Steady",
            currentNodeCount: 0,
            scaleSettings: { minNodeCount: 0, maxNodeCount: 2, nodeIdleTimeBeforeScaleDown: "PT120S" },
          },
        },
      });
    });

    it("scale by PUT and by PATCH, and keep what they are made of", async () => {
      await make(compute, cluster());
      await make(compute, cluster({}, { minNodeCount: 1, maxNodeCount: 4 }));
      expect((await act(`${compute}/listNodes`)).body).toMatchObject({ nodes: [{ nodeState: "idle" }] });
      const patched = await arm.send("administrator", "PATCH", compute, {
        properties: { properties: { scaleSettings: { maxNodeCount: 6 } } },
      });
      await follow(patched);
      expect(propertiesOf(await arm.get("administrator", compute))).toMatchObject({
        properties: { vmSize: "Standard_DS3_v2", scaleSettings: { minNodeCount: 0, maxNodeCount: 6 } },
      });
      const resized = await arm.put("administrator", compute, cluster({ vmSize: "Standard_D2_v2" }));
      expect(outcome(resized)).toEqual([400, "UserError"]);
      expect(errorOf(resized).message).toContain("vmSize");
    });

    it.each([
      ["a name of one letter", `${workspaceId}/computes/c`, cluster()],
      ["fewer nodes at most than at least", compute, cluster({}, { minNodeCount: 3, maxNodeCount: 2 })],
      [
        "an idle time that is none",
        compute,
        cluster({}, { maxNodeCount: 1, nodeIdleTimeBeforeScaleDown: "2 minutes" }),
      ],
      ["no public addresses and no network", compute, cluster({ enableNodePublicIp: false })],
      ["no size", compute, cluster({ vmSize: "" })],
    ])("refuse %s", async (_what, id, body) => {
      expect(outcome(await arm.put("administrator", id, body))).toEqual([400, "UserError"]);
    });

    it("are deleted by an operation, with the identity that was theirs", async () => {
      await make(compute, { ...cluster(), identity: { type: "SystemAssigned" } });
      const { identity } = (await arm.get("administrator", compute)).body as { identity: { principalId: string } };
      expect(azure.azure.cloud.directory.principal(identity.principalId)).toMatchObject({ kind: "ServicePrincipal" });
      const deleted = await arm.send("administrator", "DELETE", compute, undefined, "&underlyingResourceAction=Delete");
      expect(deleted.status).toBe(202);
      await follow(deleted);
      expect((await arm.get("administrator", compute)).status).toBe(404);
      expect(azure.azure.cloud.directory.principal(identity.principalId)).toBeUndefined();
      expect((await arm.send("administrator", "DELETE", compute)).status).toBe(204);
    });

    it("carry a user-assigned identity", async () => {
      const identity = `${resourceGroupId("rg-daemons")}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-trainer`;
      const { principalId, clientId } = propertiesOf(await arm.put("administrator", identity, { location }));
      const assigned = { type: "UserAssigned", userAssignedIdentities: { [identity]: {} } };
      await make(compute, { ...cluster(), identity: assigned });
      expect((await arm.get("administrator", compute)).body).toMatchObject({
        identity: { type: "UserAssigned", userAssignedIdentities: { [identity]: { principalId, clientId } } },
      });
    });

    it("start and stop where they are instances", async () => {
      const body = {
        location,
        properties: { computeType: "ComputeInstance", properties: { vmSize: "Standard_DS3_v2" } },
      };
      await make(compute, body);
      await follow(await act(`${compute}/stop`));
      expect(propertiesOf(await arm.get("administrator", compute))).toMatchObject({ properties: { state: "Stopped" } });
      await make(`${workspaceId}/computes/cluster-2`, cluster());
      expect(outcome(await act(`${workspaceId}/computes/cluster-2/stop`))).toEqual([400, "UserError"]);
    });
  });

  describe("jobs", () => {
    it("are queued on a compute of the workspace, and cancelled", async () => {
      await make(compute, cluster());
      const job = `${workspaceId}/jobs/train-1`;
      const made = await arm.put("administrator", job, { properties: { ...command, computeId: compute } });
      expect([made.status, propertiesOf(made)["status"]]).toEqual([201, "Queued"]);
      await follow(await act(`${job}/cancel`));
      expect(propertiesOf(await arm.get("administrator", job))["status"]).toBe("Canceled");
      expect((await arm.get("administrator", `${workspaceId}/jobs`)).body).toMatchObject({
        value: [{ name: "train-1" }],
      });
    });

    it.each([
      ["of no type that Azure has", { jobType: "Dance" }],
      ["without a command", { jobType: "Command", environmentId: "azureml:e:1" }],
      ["on a compute that is not there", { ...command, computeId: compute }],
    ])("are refused %s", async (_what, properties) => {
      expect(outcome(await arm.put("administrator", `${workspaceId}/jobs/train-1`, { properties }))).toEqual([
        400,
        "UserError",
      ]);
    });
  });

  it("assets lie in versions below a container that tells the newest", async () => {
    const model = `${workspaceId}/models/forecast`;
    await arm.put("administrator", `${model}/versions/1`, { properties: { modelUri: "azureml://one" } });
    azure.clock.advance({ minutes: 1 });
    await arm.put("administrator", `${model}/versions/2`, { properties: { modelUri: "azureml://two" } });
    expect(propertiesOf(await arm.get("administrator", model))).toMatchObject({ latestVersion: "2", nextVersion: "3" });
    expect(propertiesOf(await arm.get("administrator", `${model}/versions/1`))).toMatchObject({
      modelUri: "azureml://one",
    });
    await arm.send("administrator", "DELETE", model);
    expect((await arm.get("administrator", `${model}/versions/1`)).status).toBe(404);
  });

  it("datastores are those of its storage account", async () => {
    expect((await arm.get("deployer", `${workspaceId}/datastores`)).body).toMatchObject({
      value: [
        { name: "workspaceblobstore", properties: { accountName: "stmlwforecast", isDefault: true } },
        { name: "workspacefilestore", properties: { datastoreType: "AzureFile" } },
      ],
    });
    expect((await arm.get("deployer", `${workspaceId}/datastores/workspaceblobstore`)).status).toBe(200);
    expect((await arm.get("deployer", `${workspaceId}/datastores/other`)).status).toBe(404);
  });

  it("regions tell their quotas and sizes", async () => {
    const at = `${workspaceId.slice(0, workspaceId.indexOf("/resourceGroups"))}/providers/Microsoft.MachineLearningServices/locations`;
    for (const what of ["usages", "quotas", "vmSizes"]) {
      expect((await arm.get("administrator", `${at}/westeurope/${what}`)).status).toBe(200);
      expect(outcome(await arm.get("administrator", `${at}/atlantis/${what}`))[0]).toBe(400);
    }
  });

  describe("online endpoints", () => {
    const body = (authMode: string, traffic: object = {}) => ({ location, properties: { authMode, traffic } });
    const deploy = async (authMode: string): Promise<void> => {
      await make(endpoint, body(authMode));
      await make(`${endpoint}/deployments/blue`, {
        location,
        properties: { endpointComputeType: "Managed", model: "azureml:forecast:1" },
      });
      await make(endpoint, body(authMode, { blue: 100 }));
    };
    const score = async (bearer?: string) => {
      const response = await azure.fetch(`${region}/score`, {
        method: "POST",
        headers: { "content-type": "application/json", ...(bearer && { authorization: `Bearer ${bearer}` }) },
        body: JSON.stringify({ data: [1, 2] }),
      });
      return { status: response.status, body: await response.json() };
    };

    it("answer at their own host to who holds a key", async () => {
      await deploy("Key");
      expect(propertiesOf(await arm.get("administrator", endpoint))).toMatchObject({
        scoringUri: `${region}/score`,
        keys: null,
        traffic: { blue: 100 },
      });
      const { primaryKey, secondaryKey } = (await act(`${endpoint}/listKeys`)).body as Record<string, string>;
      expect(await score(primaryKey)).toEqual({
        status: 200,
        body: { deployment: "blue", received: { data: [1, 2] } },
      });
      expect((await score(secondaryKey)).status).toBe(200);
      expect((await score()).status).toBe(401);
      expect((await score("a guess")).status).toBe(401);

      await follow(await act(`${endpoint}/regenerateKeys`, { keyType: "Primary" }));
      expect((await score(primaryKey)).status).toBe(401);
      expect((await score(secondaryKey)).status).toBe(200);
      await azure.restart();
      expect((await score(secondaryKey)).status).toBe(200);
      expect(outcome(await act(`${endpoint}/token`))).toEqual([400, "UserError"]);
    });

    it("give tokens of their own, which end", async () => {
      await deploy("AMLToken");
      expect(outcome(await act(`${endpoint}/listKeys`))).toEqual([400, "UserError"]);
      const { accessToken, expiryTimeUtc } = (await act(`${endpoint}/token`)).body as {
        accessToken: string;
        expiryTimeUtc: number;
      };
      expect(expiryTimeUtc * 1000 - azure.clock.now().getTime()).toBe(3_600_000);
      expect((await score(accessToken)).status).toBe(200);
      expect((await score(`${accessToken}x`)).status).toBe(401);
      azure.clock.advance({ hours: 1 });
      expect((await score(accessToken)).status).toBe(401);
    });

    it("take tokens of Entra ID from who may score", async () => {
      await deploy("AADToken");
      const token = (as: "administrator" | "stranger", scope: string) => azure.token(as, `${scope}/.default`);
      expect((await score(await token("administrator", "https://ml.azure.com"))).status).toBe(200);
      expect((await score(await token("administrator", "https://management.azure.com"))).status).toBe(401);
      expect((await score(await token("stranger", "https://ml.azure.com"))).status).toBe(403);
    });

    it("route to a deployment that is there", async () => {
      await make(endpoint, body("Key"));
      const { primaryKey } = (await act(`${endpoint}/listKeys`)).body as Record<string, string>;
      expect(await score(primaryKey)).toMatchObject({
        status: 404,
        body: { error: { message: expect.stringContaining("No valid deployments to route to") as string } },
      });
      expect(outcome(await arm.put("administrator", endpoint, body("Key", { blue: 100 })))).toEqual([400, "UserError"]);
    });

    it("refuse half of the traffic, and keep a deployment that has some", async () => {
      await deploy("Key");
      expect(outcome(await arm.put("administrator", endpoint, body("Key", { blue: 50 })))).toEqual([400, "UserError"]);
      expect(outcome(await arm.send("administrator", "DELETE", `${endpoint}/deployments/blue`))).toEqual([
        400,
        "UserError",
      ]);
      await follow(await arm.send("administrator", "DELETE", endpoint));
      expect((await arm.get("administrator", `${endpoint}/deployments/blue`)).status).toBe(404);
    });

    it("say that an unknown host would not resolve", async () => {
      const response = await azure.fetch("https://other.westeurope.inference.ml.azure.com/score", { method: "POST" });
      expect([response.status, await response.text()]).toEqual([404, expect.stringContaining("would not resolve")]);
    });
  });

  describe("the service of the workspace's region", () => {
    const url = "https://westeurope.api.azureml.ms";

    it("tells where its parts are, at the workspace's own discovery address", async () => {
      const { discoveryUrl } = propertiesOf(await arm.get("administrator", workspaceId));
      const response = await azure.fetch(String(discoveryUrl));
      expect([response.status, await response.json()]).toMatchObject([200, { api: url, history: url }]);
    });

    it("lists the computes to those who may read them", async () => {
      await make(compute, cluster());
      const list = `${url}/rp/workspaces${workspaceId}/computes?api-version=2020-02-02`;
      const listed = await arm.raw("administrator", "GET", list);
      expect([listed.status, listed.body]).toMatchObject([200, { value: [{ name: "cpu-cluster" }] }]);
      expect((await arm.raw("stranger", "GET", list)).status).toBe(403);
      const one = await arm.raw("administrator", "GET", list.replace("computes?", "computes/cpu-cluster?"));
      // azureml-core reads a subnet that is none, and words in small letters.
      expect([one.status, propertiesOf(one)["properties"]]).toMatchObject([200, { subnet: null }]);
      await make(`${workspaceId}/computes/spare`, cluster({ vmPriority: "lowpriority" }));
      expect(propertiesOf(await arm.get("administrator", `${workspaceId}/computes/spare`))).toMatchObject({
        properties: { vmPriority: "LowPriority" },
      });
    });

    it("says what it lacks", async () => {
      expect((await arm.raw("administrator", "GET", `${url}/history/v1.0/experiments`)).status).toBe(501);
    });
  });

  it("goes with the workspace when that is purged", async () => {
    await make(compute, { ...cluster(), identity: { type: "SystemAssigned" } });
    const { identity } = (await arm.get("administrator", compute)).body as { identity: { principalId: string } };
    await follow(await arm.send("administrator", "DELETE", workspaceId, undefined, "&forceToPurge=true"));
    expect(azure.azure.cloud.directory.principal(identity.principalId)).toBeUndefined();
  });

  it("is nobody's business who may not read it", async () => {
    expect(outcome(await arm.get("stranger", `${workspaceId}/jobs`))).toEqual([403, "AuthorizationFailed"]);
  });
});
