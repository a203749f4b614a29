import { tenant } from "../../../../../local/azure/landingZone/layout";
import { LocalAzureForTests } from "../../../../support/localAzure";
import { Arm, errorOf, group, type ArmReply } from "../armClient";

const collection = `${group("rg-daemons")}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`;
const guid = /^[0-9a-f-]{36}$/;
const propertiesOf = ({ body }: ArmReply): { principalId: string; clientId: string } =>
  (body as { properties: { principalId: string; clientId: string } }).properties;

describe("user-assigned identities", () => {
  let azure: LocalAzureForTests;
  let arm: Arm;

  beforeAll(async () => {
    azure = await LocalAzureForTests.open();
    arm = new Arm(azure);
  });
  afterAll(() => azure.close());

  it("are made with a service principal in the directory, and take it along", async () => {
    const id = `${collection}/id-loader`;
    const made = await arm.put("administrator", id, { location: "westeurope", tags: { a: "b" } });
    expect([made.status, made.body]).toEqual([
      201,
      {
        id,
        name: "id-loader",
        type: "Microsoft.ManagedIdentity/userAssignedIdentities",
        location: "westeurope",
        tags: { a: "b" },
        properties: {
          tenantId: tenant.id,
          principalId: expect.stringMatching(guid) as unknown,
          clientId: expect.stringMatching(guid) as unknown,
        },
      },
    ]);
    const { principalId, clientId } = propertiesOf(made);
    expect(azure.azure.cloud.directory.principal(principalId)).toMatchObject({
      kind: "ServicePrincipal",
      displayName: "id-loader",
      appId: clientId,
    });
    const again = await arm.put("administrator", id, { location: "westeurope" });
    expect([again.status, propertiesOf(again)]).toEqual([200, propertiesOf(made)]);
    expect((await arm.send("administrator", "DELETE", id)).status).toBe(200);
    expect((await arm.send("administrator", "DELETE", id)).status).toBe(204);
    expect(azure.azure.cloud.directory.principal(principalId)).toBeUndefined();
  });

  it("are listed, retagged and asked for with HEAD", async () => {
    const id = `${collection}/id-tagged`;
    await arm.put("administrator", id, { location: "westeurope" });
    const patched = await arm.send("administrator", "PATCH", id, { tags: { c: "d" } });
    expect([patched.status, patched.body]).toMatchObject([200, { tags: { c: "d" } }]);
    expect((await arm.get("administrator", collection)).body).toMatchObject({ value: [{ name: "id-tagged" }] });
    expect((await arm.send("administrator", "HEAD", id)).status).toBe(204);
    expect((await arm.send("administrator", "HEAD", `${collection}/id-none`)).status).toBe(404);
  });

  it("refuse a name that is not well formed", async () => {
    const reply = await arm.put("administrator", `${collection}/-x`, { location: "westeurope" });
    expect([reply.status, errorOf(reply).code]).toEqual([400, "InvalidResourceName"]);
  });

  it("hold federated credentials, each issuer and subject once", async () => {
    const id = `${collection}/id-federated`;
    await arm.put("administrator", id, { location: "westeurope" });
    const properties = {
      issuer: "https://token.actions.githubusercontent.com",
      subject: "repo:contoso/forecast:ref:refs/heads/main",
      audiences: ["api://AzureADTokenExchange"],
    };
    const credential = `${id}/federatedIdentityCredentials/github`;
    const made = await arm.put("administrator", credential, { properties });
    const body = {
      id: credential,
      name: "github",
      type: "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
      properties,
    };
    expect([made.status, made.body]).toEqual([201, body]);
    expect((await arm.put("administrator", credential, { properties })).status).toBe(200);
    expect((await arm.get("administrator", credential)).body).toEqual(body);
    expect((await arm.get("administrator", `${id}/federatedIdentityCredentials`)).body).toEqual({ value: [body] });
    const twin = await arm.put("administrator", `${id}/federatedIdentityCredentials/twin`, { properties });
    expect([twin.status, errorOf(twin).code]).toEqual([409, "Conflict"]);
    expect((await arm.send("administrator", "DELETE", credential)).status).toBe(200);
    expect((await arm.send("administrator", "DELETE", credential)).status).toBe(204);
    expect((await arm.get("administrator", credential)).status).toBe(404);
  });
});
