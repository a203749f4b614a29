import { location, workspaceId } from "../../../../../local/azure/landingZone/layout";
import { LocalAzureForTests } from "../../../../support/localAzure";
import { type Arm } from "../armClient";
import { cluster, compute, outcome, propertiesOf, WorkspaceChildren } from "./workspaceChildren";

const endpoint = `${workspaceId}/onlineEndpoints/forecast`;
const region = "https://forecast.westeurope.inference.ml.azure.com";
const command = {
  jobType: "Command",
  command: "python train.py",
  environmentId: `${workspaceId}/environments/e/versions/1`,
};

let azure: LocalAzureForTests;
let children: WorkspaceChildren;
let arm: Arm;

beforeEach(async () => {
  azure = await LocalAzureForTests.open();
  children = new WorkspaceChildren(azure);
  arm = children.arm;
});
afterEach(() => azure.close());

describe("what is in a workspace", () => {
  describe("jobs", () => {
    it("are queued on a compute of the workspace, and cancelled", async () => {
      await children.make(compute, cluster());
      const job = `${workspaceId}/jobs/train-1`;
      const made = await arm.put("administrator", job, { properties: { ...command, computeId: compute } });
      expect([made.status, propertiesOf(made)["status"]]).toEqual([201, "Queued"]);
      await children.follow(await children.act(`${job}/cancel`));
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
      await children.make(endpoint, body(authMode));
      await children.make(`${endpoint}/deployments/blue`, {
        location,
        properties: { endpointComputeType: "Managed", model: "azureml:forecast:1" },
      });
      await children.make(endpoint, body(authMode, { blue: 100 }));
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
      const { primaryKey, secondaryKey } = (await children.act(`${endpoint}/listKeys`)).body as Record<string, string>;
      expect(await score(primaryKey)).toEqual({
        status: 200,
        body: { deployment: "blue", received: { data: [1, 2] } },
      });
      expect((await score(secondaryKey)).status).toBe(200);
      expect((await score()).status).toBe(401);
      expect((await score("a guess")).status).toBe(401);

      await children.follow(await children.act(`${endpoint}/regenerateKeys`, { keyType: "Primary" }));
      expect((await score(primaryKey)).status).toBe(401);
      expect((await score(secondaryKey)).status).toBe(200);
      await azure.restart();
      expect((await score(secondaryKey)).status).toBe(200);
      expect(outcome(await children.act(`${endpoint}/token`))).toEqual([400, "UserError"]);
    });

    it("give tokens of their own, which end", async () => {
      await deploy("AMLToken");
      expect(outcome(await children.act(`${endpoint}/listKeys`))).toEqual([400, "UserError"]);
      const { accessToken, expiryTimeUtc } = (await children.act(`${endpoint}/token`)).body as {
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
      await children.make(endpoint, body("Key"));
      const { primaryKey } = (await children.act(`${endpoint}/listKeys`)).body as Record<string, string>;
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
      await children.follow(await arm.send("administrator", "DELETE", endpoint));
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
      await children.make(compute, cluster());
      const list = `${url}/rp/workspaces${workspaceId}/computes?api-version=2020-02-02`;
      const listed = await arm.raw("administrator", "GET", list);
      expect([listed.status, listed.body]).toMatchObject([200, { value: [{ name: "cpu-cluster" }] }]);
      expect((await arm.raw("stranger", "GET", list)).status).toBe(403);
      const one = await arm.raw("administrator", "GET", list.replace("computes?", "computes/cpu-cluster?"));
      // azureml-core reads a subnet that is none, and words in lowercase letters.
      expect([one.status, propertiesOf(one)["properties"]]).toMatchObject([200, { subnet: null }]);
      await children.make(`${workspaceId}/computes/spare`, cluster({ vmPriority: "lowpriority" }));
      expect(propertiesOf(await arm.get("administrator", `${workspaceId}/computes/spare`))).toMatchObject({
        properties: { vmPriority: "LowPriority" },
      });
    });

    it("says what it lacks", async () => {
      expect((await arm.raw("administrator", "GET", `${url}/history/v1.0/experiments`)).status).toBe(501);
    });
  });

  it("goes with the workspace when that is purged", async () => {
    await children.make(compute, { ...cluster(), identity: { type: "SystemAssigned" } });
    const { identity } = (await arm.get("administrator", compute)).body as { identity: { principalId: string } };
    await children.follow(await arm.send("administrator", "DELETE", workspaceId, undefined, "&forceToPurge=true"));
    expect(azure.azure.cloud.directory.principal(identity.principalId)).toBeUndefined();
  });

  it("is nobody's business who may not read it", async () => {
    expect(outcome(await arm.get("stranger", `${workspaceId}/jobs`))).toEqual([403, "AuthorizationFailed"]);
  });
});
