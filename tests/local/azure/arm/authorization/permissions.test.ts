import { randomUUID } from "node:crypto";
import { identities, subscription, workspaceId } from "../../../../../local/azure/landingZone/layout";
import { LocalAzureForTests } from "../../../../support/localAzure";
import { Arm, errorOf, group, type ArmReply } from "../armClient";

interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
}
interface Page {
  readonly value: readonly Permission[];
  readonly nextLink?: string;
}

const scope = `/subscriptions/${subscription.id}`;
const daemons = group("rg-daemons");
const permissionsAt = (at: string): string => `${at}/providers/Microsoft.Authorization/permissions`;
const pageOf = ({ body }: ArmReply): Page => body as Page;

describe("the permissions of the caller", () => {
  let azure: LocalAzureForTests;
  let arm: Arm;

  beforeAll(async () => {
    azure = await LocalAzureForTests.open();
    arm = new Arm(azure);
  });
  afterAll(() => azure.close());

  /** Gives the stranger a role of its own at a scope. */
  const give = async (at: string, actions: readonly string[], dataActions: readonly string[] = []): Promise<void> => {
    const id = randomUUID();
    const definition = `${scope}/providers/Microsoft.Authorization/roleDefinitions/${id}`;
    const permissions = [{ actions, dataActions }];
    const role = { roleName: id, permissions, assignableScopes: [scope] };
    expect((await arm.put("administrator", definition, { properties: role })).status).toBe(201);
    const assignment = `${at}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
    const properties = { roleDefinitionId: definition, principalId: identities.stranger.objectId };
    expect((await arm.put("administrator", assignment, { properties })).status).toBe(201);
  };

  it("are those of each role that reaches the scope", async () => {
    const { status, body } = await arm.get("deployer", permissionsAt(workspaceId));
    const reader = { actions: ["*/read"], notActions: [], dataActions: [], notDataActions: [] };
    expect(status).toBe(200);
    expect(body).toEqual({
      value: [
        reader,
        { ...reader, actions: expect.arrayContaining(["Microsoft.Authorization/roleAssignments/write"]) as unknown },
      ],
    });
  });

  it("tell what a role takes away again, and its data actions", async () => {
    const { value } = pageOf(await arm.get("deployer", permissionsAt(daemons)));
    expect(value.flatMap(({ notActions }) => notActions)).toContain(
      "Microsoft.KeyVault/locations/deletedVaults/purge/action",
    );
    expect(value.flatMap(({ dataActions }) => dataActions)).toEqual(["Microsoft.KeyVault/vaults/secrets/*"]);
  });

  it("are told to who may read them there, and to nobody else", async () => {
    const refused = await arm.get("stranger", permissionsAt(daemons));
    expect([refused.status, errorOf(refused).code]).toEqual([403, "AuthorizationFailed"]);
    expect(errorOf(refused).message).toContain(
      `to perform action 'Microsoft.Authorization/permissions/read' over scope '${daemons}'`,
    );
    await give(daemons, ["Microsoft.KeyVault/vaults/write"]);
    expect((await arm.get("stranger", permissionsAt(daemons))).status).toBe(403);
    await give(daemons, ["Microsoft.Authorization/permissions/read"], ["Microsoft.KeyVault/vaults/secrets/delete"]);
    const own = pageOf(await arm.get("stranger", permissionsAt(`${daemons}/providers/Microsoft.KeyVault/vaults/any`)));
    expect(own.value.map(({ actions }) => actions)).toEqual([
      ["Microsoft.KeyVault/vaults/write"],
      ["Microsoft.Authorization/permissions/read"],
    ]);
    expect((await arm.get("stranger", permissionsAt(scope))).status).toBe(403);
  });

  it("come in pages of fifty", async () => {
    for (let index = 0; index < 51; index += 1) {
      await give(daemons, [`Microsoft.Storage/example${index}/read`]);
    }
    const first = pageOf(await arm.get("stranger", permissionsAt(daemons)));
    const second = pageOf(await arm.raw("stranger", "GET", first.nextLink ?? ""));
    expect([first.value.length, second.value.length]).toEqual([50, 3]);
    expect(second.nextLink).toBeUndefined();
    expect(second.value.at(-1)?.actions).toEqual(["Microsoft.Storage/example50/read"]);
  });
});
