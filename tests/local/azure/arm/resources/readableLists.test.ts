import { identities, subscription } from "../../../../../local/azure/landingZone/layout";
import { LocalAzureForTests } from "../../../../support/localAzure";
import { Arm, errorOf, group, type ArmReply } from "../armClient";

const scope = `/subscriptions/${subscription.id}`;
const roles = {
  reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  blobDataReader: "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
} as const;

const namesOf = ({ body }: ArmReply): string[] =>
  (body as { readonly value: readonly { readonly name: string }[] }).value.map(({ name }) => name);

describe("lists for somebody who may not read all of them", () => {
  let azure: LocalAzureForTests;
  let arm: Arm;
  const grant = (role: keyof typeof roles, at: string): void =>
    azure.azure.cloud.access.seed({
      principalId: identities.stranger.objectId,
      roleDefinitionId: roles[role],
      scope: at,
    });

  beforeEach(async () => {
    azure = await LocalAzureForTests.open();
    arm = new Arm(azure);
    for (const name of ["rg-mine", "rg-theirs"]) {
      await arm.put("administrator", group(name), { location: "westeurope" });
      const ids = `${group(name)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`;
      await arm.put("administrator", `${ids}/id-${name}`, { location: "westeurope" });
      await arm.put("administrator", `${ids}/id-second`, { location: "westeurope" });
    }
  });
  afterEach(() => azure.close());

  const identitiesIn = (at: string): Promise<ArmReply> =>
    arm.get("stranger", `${at}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`);

  it("are refused to whom no role reaches, and whole for a reader of the subscription", async () => {
    const refused = await identitiesIn(scope);
    expect([refused.status, errorOf(refused).code]).toEqual([403, "AuthorizationFailed"]);
    grant("reader", scope);
    expect(namesOf(await identitiesIn(scope))).toHaveLength(4);
  });

  it("hold what is in the group that the caller reads", async () => {
    grant("reader", group("rg-mine"));
    expect(namesOf(await identitiesIn(scope)).sort()).toEqual(["id-rg-mine", "id-second"]);
    expect(namesOf(await arm.get("stranger", `${scope}/resources`)).sort()).toEqual(["id-rg-mine", "id-second"]);
    expect(namesOf(await arm.get("stranger", `${scope}/resourceGroups`))).toEqual(["rg-mine"]);
    expect((await identitiesIn(group("rg-theirs"))).status).toBe(403);
  });

  it("hold the one resource that the caller reads, in its group too", async () => {
    const ids = `${group("rg-mine")}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`;
    grant("reader", `${ids}/id-second`);
    expect(namesOf(await identitiesIn(scope))).toEqual(["id-second"]);
    expect(namesOf(await identitiesIn(group("rg-mine")))).toEqual(["id-second"]);
    expect(namesOf(await arm.get("stranger", `${scope}/resourceGroups`))).toEqual([]);
  });

  it("leave out what the caller has only a role on data of", async () => {
    grant(
      "blobDataReader",
      `${group("rg-machine-learning")}/providers/Microsoft.Storage/storageAccounts/stmlwforecast`,
    );
    expect(namesOf(await arm.get("stranger", `${scope}/resources`))).toEqual([]);
    expect(namesOf(await arm.get("stranger", `${scope}/providers/Microsoft.Storage/storageAccounts`))).toEqual([]);
  });
});
