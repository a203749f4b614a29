import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { AccessControl } from "../../../../../local/azure/arm/authorization/accessControl";
import { createAccessControl, RoleAssignments } from "../../../../../local/azure/arm/authorization/roleAssignments";
import { Store } from "../../../../../local/azure/store/store";
import { TestClock } from "../../../../support/localAzure";

const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
const secretsUser = "4633458b-17de-408a-b874-0445c86b69e6";
const dataScientist = "f6c7c914-8db3-469d-8ca1-694a8f32e121";
const getSecret = "Microsoft.KeyVault/vaults/secrets/getSecret/action";

const segment = fc.stringMatching(/^[A-Za-z0-9-]{1,8}$/);
const scope = fc.array(segment, { minLength: 1, maxLength: 8 }).map((segments) => `/${segments.join("/")}`);

describe("what role assignments allow", () => {
  let directory: string;
  let store: Store;
  let access: AccessControl;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "access-"));
    store = await Store.open(directory);
    access = createAccessControl(store, new TestClock(new Date("2026-03-01T09:00:00Z")));
  });
  afterAll(async () => {
    await store.close();
    await rm(directory, { recursive: true });
  });

  it("reaches everything below its scope, in any letter case", () => {
    fc.assert(
      fc.property(fc.uuid(), scope, scope, (principalId, above, below) => {
        access.seed({ principalId, roleDefinitionId: reader, scope: above });
        expect(access.allows(principalId, "Microsoft.KeyVault/vaults/read", above.toUpperCase())).toBe(true);
        expect(access.allows(principalId.toUpperCase(), "Microsoft.KeyVault/vaults/read", `${above}${below}`)).toBe(
          true,
        );
      }),
    );
  });

  it("reaches nothing above its scope or beside it", () => {
    fc.assert(
      fc.property(fc.uuid(), scope, segment, segment, (principalId, above, name, other) => {
        fc.pre(!other.toLowerCase().startsWith(name.toLowerCase()));
        access.seed({ principalId, roleDefinitionId: reader, scope: `${above}/${name}` });
        expect(access.allows(principalId, "Microsoft.KeyVault/vaults/read", above)).toBe(false);
        expect(access.allows(principalId, "Microsoft.KeyVault/vaults/read", `${above}/${other}`)).toBe(false);
        expect(access.allows(principalId, "Microsoft.KeyVault/vaults/read", `${above}/${name}x`)).toBe(false);
      }),
    );
  });

  it("reaches nobody else", () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), scope, (principalId, other, at) => {
        fc.pre(principalId !== other);
        access.seed({ principalId, roleDefinitionId: reader, scope: at });
        expect(access.allows(other, "Microsoft.KeyVault/vaults/read", at)).toBe(false);
      }),
    );
  });

  it("reaches the tenant from its root", () => {
    access.seed({ principalId: "root-reader", roleDefinitionId: reader, scope: "/" });
    expect(access.allows("root-reader", "Microsoft.KeyVault/vaults/read", "/subscriptions/one")).toBe(true);
  });

  it("gives one secret to a reader of one secret", () => {
    const vault = "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv";
    access.seed({
      principalId: "one-secret",
      roleDefinitionId: secretsUser,
      scope: `${vault}/secrets/loader-credential`,
    });
    expect(access.allowsData("one-secret", getSecret, `${vault}/secrets/loader-credential`)).toBe(true);
    expect(access.allowsData("one-secret", getSecret, `${vault}/secrets/mailer-credential`)).toBe(false);
    expect(access.allowsData("one-secret", getSecret, vault)).toBe(false);
  });

  it("lets one role give what another takes back", () => {
    const workspace = "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w";
    const action = "Microsoft.MachineLearningServices/workspaces/write";
    access.seed({ principalId: "scientist", roleDefinitionId: dataScientist, scope: workspace });
    expect(access.allows("scientist", action, workspace)).toBe(false);
    access.seed({
      principalId: "scientist",
      roleDefinitionId: "b24988ac-6180-42a0-ab88-20f7382dd24c",
      scope: workspace,
    });
    expect(access.allows("scientist", action, workspace)).toBe(true);
  });

  it("forgets an assignment that is deleted, and only that one", () => {
    const assignments = new RoleAssignments(store);
    access.seed({ principalId: "former", roleDefinitionId: reader, scope: "/former" });
    access.seed({ principalId: "former", roleDefinitionId: secretsUser, scope: "/former" });
    const found = assignments.at("former", "/former").find(({ roleId }) => roleId === reader);
    expect(found).toBeDefined();
    if (found !== undefined) {
      assignments.delete(found);
    }
    expect(access.allows("former", "Microsoft.KeyVault/vaults/read", "/former")).toBe(false);
    expect(access.allowsData("former", getSecret, "/former")).toBe(true);
  });

  it("assigns once what is seeded twice", () => {
    access.seed({ principalId: "twice", roleDefinitionId: reader, scope: "/twice" });
    access.seed({ principalId: "twice", roleDefinitionId: reader, scope: "/TWICE/" });
    expect(new RoleAssignments(store).at("twice", "/twice")).toHaveLength(1);
  });

  it("refuses to seed a role that does not exist", () => {
    expect(() => {
      access.seed({ principalId: "p", roleDefinitionId: "no-role", scope: "/" });
    }).toThrow("there is no role definition no-role to assign at /");
  });
});
