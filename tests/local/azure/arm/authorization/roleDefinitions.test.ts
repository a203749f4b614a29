import { randomUUID } from "node:crypto";
import { builtInRoles } from "../../../../../local/azure/arm/authorization/builtInRoles";
import { identities, subscription } from "../../../../../local/azure/landingZone/layout";
import { LocalAzureForTests } from "../../../../support/localAzure";
import { Arm, errorOf, group, type ArmReply } from "../armClient";

const scope = `/subscriptions/${subscription.id}`;
const definitions = `${scope}/providers/Microsoft.Authorization/roleDefinitions`;
const daemons = group("rg-daemons");

const customRole = (roleName: string, changes: object = {}): object => ({
  properties: {
    roleName,
    description: "Reads vaults",
    type: "CustomRole",
    permissions: [{ actions: ["Microsoft.KeyVault/vaults/read"], notActions: [] }],
    assignableScopes: [daemons],
    ...changes,
  },
});

const namesOf = ({ body }: ArmReply): string[] =>
  (body as { value: { properties: { roleName: string } }[] }).value.map(({ properties }) => properties.roleName);

describe("role definitions", () => {
  let azure: LocalAzureForTests;
  let arm: Arm;

  beforeAll(async () => {
    azure = await LocalAzureForTests.open();
    arm = new Arm(azure);
  });
  afterAll(() => azure.close());

  it("have one GUID and one name each", () => {
    expect(new Set(builtInRoles.map(({ id }) => id)).size).toBe(builtInRoles.length);
    expect(new Set(builtInRoles.map(({ name }) => name)).size).toBe(builtInRoles.length);
  });

  it("are found by name, with Azure's own actions", async () => {
    const query = `&$filter=${encodeURIComponent("roleName eq 'Key Vault Secrets User'")}`;
    const reply = await arm.get("administrator", definitions, query);
    const id = "4633458b-17de-408a-b874-0445c86b69e6";
    expect(reply.body).toEqual({
      value: [
        {
          properties: {
            roleName: "Key Vault Secrets User",
            type: "BuiltInRole",
            description: expect.stringMatching(/^Read secret contents/) as unknown,
            assignableScopes: ["/"],
            permissions: [
              {
                actions: [],
                notActions: [],
                dataActions: [
                  "Microsoft.KeyVault/vaults/secrets/getSecret/action",
                  "Microsoft.KeyVault/vaults/secrets/readMetadata/action",
                ],
                notDataActions: [],
              },
            ],
            createdOn: expect.any(String) as unknown,
            updatedOn: expect.any(String) as unknown,
            createdBy: null,
            updatedBy: null,
          },
          id: `${definitions}/${id}`,
          type: "Microsoft.Authorization/roleDefinitions",
          name: id,
        },
      ],
    });
  });

  it("are read by ID at any scope, by anyone at the root", async () => {
    const id = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
    const atGroup = await arm.get("deployer", `${daemons}/providers/Microsoft.Authorization/roleDefinitions/${id}`);
    expect(atGroup.body).toMatchObject({ id: `${definitions}/${id}`, properties: { roleName: "Reader" } });
    const atRoot = await arm.get("stranger", `/providers/Microsoft.Authorization/roleDefinitions/${id}`);
    expect(atRoot.body).toMatchObject({ id: `/providers/Microsoft.Authorization/roleDefinitions/${id}` });
    const unknown = await arm.get("administrator", `${definitions}/${randomUUID()}`);
    expect([unknown.status, errorOf(unknown).code]).toEqual([404, "RoleDefinitionDoesNotExist"]);
  });

  it("may be a customer's own, which grants what it says until it is gone", async () => {
    const id = randomUUID();
    const made = await arm.put("administrator", `${definitions}/${id}`, customRole("Vault lister"));
    expect([made.status, made.body]).toMatchObject([
      201,
      {
        id: `${definitions}/${id}`,
        name: id,
        properties: {
          roleName: "Vault lister",
          type: "CustomRole",
          assignableScopes: [daemons],
          permissions: [
            { actions: ["Microsoft.KeyVault/vaults/read"], notActions: [], dataActions: [], notDataActions: [] },
          ],
        },
      },
    ]);
    const custom = await arm.get("administrator", definitions, "&$filter=type eq 'CustomRole' and atScopeAndBelow()");
    expect(namesOf(custom)).toEqual(["Vault lister"]);
    expect(namesOf(await arm.get("administrator", definitions, "&$filter=type eq 'CustomRole'"))).toEqual([]);

    const assignment = `${daemons}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
    const properties = { roleDefinitionId: `${definitions}/${id}`, principalId: identities.stranger.objectId };
    expect((await arm.put("administrator", assignment, { properties })).status).toBe(201);
    expect((await arm.get("stranger", `${daemons}/providers/Microsoft.KeyVault/vaults`)).status).toBe(200);
    const inUse = await arm.send("administrator", "DELETE", `${definitions}/${id}`);
    expect([inUse.status, errorOf(inUse)]).toEqual([
      400,
      {
        code: "RoleDefinitionHasAssignments",
        message: "There are existing role assignments referencing role (code: RoleDefinitionHasAssignments)",
      },
    ]);
    await arm.send("administrator", "DELETE", assignment);
    expect((await arm.send("administrator", "DELETE", `${definitions}/${id}`)).status).toBe(200);
    expect((await arm.send("administrator", "DELETE", `${definitions}/${id}`)).status).toBe(204);
  });

  it("are assignable only where a customer's role says", async () => {
    const id = randomUUID();
    await arm.put("administrator", `${definitions}/${id}`, customRole("Local lister"));
    const elsewhere = `${group("rg-machine-learning")}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
    const properties = { roleDefinitionId: `${definitions}/${id}`, principalId: identities.stranger.objectId };
    const reply = await arm.put("administrator", elsewhere, { properties });
    expect([reply.status, errorOf(reply).code]).toEqual([400, "RoleAssignmentScopeNotAssignableToRoleDefinition"]);
  });

  it("refuse a scope that is not there, a name that is taken, and a change to a built-in one", async () => {
    const put = (id: string, body: object) => arm.put("administrator", `${definitions}/${id}`, body);
    const replies = [
      await put(randomUUID(), customRole("Anywhere", { assignableScopes: ["/"] })),
      await put(randomUUID(), customRole("Nowhere", { assignableScopes: [group("rg-nowhere")] })),
      await put(randomUUID(), customRole("reader")),
      await put("acdd72a7-3385-48ef-bd42-f606fba81ae7", customRole("Reader of mine")),
      await put("mine", customRole("Mine")),
    ];
    expect(replies.map((reply) => [reply.status, errorOf(reply).code])).toEqual([
      [400, "InvalidAssignableScope"],
      [400, "InvalidAssignableScope"],
      [409, "RoleDefinitionWithSameNameExists"],
      [400, "BuiltInRoleDefinitionNotEditable"],
      [400, "InvalidRoleDefinitionId"],
    ]);
  });
});
