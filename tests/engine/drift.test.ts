import { resourceGroupId, resourceGroups, subscription } from "../../local/azure/landingZone/layout";
import { censusOf, devCensus, roleAssignments, type Census } from "./support/census";
import { documentOf, type OperationDocument } from "./support/document";
import { HostedStack } from "./support/hostedStack";

jest.setTimeout(300_000);

let stack: HostedStack;
let before: Census;
let assignmentsBefore: string[];
let up: OperationDocument;

const assignmentIds = async (): Promise<string[]> =>
  (await roleAssignments(stack.administrator)).map(({ id }) => id).sort();
const vaultId = (): string => String(up.outputs?.["vaultId"]);

beforeAll(async () => {
  stack = await HostedStack.open();
  before = await censusOf(stack.administrator);
  assignmentsBefore = await assignmentIds();
  up = await stack.documentOf("up");
});

afterAll(() => stack.close());

it("up makes each thing once", async () => {
  expect(await censusOf(stack.administrator)).toEqual(devCensus(before, up.outputs?.["forecast-loader.generation"]));
});

it("refresh shows exactly what was changed straight in Azure", async () => {
  const ofMailer = (await roleAssignments(stack.administrator)).find(({ properties }) =>
    properties.scope.endsWith("/containers/reports"),
  );
  await stack.administrator.removeAssignment(ofMailer?.id ?? "");
  await stack.administrator.arm("PATCH", vaultId(), "2024-11-01", { tags: { owner: "nobody", environment: "dev" } });

  const finished = await stack.succeed("refresh", "--json");
  const { changes, resources } = documentOf(finished);
  expect(changes).toEqual({ unchanged: 20, drifted: 1, gone: 1 });
  expect(resources.filter(({ op }) => !["same", "refresh"].includes(op))).toEqual([
    expect.objectContaining({
      type: "azure-native.keyvault.Vault",
      op: "update",
      changes: [{ property: "tags.owner", old: "forecasting", new: "nobody" }],
    }),
    expect.objectContaining({
      type: "azure-native.authorization.RoleAssignment",
      name: "report-mailer-lake-role",
      op: "delete",
    }),
  ]);
  expect(finished.stderr).toContain(
    "  drift in azure-native.keyvault.Vault kv-daemons\n    tags.owner: forecasting → nobody\n",
  );
  expect(finished.stderr).toMatch(/ - gone azure-native\.authorization\.RoleAssignment report-mailer-lake-role /);
});

it("up fixes it, and the credentials work", async () => {
  const { changes, verify } = await stack.documentOf("deploy");
  expect(changes).toEqual({ unchanged: 20, updated: 1, created: 1 });
  expect(verify).toMatchObject({ ok: true, counts: { passed: 10, waiting: 1, failed: 0 } });
  const vault = await stack.administrator.arm("GET", vaultId(), "2024-11-01");
  expect(vault).toMatchObject({ tags: { owner: "forecasting", environment: "dev" } });
  expect(await censusOf(stack.administrator)).toEqual(devCensus(before, up.outputs?.["forecast-loader.generation"]));
});

it("destroy leaves nothing but what Azure itself keeps soft-deleted", async () => {
  const { changes } = await stack.documentOf("destroy");
  expect(changes).toEqual({ deleted: 22 });
  expect(await censusOf(stack.administrator)).toEqual(before);
  expect(await assignmentIds()).toEqual(assignmentsBefore);

  const applications = await stack.administrator.graph("GET", "/directory/deletedItems/microsoft.graph.application");
  const names = (applications as unknown as { value: { displayName: string }[] }).value.map((each) => each.displayName);
  expect(names.sort()).toEqual(["Forecast loader", "Report mailer"]);
  const deletedVaults = `/subscriptions/${subscription.id}/providers/Microsoft.KeyVault/deletedVaults`;
  expect(await stack.administrator.arm("GET", deletedVaults, "2024-11-01")).toMatchObject({
    value: [{ properties: { vaultId: vaultId() } }],
  });
  expect(vaultId()).toContain(resourceGroupId(resourceGroups.daemons));
});

it("up after it works again", async () => {
  const { changes, outputs, verify } = await stack.documentOf("deploy");
  expect(changes).toEqual({ created: 22 });
  expect(verify).toMatchObject({ ok: true, counts: { passed: 10, waiting: 1, failed: 0 } });
  expect(await censusOf(stack.administrator)).toEqual(devCensus(before, outputs?.["forecast-loader.generation"]));
});
