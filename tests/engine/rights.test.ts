import { identities, resourceGroupId, resourceGroups, workspaceId } from "../../local/azure/landingZone/layout";
import type { Finished } from "../local/cli/commandLine";
import { HostedStack } from "./support/hostedStack";
import { withdrawPermission, withdrawRole, type Restore } from "./support/rights";

jest.setTimeout(300_000);

let stack: HostedStack;

const group = resourceGroupId(resourceGroups.daemons);
const accessAdministrator = "f58310d9-a9f6-439a-9e8d-f62e7b41a168";
const keyVaultContributor = "f25e0fa2-a7c8-4377-a976-54943a77a395";
const storageAccountContributor = "17d1049b-9a84-46fb-8f53-869881c3d3ab";

interface Case {
  readonly right: string;
  readonly withdraw: () => Promise<Restore>;
  /** What needs the right, and no other that a test takes away. */
  readonly config: readonly string[];
  /** The resource, and the service's own words about it. */
  readonly told: RegExp;
  /** What the remedy names. */
  readonly remedy: string;
}

const role = (id: string, scope: string) => (): Promise<Restore> => withdrawRole(stack.administrator, id, scope);
const permission = (name: string) => (): Promise<Restore> => withdrawPermission(stack.administrator, name);

/** How Azure Resource Manager tells whom it refuses what, and where. */
const refusal = (action: string, scope: RegExp): string =>
  'Status=403 Code="AuthorizationFailed" Message="The client ' +
  `'${identities.deployer.clientId}' with object id '${identities.deployer.objectId}' does not have authorization ` +
  `to perform action '${action}' over scope '[^']*${scope.source}' or the scope is invalid\\.`;

const graphRefusal =
  "unexpected status 403 \\(403 Forbidden\\) with error: " +
  "Authorization_RequestDenied: Insufficient privileges to complete the operation\\.";

const cases: readonly Case[] = [
  {
    right: "Application.ReadWrite.OwnedBy",
    withdraw: permission("Application.ReadWrite.OwnedBy"),
    config: ["daemons[2].name=third", "daemons[2].secret.rotation.startsAt=2026-01-01T00:00:00Z"],
    told: RegExp(`azuread\\.Application third-application: Could not create application: ${graphRefusal}`),
    remedy: "application permission Application.ReadWrite.OwnedBy",
  },
  {
    right: "AppRoleAssignment.ReadWrite.All",
    withdraw: permission("AppRoleAssignment.ReadWrite.All"),
    config: ["daemons[1].graph.consent=grant"],
    told: RegExp(
      `azuread\\.AppRoleAssignment report-mailer-graph-User\\.Read\\.All: Could not create app role assignment: ${graphRefusal}`,
    ),
    remedy: "application permission AppRoleAssignment.ReadWrite.All",
  },
  {
    right: "Role Based Access Control Administrator on the resource group",
    withdraw: role(accessAdministrator, group),
    config: [`daemons[0].readers[0].objectId=${identities.stranger.objectId}`],
    told: RegExp(
      `azure-native\\.authorization\\.RoleAssignment forecast-loader-credential-reader-\\S+: ` +
        refusal(
          "Microsoft.Authorization/roleAssignments/write",
          /\/secrets\/forecast-loader-credential\/providers\/.*/,
        ),
    ),
    remedy: "the role Role Based Access Control Administrator there",
  },
  {
    right: "Role Based Access Control Administrator on the workspace",
    withdraw: role(accessAdministrator, workspaceId),
    config: ["daemons[1].machineLearning.role=AzureML Data Scientist"],
    told: RegExp(
      `azure-native\\.authorization\\.RoleAssignment report-mailer-machine-learning-role: ` +
        refusal("Microsoft.Authorization/roleAssignments/write", /\/workspaces\/mlw-forecast\/providers\/.*/),
    ),
    remedy: "the role Role Based Access Control Administrator there",
  },
  {
    right: "Key Vault Contributor",
    withdraw: role(keyVaultContributor, group),
    config: ["vault.allowedIpRanges[1]=198.51.100.0/24"],
    told: RegExp(
      `azure-native\\.keyvault\\.Vault kv-daemons: ` +
        refusal("Microsoft.KeyVault/vaults/write", /\/vaults\/kv-daemons[0-9a-f]{8}/),
    ),
    remedy: "the role Key Vault Contributor there",
  },
  {
    right: "Storage Account Contributor",
    withdraw: role(storageAccountContributor, group),
    config: ["lake.allowedIpRanges[1]=198.51.100.0/24"],
    told: RegExp(
      `azure-native\\.storage\\.StorageAccount stdaemons: ` +
        refusal("Microsoft.Storage/storageAccounts/write", /\/storageAccounts\/stdaemons[0-9a-f]{8}/),
    ),
    remedy: "the role Storage Account Contributor there",
  },
];

const up = (...config: readonly string[]): Promise<Finished> =>
  stack.cli.run("up", ...config.flatMap((entry) => ["--config", entry]));

beforeAll(async () => {
  stack = await HostedStack.open();
  await stack.succeed("up");
});

afterAll(() => stack.close());

it.each(cases)("without $right up fails with the service's own words", async ({ withdraw, config, told, remedy }) => {
  const restore = await withdraw();
  const { code, stdout, stderr } = await up(...config);
  await restore();
  const errors = stdout.split("\n").filter((line) => line.startsWith("error:"));
  expect(errors).toEqual([expect.stringMatching(told)]);
  expect(stdout.split("\n").filter((line) => line.startsWith("  remedy "))).toEqual([expect.stringContaining(remedy)]);
  expect(`${stdout}${stderr}`).not.toMatch(/^\s+at /m);
  expect(code).toBe(1);
});

it("once every right is back, the next up makes all that was refused", async () => {
  const config = cases.flatMap((each) => each.config).flatMap((entry) => ["--config", entry]);
  const { changes, resources } = await stack.documentOf("up", ...config);
  expect(changes).not.toHaveProperty("failed");
  const created = resources.filter(({ op }) => op === "create").map(({ name }) => name);
  expect(created).toEqual(
    expect.arrayContaining([
      "third-application",
      "report-mailer-graph-User.Read.All",
      `forecast-loader-credential-reader-${identities.stranger.objectId}`,
      "report-mailer-machine-learning-role",
    ]),
  );
  const updated = resources.filter(({ op }) => op === "update").map(({ name }) => name);
  expect(updated).toEqual(expect.arrayContaining(["kv-daemons", "stdaemons"]));
});
