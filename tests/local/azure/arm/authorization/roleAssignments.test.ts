import { randomUUID } from "node:crypto";
import { identities, subscription, tenant } from "../../../../../local/azure/landingZone/layout";
import { people } from "../../../../../local/azure/landingZone/people";
import { LocalAzureForTests } from "../../../../support/localAzure";
import { Arm, errorOf, group } from "../armClient";

const daemons = group("rg-daemons");
const machineLearning = group("rg-machine-learning");
const vault = `${machineLearning}/providers/Microsoft.KeyVault/vaults/kv-mlw-forecast`;
const role = (id: string): string =>
  `/subscriptions/${subscription.id}/providers/Microsoft.Authorization/roleDefinitions/${id}`;
const reader = role("acdd72a7-3385-48ef-bd42-f606fba81ae7");
const secretsUser = role("4633458b-17de-408a-b874-0445c86b69e6");
const digits = (guid: string): string => guid.replaceAll("-", "");
const path = (scope: string, name: string): string =>
  `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;

describe("role assignments", () => {
  let azure: LocalAzureForTests;
  let arm: Arm;
  const assign = (scope: string, name: string, properties: object) =>
    arm.put("administrator", path(scope, name), { properties });

  beforeAll(async () => {
    azure = await LocalAzureForTests.open();
    arm = new Arm(azure);
  });
  afterAll(() => azure.close());

  it("are made, read, listed and deleted in Azure's shape", async () => {
    const name = randomUUID();
    const principalId = identities.stranger.objectId;
    const created = await assign(daemons, name, {
      roleDefinitionId: reader,
      principalId,
      principalType: "ServicePrincipal",
    });
    const time = "2026-03-01T09:00:00.0000000Z";
    const body = {
      properties: {
        roleDefinitionId: reader,
        principalId,
        principalType: "ServicePrincipal",
        scope: daemons,
        condition: null,
        conditionVersion: null,
        createdOn: time,
        updatedOn: time,
        createdBy: null,
        updatedBy: identities.administrator.objectId,
        delegatedManagedIdentityResourceId: null,
        description: null,
      },
      id: path(daemons, name),
      type: "Microsoft.Authorization/roleAssignments",
      name,
    };
    expect([created.status, created.body]).toEqual([201, body]);
    const later = { ...body, properties: { ...body.properties, createdBy: identities.administrator.objectId } };
    const read = await arm.get("administrator", path(daemons.toUpperCase(), name));
    expect([read.status, read.body]).toEqual([200, later]);
    const deleted = await arm.send("administrator", "DELETE", path(daemons, name));
    expect([deleted.status, deleted.body]).toEqual([200, later]);
    expect((await arm.send("administrator", "DELETE", path(daemons, name))).status).toBe(204);
    const gone = await arm.get("administrator", path(daemons, name));
    expect([gone.status, errorOf(gone)]).toEqual([
      404,
      { code: "RoleAssignmentNotFound", message: `The role assignment '${name}' is not found.` },
    ]);
  });

  it("take effect at once, and end when they are deleted", async () => {
    const name = randomUUID();
    expect((await arm.get("stranger", vault)).status).toBe(403);
    await assign(machineLearning, name, { roleDefinitionId: reader, principalId: identities.stranger.objectId });
    expect((await arm.get("stranger", vault)).status).toBe(200);
    await arm.send("administrator", "DELETE", path(machineLearning, name));
    expect((await arm.get("stranger", vault)).status).toBe(403);
  });

  it("sit on the subscription, on groups, on resources and on what is below them", async () => {
    const scopes = [`/subscriptions/${subscription.id}`, machineLearning, vault, `${vault}/secrets/loader-credential`];
    for (const scope of scopes) {
      const reply = await assign(scope, randomUUID(), {
        roleDefinitionId: secretsUser,
        principalId: identities.stranger.objectId,
      });
      expect([reply.status, (reply.body as { properties: { scope: string } }).properties.scope]).toEqual([201, scope]);
    }
  });

  it("need a resource to sit on", async () => {
    const absent = `${machineLearning}/providers/Microsoft.KeyVault/vaults/kv-none`;
    const reply = await assign(absent, randomUUID(), {
      roleDefinitionId: reader,
      principalId: identities.stranger.objectId,
    });
    expect([reply.status, errorOf(reply).code]).toEqual([404, "ResourceNotFound"]);
  });

  it("may be put again as they are", async () => {
    const name = randomUUID();
    const properties = { roleDefinitionId: reader, principalId: identities.consumer.objectId };
    expect((await assign(machineLearning, name, properties)).status).toBe(201);
    const again = await assign(machineLearning, name, { ...properties, description: "reads" });
    expect([again.status, again.body]).toMatchObject([200, { properties: { description: "reads" } }]);
  });

  it("cannot change their principal, role or scope", async () => {
    const name = randomUUID();
    const properties = { roleDefinitionId: reader, principalId: people[0]?.objectId };
    expect((await assign(daemons, name, properties)).status).toBe(201);
    const changes = [
      await assign(daemons, name, { ...properties, principalId: people[1]?.objectId }),
      await assign(daemons, name, { ...properties, roleDefinitionId: secretsUser }),
      await assign(machineLearning, name, properties),
    ];
    for (const reply of changes) {
      expect([reply.status, errorOf(reply)]).toEqual([
        400,
        {
          code: "RoleAssignmentUpdateNotPermitted",
          message: "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
        },
      ]);
    }
  });

  it("exist once for a principal, a role and a scope", async () => {
    const name = randomUUID();
    const properties = { roleDefinitionId: secretsUser, principalId: people[1]?.objectId, principalType: "User" };
    await assign(daemons, name, properties);
    const twin = await assign(daemons, randomUUID(), properties);
    expect([twin.status, errorOf(twin)]).toEqual([
      409,
      {
        code: "RoleAssignmentExists",
        message: `The role assignment already exists. The ID of the existing role assignment is ${digits(name)}.`,
      },
    ]);
  });

  it("need a principal that is there, or to be told its type", async () => {
    const principalId = randomUUID();
    const unknown = await assign(daemons, randomUUID(), { roleDefinitionId: reader, principalId });
    expect([unknown.status, errorOf(unknown)]).toEqual([
      400,
      {
        code: "PrincipalNotFound",
        message: `Principal ${digits(principalId)} does not exist in the directory ${tenant.id}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype`,
      },
    ]);
    const typed = await assign(daemons, randomUUID(), {
      roleDefinitionId: reader,
      principalId,
      principalType: "ServicePrincipal",
    });
    expect(typed.status).toBe(201);
  });

  it("refuse a type that the principal is not of", async () => {
    const principalId = identities.consumer.objectId;
    const reply = await assign(daemons, randomUUID(), { roleDefinitionId: reader, principalId, principalType: "User" });
    expect([reply.status, errorOf(reply)]).toEqual([
      400,
      {
        code: "UnmatchedPrincipalType",
        message: `The PrincipalId '${digits(principalId)}' has type 'ServicePrincipal' , which is different from specified PrinciaplType 'User'.`,
      },
    ]);
  });

  it("need a role definition that is there", async () => {
    const roleId = randomUUID();
    const principalId = identities.consumer.objectId;
    const reply = await assign(daemons, randomUUID(), { roleDefinitionId: role(roleId), principalId });
    expect([reply.status, errorOf(reply)]).toEqual([
      404,
      {
        code: "RoleDefinitionDoesNotExist",
        message: `The specified role definition with ID '${digits(roleId)}' does not exist.`,
      },
    ]);
  });

  it("need GUIDs", async () => {
    const properties = { roleDefinitionId: reader, principalId: identities.consumer.objectId };
    const replies = [
      await assign(daemons, "reader", properties),
      await assign(daemons, randomUUID(), { ...properties, principalId: "consumer" }),
      await assign(daemons, randomUUID(), { ...properties, roleDefinitionId: "Reader" }),
    ];
    expect(replies.map((reply) => [reply.status, errorOf(reply).code])).toEqual([
      [400, "InvalidRoleAssignmentId"],
      [400, "InvalidPrincipalId"],
      [400, "InvalidRoleDefinitionId"],
    ]);
  });

  it("are not accepted with a condition, which local Azure would not evaluate", async () => {
    const reply = await assign(daemons, randomUUID(), {
      roleDefinitionId: reader,
      principalId: identities.consumer.objectId,
      condition: "@Resource[x] StringEquals 'y'",
    });
    expect(reply.status).toBe(501);
  });

  it("are made only by those who may, where they may", async () => {
    const properties = { roleDefinitionId: reader, principalId: people[2]?.objectId };
    expect((await arm.put("deployer", path(daemons, randomUUID()), { properties })).status).toBe(201);
    const name = randomUUID();
    const refused = await arm.put("deployer", path(machineLearning, name), { properties });
    const { clientId, objectId } = identities.deployer;
    expect([refused.status, errorOf(refused)]).toEqual([
      403,
      {
        code: "AuthorizationFailed",
        message: `The client '${clientId}' with object id '${objectId}' does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/write' over scope '${path(machineLearning, name)}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
      },
    ]);
  });

  it("are listed at a scope, above it and below it, by principal or only at it", async () => {
    const principalId = people[3]?.objectId ?? "";
    const names = [randomUUID(), randomUUID(), randomUUID()] as const;
    const scopes = [`/subscriptions/${subscription.id}`, machineLearning, vault] as const;
    for (const [index, scope] of scopes.entries()) {
      await assign(scope, names[index] ?? "", { roleDefinitionId: reader, principalId, principalType: "User" });
    }
    const list = async (scope: string, filter: string): Promise<string[]> => {
      const query = `&$filter=${encodeURIComponent(filter)}`;
      const reply = await arm.get("administrator", `${scope}/providers/Microsoft.Authorization/roleAssignments`, query);
      return (reply.body as { value: { name: string }[] }).value.map(({ name }) => name);
    };
    expect((await list(machineLearning, `principalId eq '${principalId}'`)).sort()).toEqual([...names].sort());
    expect((await list(machineLearning, `atScope() and assignedTo('${principalId}')`)).sort()).toEqual(
      [names[0], names[1]].sort(),
    );
    expect(await list(daemons, `assignedTo('${principalId}')`)).toEqual([names[0]]);
    expect(await list(machineLearning, "atScope()")).toEqual(expect.not.arrayContaining([names[2]]));
    const unreadable = await arm.get(
      "administrator",
      `${daemons}/providers/Microsoft.Authorization/roleAssignments`,
      "&$filter=colour eq 'red'",
    );
    expect([unreadable.status, errorOf(unreadable).code]).toEqual([400, "UnsupportedQuery"]);
  });

  it("are 4,000 in a subscription at most", async () => {
    const full = await LocalAzureForTests.open();
    for (let count = 0; count < 4000; count++) {
      full.azure.cloud.access.seed({ principalId: randomUUID(), roleDefinitionId: reader, scope: daemons });
    }
    const reply = await new Arm(full).put("administrator", path(daemons, randomUUID()), {
      properties: { roleDefinitionId: reader, principalId: identities.stranger.objectId },
    });
    expect([reply.status, errorOf(reply).code]).toEqual([400, "RoleAssignmentLimitExceeded"]);
    await full.close();
  });

  it("stay behind when their principal goes, and go when their resource goes", async () => {
    const identity = `${daemons}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-short`;
    const made = await arm.put("administrator", identity, { location: "westeurope" });
    const { principalId } = (made.body as { properties: { principalId: string } }).properties;
    const [onGroup, onIdentity] = [randomUUID(), randomUUID()];
    await assign(daemons, onGroup, { roleDefinitionId: reader, principalId });
    await assign(identity, onIdentity, { roleDefinitionId: reader, principalId: identities.stranger.objectId });
    await arm.send("administrator", "DELETE", identity);
    expect((await arm.get("administrator", path(daemons, onGroup))).status).toBe(200);
    expect((await arm.get("administrator", path(identity, onIdentity))).status).toBe(404);
  });
});
