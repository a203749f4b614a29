import { identities, resourceGroupId, subscription } from "../../../../local/azure/landingZone/layout";
import { GraphClient, type GraphReply } from "../../../support/graphClient";
import { LocalAzureForTests } from "../../../support/localAzure";
import { Arm } from "../arm/armClient";

const ingrid = "5d0e7a31-1c2f-4b86-9e57-8f3a6c2d1b04";
const readerRole = `/subscriptions/${subscription.id}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`;
const reference = (id: string): object => ({ "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${id}` });

let azure: LocalAzureForTests;
let graph: GraphClient;
let arm: Arm;
beforeAll(async () => {
  azure = await LocalAzureForTests.open();
  graph = new GraphClient(azure, "administrator");
  arm = new Arm(azure);
});
afterAll(() => azure.close());

async function group(displayName: string, more: object = {}): Promise<string> {
  const body = { displayName, mailNickname: displayName, mailEnabled: false, securityEnabled: true, ...more };
  const made = await graph.post("/groups", body);
  expect(made.status).toBe(201);
  return made.body.id ?? "";
}

const idsOf = ({ body }: GraphReply): unknown[] => body.value?.map(({ id }) => id) ?? [];

describe("groups", () => {
  it("are made, read, found, changed and deleted for good", async () => {
    const id = await group("readers", { description: "who may read" });
    const { body } = await graph.get(`/groups/${id}`);
    expect(body).toMatchObject({
      id,
      displayName: "readers",
      description: "who may read",
      groupTypes: [],
      mailEnabled: false,
      securityEnabled: true,
      createdDateTime: "2026-03-01T09:00:00Z",
    });
    expect(idsOf(await graph.get("/groups?$filter=displayName eq 'readers' and securityEnabled eq true"))).toEqual([
      id,
    ]);
    expect((await graph.patch(`/groups/${id}`, { description: "others" })).status).toBe(204);
    expect((await graph.get(`/groups/${id}?$select=description`)).body["description"]).toBe("others");
    expect((await graph.delete(`/groups/${id}`)).status).toBe(204);
    expect((await graph.get(`/groups/${id}`)).status).toBe(404);
    expect((await graph.get(`/directory/deletedItems/${id}`)).status).toBe(404);
  });

  it("refuse what a group can't be, and 501 what is not kept here", async () => {
    const missing = await graph.post("/groups", { displayName: "x", mailNickname: "x", mailEnabled: false });
    expect(missing.body.error?.details?.[0]).toMatchObject({ code: "ValueRequired", target: "securityEnabled" });
    const unified = { displayName: "x", mailNickname: "x", mailEnabled: true, securityEnabled: false };
    expect((await graph.post("/groups", { ...unified, groupTypes: ["Unified"] })).status).toBe(501);
    expect((await new GraphClient(azure, "deployer").post("/groups", unified)).status).toBe(403);
  });

  it("have members of three kinds, each once, seen from both sides", async () => {
    const inner = await group("inner");
    const outer = await group("outer", {
      "members@odata.bind": [`https://graph.microsoft.com/v1.0/groups/${inner}`],
      "owners@odata.bind": [`https://graph.microsoft.com/v1.0/users/${ingrid}`],
    });
    const principal = identities.consumer.objectId;
    expect((await graph.post(`/groups/${inner}/members/$ref`, reference(principal))).status).toBe(204);
    expect((await graph.post(`/groups/${inner}/members/$ref`, reference(principal))).status).toBe(400);
    await graph.post(`/groups/${inner}/members/$ref`, reference(ingrid));
    const application = (await graph.createDaemon("no member")).id;
    expect((await graph.post(`/groups/${inner}/members/$ref`, reference(application))).body.error?.message).toBe(
      `The reference target 'Application_${application}' of type 'Application' is invalid for the 'members' reference.`,
    );

    expect(idsOf(await graph.get(`/groups/${inner}/members`))).toEqual([principal, ingrid]);
    expect(idsOf(await graph.get(`/groups/${outer}/transitiveMembers`))).toEqual([inner, principal, ingrid]);
    expect(idsOf(await graph.get(`/groups/${outer}/owners`))).toEqual([ingrid]);
    expect(idsOf(await graph.get(`/users/${ingrid}/memberOf`))).toEqual([inner]);
    expect(idsOf(await graph.get(`/servicePrincipals/${principal}/transitiveMemberOf`))).toEqual([inner, outer]);
    expect((await graph.get(`/groups/${inner}/members/$count`, { consistencylevel: "eventual" })).body).toBe("2");
    const asked = { groupIds: [outer, "00000000-0000-0000-0000-000000000001"] };
    expect((await graph.post(`/users/${ingrid}/checkMemberGroups`, asked)).body.value).toEqual([outer]);
    const all = await graph.post(`/directoryObjects/${principal}/getMemberGroups`, { securityEnabledOnly: false });
    expect(all.body.value).toEqual([inner, outer]);

    const expanded = await graph.get(`/users?$expand=memberOf($select=id,displayName)&$filter=id eq '${ingrid}'`);
    expect(expanded.body.value?.[0]?.["memberOf"]).toEqual([
      { "@odata.type": "#microsoft.graph.group", id: inner, displayName: "inner" },
    ]);
    const whole = await graph.get(`/groups/${inner}?$expand=members`);
    expect((whole.body["members"] as { id: string }[]).map(({ id }) => id)).toEqual([principal, ingrid]);

    expect((await graph.delete(`/groups/${inner}/members/${ingrid}/$ref`)).status).toBe(204);
    expect(idsOf(await graph.get(`/users/${ingrid}/memberOf`))).toEqual([]);
    expect((await graph.delete(`/groups/${inner}/members/${ingrid}/$ref`)).status).toBe(404);
  });

  it("reach their members with the roles that they are assigned, by way of another group too", async () => {
    const [inner, outer] = [await group("role inner"), await group("role outer")];
    const { objectId } = identities.stranger;
    const scope = resourceGroupId("rg-machine-learning");
    const name = "11111111-2222-4333-8444-555555555555";
    const assignment = `${scope}/providers/Microsoft.Authorization/roleAssignments`;
    const made = await arm.put("administrator", `${assignment}/${name}`, {
      properties: { principalId: outer, principalType: "Group", roleDefinitionId: readerRole },
    });
    expect(made.status).toBe(201);
    const status = async (): Promise<number> => (await arm.get("stranger", scope)).status;

    expect(await status()).toBe(403);
    await graph.post(`/groups/${outer}/members/$ref`, reference(inner));
    expect(await status()).toBe(403);
    await graph.post(`/groups/${inner}/members/$ref`, reference(objectId));
    expect(await status()).toBe(200);
    const groups = (await arm.get("stranger", `/subscriptions/${subscription.id}/resourceGroups`)).body;
    expect(groups).toMatchObject({ value: [{ name: "rg-machine-learning" }] });
    const list = (filter: string) => arm.get("administrator", assignment, `&$filter=atScope() and ${filter}`);
    expect((await list(`assignedTo('${objectId}')`)).body).toMatchObject({ value: [{ name }] });
    expect((await list(`principalId eq '${objectId}'`)).body).toEqual({ value: [] });

    await graph.delete(`/groups/${outer}/members/${inner}/$ref`);
    expect(await status()).toBe(403);
    await graph.post(`/groups/${outer}/members/$ref`, reference(inner));
    await graph.delete(`/groups/${inner}`);
    expect(await status()).toBe(403);
  });

  it("lose a member that is deleted", async () => {
    const id = await group("losing");
    const { id: application, principalId } = await graph.createDaemon("leaves its groups");
    await graph.post(`/groups/${id}/members/$ref`, reference(principalId));
    await graph.delete(`/applications/${application}`);
    expect(idsOf(await graph.get(`/groups/${id}/members`))).toEqual([]);
  });

  it("are made and changed by a name of their own", async () => {
    const body = { displayName: "named", mailNickname: "named", mailEnabled: false, securityEnabled: true };
    const path = "/groups(uniqueName='team-forecast')";
    expect((await graph.patch(path, body)).status).toBe(404);
    const prefer = { prefer: "create-if-missing" };
    const made = await graph.send("PATCH", path, body, prefer);
    expect([made.status, made.body["uniqueName"]]).toEqual([201, "team-forecast"]);
    expect((await graph.send("PATCH", path, { description: "again" }, prefer)).status).toBe(204);
    expect((await graph.get(path)).body).toMatchObject({ id: made.body.id, description: "again" });
  });
});
