import { identities, tenant } from "../../../../../local/azure/landingZone/layout";
import { LocalAzureForTests } from "../../../../support/localAzure";
import { Arm, errorOf, group, type ArmReply } from "../armClient";

const daemons = group("rg-daemons");
const vault = `${daemons}/providers/Microsoft.KeyVault/vaults/kv-audited`;
const workspace = `${daemons}/providers/Microsoft.OperationalInsights/workspaces/log-daemons`;
const setting = (name: string, on = vault): string => `${on}/providers/Microsoft.Insights/diagnosticSettings/${name}`;
const audit = { categoryGroup: "audit", enabled: true };
const bodyOf = (properties: object): object => ({ properties: { workspaceId: workspace, ...properties } });

describe("diagnostic settings", () => {
  let azure: LocalAzureForTests;
  let arm: Arm;

  beforeAll(async () => {
    azure = await LocalAzureForTests.open();
    arm = new Arm(azure);
    await arm.put("administrator", vault, {
      location: "westeurope",
      properties: { tenantId: tenant.id, sku: { family: "A", name: "standard" }, enableRbacAuthorization: true },
    });
    const made = await arm.put("administrator", workspace, { location: "westeurope", properties: {} });
    expect(made.status).toBe(201);
    await arm.follow("administrator", made.headers.get("azure-asyncoperation") ?? "");
  });
  afterAll(() => azure.close());

  const put = (name: string, properties: object, on = vault): Promise<ArmReply> =>
    arm.put("administrator", setting(name, on), bodyOf(properties));
  const refusal = (reply: ArmReply): [number, string] => [reply.status, errorOf(reply).message];

  it("send a vault's logs and metrics to a workspace, and are shown with what they leave out", async () => {
    const made = await put("to-workspace", { logs: [audit], metrics: [{ category: "AllMetrics", enabled: true }] });
    const retentionPolicy = { enabled: false, days: 0 };
    expect([made.status, made.body]).toEqual([
      200,
      {
        id: setting("to-workspace").toLowerCase().replace("diagnosticsettings", "diagnosticSettings"),
        type: "Microsoft.Insights/diagnosticSettings",
        name: "to-workspace",
        location: null,
        kind: null,
        tags: null,
        properties: {
          storageAccountId: null,
          serviceBusRuleId: null,
          workspaceId: workspace,
          eventHubAuthorizationRuleId: null,
          eventHubName: null,
          metrics: [{ category: "AllMetrics", enabled: true, retentionPolicy }],
          logs: [{ categoryGroup: "audit", enabled: true, retentionPolicy }],
          logAnalyticsDestinationType: null,
        },
        identity: null,
      },
    ]);
    expect((await arm.get("administrator", setting("to-workspace"))).body).toEqual(made.body);
  });

  it("send no category twice to one place", async () => {
    const reply = await put("again", { logs: [audit] });
    expect([reply.status, reply.body]).toEqual([
      409,
      {
        code: "Conflict",
        message: `Data sink '${workspace}' is already used in diagnostic setting 'to-workspace' for category 'audit'. Data sinks can't be reused in different settings on the same category for the same resource.`,
      },
    ]);
  });

  it("are refused without a category, a place, or one that is there", async () => {
    expect(refusal(await put("x", { logs: [] }))).toEqual([
      400,
      "At least one category of logs or metrics must be enabled.",
    ]);
    expect(refusal(await put("x", { logs: [{ category: "StorageRead", enabled: true }] }))).toEqual([
      400,
      "Category 'StorageRead' is not supported, supported ones are: 'AuditEvent, AzurePolicyEvaluationDetails'.",
    ]);
    expect(refusal(await put("x", { logs: [audit], workspaceId: "" }))).toEqual([
      400,
      "At least one data sink needs to be specified.",
    ]);
    const gone = await put("x", { logs: [audit], workspaceId: `${workspace}-2` });
    expect([gone.status, errorOf(gone).code]).toEqual([404, "ResourceNotFound"]);
    const archive = await put("x", { logs: [audit], storageAccountId: "/subscriptions/s" });
    expect(archive.status).toBe(501);
  });

  it("watch a lake at its blob service, and no resource that is not there", async () => {
    const lake = `${group("rg-machine-learning")}/providers/Microsoft.Storage/storageAccounts/stmlwforecast`;
    const logs = [{ category: "StorageDelete", enabled: true }];
    expect((await put("access", { logs }, `${lake}/blobServices/default`)).status).toBe(200);
    const gone = await put("access", { logs }, `${lake}2/blobServices/default`);
    expect([gone.status, errorOf(gone).code]).toEqual([404, "ResourceNotFound"]);
  });

  it("need the right to write them, and the right to the workspace's keys", async () => {
    const own = await arm.put("consumer", setting("mine"), bodyOf({ logs: [audit] }));
    expect([own.status, errorOf(own).code]).toEqual([403, "AuthorizationFailed"]);
    azure.azure.cloud.access.seed({
      principalId: identities.consumer.objectId,
      roleDefinitionId: "749f88d5-cbae-40b8-bcfc-e573ddc772fa",
      scope: vault,
    });
    const linked = await arm.put("consumer", setting("mine"), bodyOf({ logs: [audit] }));
    expect([linked.status, errorOf(linked).code]).toEqual([403, "LinkedAuthorizationFailed"]);
    expect(errorOf(linked).message).toContain("'Microsoft.OperationalInsights/workspaces/sharedKeys/action'");
  });

  it("outlive their vault until they are deleted themselves", async () => {
    await arm.send("administrator", "DELETE", vault);
    expect((await arm.get("administrator", setting("to-workspace"))).status).toBe(200);
    expect((await arm.send("administrator", "DELETE", setting("to-workspace"))).status).toBe(200);
    expect((await arm.send("administrator", "DELETE", setting("to-workspace"))).status).toBe(204);
    expect((await arm.get("administrator", setting("to-workspace"))).status).toBe(404);
  });
});
