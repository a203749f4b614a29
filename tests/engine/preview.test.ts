import { identities, location, subscription, tenant, workspaceId } from "../../local/azure/landingZone/layout";
import type { RequestRecord } from "../../local/azure/network/requestLog";
import { censusOf, type Census } from "./support/census";
import { documentOf, type OperationDocument } from "./support/document";
import { HostedStack } from "./support/hostedStack";

jest.setTimeout(180_000);

let stack: HostedStack;
let before: Census;
let printed: string;
let document: OperationDocument;
let requests: readonly RequestRecord[];

const userReadAll = "df021288-bdef-4463-88db-98f22de89214";
const later = "(known after up)";
const tags = { owner: "forecasting", environment: "dev" };
const role = (guid: string): string =>
  `/subscriptions/${subscription.id}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;

beforeAll(async () => {
  stack = await HostedStack.open();
  before = await censusOf(stack.administrator);
  const previewed = await stack.requestsDuring(() => stack.succeed("preview", "--diff", "--json"));
  requests = previewed.requests;
  printed = previewed.result.stderr;
  document = documentOf(previewed.result);
});

afterAll(() => stack.close());

const inputsOf = (type: string, name: string): unknown =>
  document.resources.find((each) => each.type === type && each.name === name)?.inputs;

it("shows every resource that up would create", () => {
  expect(document).toMatchObject({ operation: "preview", ok: true, changes: { create: 22 } });
  const names = document.resources.map(
    ({ type, name }) => `${type} ${name.replace(/-generation-\d+$/, "-generation")}`,
  );
  expect(names.sort()).toEqual([
    "azure-daemon-access.CredentialVault kv-daemons",
    "azure-daemon-access.DaemonAccess forecast-loader",
    "azure-daemon-access.DaemonAccess report-mailer",
    "azure-daemon-access.DataLake stdaemons",
    `azure-native.authorization.RoleAssignment forecast-loader-credential-reader-${identities.consumer.objectId}`,
    "azure-native.authorization.RoleAssignment forecast-loader-lake-role",
    "azure-native.authorization.RoleAssignment forecast-loader-machine-learning-role",
    `azure-native.authorization.RoleAssignment report-mailer-credential-reader-${identities.consumer.objectId}`,
    "azure-native.authorization.RoleAssignment report-mailer-lake-role",
    "azure-native.keyvault.Secret forecast-loader-credential",
    "azure-native.keyvault.Secret report-mailer-credential",
    "azure-native.keyvault.Vault kv-daemons",
    "azure-native.storage.BlobContainer stdaemons-forecasts",
    "azure-native.storage.BlobContainer stdaemons-reports",
    "azure-native.storage.StorageAccount stdaemons",
    "azuread.AppRoleAssignment forecast-loader-graph-User.Read.All",
    "azuread.Application forecast-loader-application",
    "azuread.Application report-mailer-application",
    "azuread.ApplicationPassword forecast-loader-generation",
    "azuread.ApplicationPassword report-mailer-generation",
    "azuread.ServicePrincipal forecast-loader-service-principal",
    "azuread.ServicePrincipal report-mailer-service-principal",
  ]);
});

describe("with its real inputs, and only what Azure decides left open:", () => {
  it("the application", () => {
    expect(inputsOf("azuread.Application", "forecast-loader-application")).toEqual({
      displayName: "Forecast loader",
      owners: [identities.deployer.objectId],
      preventDuplicateNames: true,
      signInAudience: "AzureADMyOrg",
      requiredResourceAccesses: [
        {
          resourceAppId: "00000003-0000-0000-c000-000000000000",
          resourceAccesses: [{ id: userReadAll, type: "Role" }],
        },
      ],
    });
  });

  it("the secret's dates", () => {
    const password = document.resources.find(({ type }) => type === "azuread.ApplicationPassword");
    expect(password?.inputs).toEqual({
      applicationId: later,
      displayName: expect.stringMatching(/^(forecast-loader|report-mailer), generation \d+$/) as string,
      endDate: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T00:00:00Z$/) as string,
    });
  });

  it("the grant of the Graph permission", () => {
    expect(inputsOf("azuread.AppRoleAssignment", "forecast-loader-graph-User.Read.All")).toEqual({
      appRoleId: userReadAll,
      principalObjectId: later,
      resourceObjectId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
  });

  it("the role on the workspace", () => {
    expect(inputsOf("azure-native.authorization.RoleAssignment", "forecast-loader-machine-learning-role")).toEqual({
      azureApiVersion: "2022-04-01",
      principalId: later,
      principalType: "ServicePrincipal",
      roleAssignmentName: later,
      roleDefinitionId: role("f6c7c914-8db3-469d-8ca1-694a8f32e121"),
      scope: workspaceId,
    });
  });

  it("the vault, under its name to be", () => {
    expect(inputsOf("azure-native.keyvault.Vault", "kv-daemons")).toMatchObject({
      location,
      resourceGroupName: "rg-daemons",
      tags,
      vaultName: expect.stringMatching(/^kv-daemons[0-9a-f]{8}$/) as string,
      properties: {
        tenantId: tenant.id,
        enableRbacAuthorization: true,
        enablePurgeProtection: true,
        softDeleteRetentionInDays: 90,
        networkAcls: { defaultAction: "Deny", ipRules: [{ value: "203.0.113.0/24" }] },
      },
    });
  });

  it("the credential in it", () => {
    expect(inputsOf("azure-native.keyvault.Secret", "forecast-loader-credential")).toMatchObject({
      secretName: "forecast-loader-credential",
      properties: {
        contentType: "application/json",
        value: later,
        attributes: { enabled: true, expires: expect.any(Number) as number },
      },
      tags: { daemon: "forecast-loader", format: "credential", "managed-by": "azure-daemon-access" },
    });
  });

  it("the lake", () => {
    expect(inputsOf("azure-native.storage.StorageAccount", "stdaemons")).toMatchObject({
      accountName: expect.stringMatching(/^stdaemons[0-9a-f]{8}$/) as string,
      isHnsEnabled: true,
      allowSharedKeyAccess: false,
      minimumTlsVersion: "TLS1_2",
      sku: { name: "Standard_ZRS" },
      tags,
    });
  });
});

it("prints the inputs below each resource with --diff", () => {
  expect(printed).toContain(
    [
      "+ create azuread.AppRoleAssignment forecast-loader-graph-User.Read.All",
      `    appRoleId: ${userReadAll}`,
      "    principalObjectId: (known after up)",
    ].join("\n"),
  );
  for (const { type, name } of document.resources) {
    expect(printed).toContain(`\n+ create ${type} ${name}\n`);
  }
});

it("makes nothing: it signs in and reads", async () => {
  expect(requests.filter(({ method, service }) => method !== "GET" && service !== "entra")).toEqual([]);
  expect(await censusOf(stack.administrator)).toEqual(before);
});
