import { parse } from "yaml";
import { program } from "../../examples/bootstrap/program";
import {
  deployerPermissions,
  deployerRolesOnGroup,
  deployerRolesOnWorkspace,
  roles,
} from "../../examples/bootstrap/rights";
import { checkedSettings, type Settings } from "../../examples/bootstrap/settings";
import { identities, resourceGroupId, resourceGroups, workspaceId } from "../../local/azure/landingZone/layout";
import { azureRoleAssignments, graphPermissions } from "../../local/azure/landingZone/rights";
import {
  azure,
  DEPLOYER_ID,
  GROUP_ID,
  GRAPH_OBJECT_ID,
  guidOf,
  SUBSCRIPTION_ID,
  TENANT_ID,
  WORKSPACE_ID,
} from "../support/azureMocks";
import { record, type Mocks, type Recording } from "../support/mocks";
import { contentOf } from "./pipelineFiles";

const types = {
  role: "azure-native:authorization:RoleAssignment",
  permission: "azuread:index/appRoleAssignment:AppRoleAssignment",
  trust: "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
} as const;
const permissionIds = Object.fromEntries(deployerPermissions.map((name) => [name, guidOf(name)]));
const stateGroup = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/rg-state`;
const keyId = `${stateGroup}/providers/Microsoft.KeyVault/vaults/kv-state/keys/state`;

const mocks: Mocks = {
  calls: {
    ...azure.calls,
    "azuread:index/getServicePrincipal:getServicePrincipal": () => ({
      objectId: GRAPH_OBJECT_ID,
      appRoleIds: permissionIds,
    }),
  },
  resources: {
    ...azure.resources,
    [types.trust]: (name) => ({ id: guidOf(name) }),
    "azure-native:resources:ResourceGroup": (_name, { resourceGroupName }) => ({
      id: stateGroup,
      state: { name: resourceGroupName },
    }),
    "azure-native:storage:BlobContainer": (_name, { containerName }) => ({
      id: "/state/container",
      state: { name: containerName },
    }),
    "azure-native:storage:BlobServiceProperties": () => ({ id: "/state/blobServices/default" }),
    "azure-native:keyvault:Key": (_name, { keyName }) => ({ id: keyId, state: { name: keyName } }),
  },
};

const settings: Settings = {
  stack: "prod",
  resourceGroupName: "rg-daemons",
  workspaceIds: [WORKSPACE_ID],
  owners: [guidOf("second owner")],
  github: { repository: "contoso/daemons" },
  state: {
    location: "westeurope",
    resourceGroupName: "rg-state",
    accountName: "ststate",
    vaultName: "kv-state",
    operatorType: "User",
  },
};
type Recorded = Recording<Promise<Record<string, unknown>>>;
const made = (change: Partial<Settings> = {}): Promise<Recorded> =>
  record(mocks, () => program({ ...settings, ...change }));

/** "who role scope" of every role assignment. */
const roleName = new Map<string, string>(Object.entries(roles).map(([name, id]) => [id, name]));
const granted = (recorded: Recorded): string[] =>
  recorded.resources
    .filter(({ type }) => type === types.role)
    .map(({ name, inputs }) => {
      const role = roleName.get(String(inputs["roleDefinitionId"]).split("/").at(-1) ?? "") ?? "?";
      return `${name.split("-")[0] ?? ""} ${role} ${String(inputs["scope"])}`;
    });

describe("the rights of the deployer", () => {
  const assigned = (scope: string): string[] =>
    azureRoleAssignments
      .filter((each) => each.principalId === identities.deployer.objectId && each.scope === scope)
      .map(({ roleDefinitionId }) => roleDefinitionId)
      .sort();
  const ids = (names: readonly (keyof typeof roles)[]): string[] => names.map((name) => roles[name]).sort();

  it("are exactly those that the stack is tested with", () => {
    expect([...deployerPermissions].sort()).toEqual([...graphPermissions.deployer].sort());
    expect(ids(deployerRolesOnGroup)).toEqual(assigned(resourceGroupId(resourceGroups.daemons)));
    expect(ids(deployerRolesOnWorkspace)).toEqual(assigned(workspaceId));
  });
});

describe("the bootstrap", () => {
  it("makes two identities that no secret opens", async () => {
    const recorded = await made();
    expect(recorded.names("azuread:index/application:Application")).toEqual(["deployer", "previewer"]);
    expect(recorded.resources.filter(({ type }) => /password|certificate/i.test(type))).toEqual([]);
    const [application] = recorded.resources.filter(
      ({ type, name }) => type.includes("Application") && name === "deployer",
    );
    expect(application?.inputs).toEqual({
      displayName: "azure-daemon-access prod deployer",
      owners: [DEPLOYER_ID, guidOf("second owner")],
      preventDuplicateNames: true,
      requiredResourceAccesses: [
        {
          resourceAppId: "00000003-0000-0000-c000-000000000000",
          resourceAccesses: deployerPermissions.map((name) => ({ id: guidOf(name), type: "Role" })),
        },
      ],
    });
  });

  it("lets only the repository's environments sign in, each as its identity", async () => {
    const recorded = await made();
    const trusts = recorded.resources.filter(({ type }) => type === types.trust);
    expect(trusts.map(({ name, inputs }) => [name, inputs["subject"]])).toEqual([
      ["deployer-github-prod", "repo:contoso/daemons:environment:prod"],
      ["deployer-github-prod-destroy", "repo:contoso/daemons:environment:prod-destroy"],
      ["previewer-github-prod-preview", "repo:contoso/daemons:environment:prod-preview"],
    ]);
    expect(recorded.resource("deployer-github-prod").inputs).toEqual({
      applicationId: `/applications/${guidOf("deployer")}`,
      displayName: "github-prod",
      issuer: "https://token.actions.githubusercontent.com",
      subject: "repo:contoso/daemons:environment:prod",
      audiences: ["api://AzureADTokenExchange"],
    });
  });

  it("trusts the service connections as Azure DevOps shows them", async () => {
    const issuer = `https://login.microsoftonline.com/${TENANT_ID}/v2.0`;
    const azureDevOps = { preview: { issuer, subject: "/eid1/preview" }, deploy: { issuer, subject: "/eid1/deploy" } };
    const recorded = await made({ github: undefined, azureDevOps });
    const trusts = recorded.resources.filter(({ type }) => type === types.trust);
    expect(trusts.map(({ name, inputs }) => [name, inputs["issuer"], inputs["subject"]])).toEqual([
      ["deployer-azure-devops-prod", issuer, "/eid1/deploy"],
      ["previewer-azure-devops-prod-preview", issuer, "/eid1/preview"],
    ]);
  });

  it("grants the deployer its permissions, and the previewer to read", async () => {
    const recorded = await made();
    expect(recorded.names(types.permission)).toEqual([
      ...deployerPermissions.map((name) => `deployer-${name}`),
      "previewer-Application.Read.All",
    ]);
    expect(recorded.resource("previewer-Application.Read.All").inputs).toEqual({
      appRoleId: guidOf("Application.Read.All"),
      principalObjectId: guidOf("previewer"),
      resourceObjectId: GRAPH_OBJECT_ID,
    });
  });

  it("gives each identity its roles, and no other", async () => {
    const recorded = await made();
    expect(granted(recorded).sort()).toEqual(
      [
        ...deployerRolesOnGroup.map((role) => `deployer ${role} ${GROUP_ID}`),
        ...deployerRolesOnWorkspace.map((role) => `deployer ${role} ${WORKSPACE_ID}`),
        `previewer reader ${GROUP_ID}`,
        `previewer reader ${WORKSPACE_ID}`,
        "deployer storageBlobDataContributor /state/container",
        "operator storageBlobDataContributor /state/container",
        "previewer storageBlobDataReader /state/container",
        `deployer keyVaultCryptoUser ${keyId}`,
        `operator keyVaultCryptoUser ${keyId}`,
        `previewer keyVaultCryptoUser ${keyId}`,
      ].sort(),
    );
    expect(recorded.resource("operator-key-keyVaultCryptoUser").inputs).toMatchObject({
      principalId: DEPLOYER_ID,
      principalType: "User",
    });
  });

  it("keeps the state where no key and no public address opens it, and its history", async () => {
    const recorded = await made();
    const inputs = (type: string): unknown => recorded.resources.find((each) => each.type === type)?.inputs;
    expect(inputs("azure-native:storage:StorageAccount")).toEqual({
      resourceGroupName: "rg-state",
      accountName: "ststate",
      location: "westeurope",
      kind: "StorageV2",
      sku: { name: "Standard_ZRS" },
      allowSharedKeyAccess: false,
      allowBlobPublicAccess: false,
      allowCrossTenantReplication: false,
      defaultToOAuthAuthentication: true,
      enableHttpsTrafficOnly: true,
      minimumTlsVersion: "TLS1_2",
    });
    expect(inputs("azure-native:storage:BlobServiceProperties")).toEqual({
      resourceGroupName: "rg-state",
      accountName: "ststate",
      blobServicesName: "default",
      isVersioningEnabled: true,
      deleteRetentionPolicy: { enabled: true, days: 90 },
      containerDeleteRetentionPolicy: { enabled: true, days: 90 },
    });
    expect(inputs("azure-native:keyvault:Vault")).toEqual({
      resourceGroupName: "rg-state",
      vaultName: "kv-state",
      location: "westeurope",
      properties: {
        tenantId: TENANT_ID,
        sku: { family: "A", name: "standard" },
        enableRbacAuthorization: true,
        enableSoftDelete: true,
        enablePurgeProtection: true,
        softDeleteRetentionInDays: 90,
        // The SDK's own defaults. The pipelines' addresses are not known, so the roles are what guards it.
        enabledForDeployment: false,
        enabledForDiskEncryption: false,
        enabledForTemplateDeployment: false,
        publicNetworkAccess: "enabled",
      },
    });
    expect(inputs("azure-native:keyvault:Key")).toEqual({
      resourceGroupName: "rg-state",
      vaultName: "kv-state",
      keyName: "state",
      properties: { kty: "RSA", keySize: 3072, keyOps: ["encrypt", "decrypt"] },
    });
  });

  it("tells the variables of the pipelines", async () => {
    const { outputs } = await made();
    expect(outputs).toEqual({
      stack: "prod",
      tenantId: TENANT_ID,
      subscriptionId: SUBSCRIPTION_ID,
      deployerClientId: guidOf("deployer's client"),
      previewerClientId: guidOf("previewer's client"),
      backendUrl: "azblob://state?storage_account=ststate",
      secretsProvider: "azurekeyvault://kv-state.vault.azure.net/keys/state",
    });
  });

  it("makes no account, vault or key where Pulumi Cloud keeps the state", async () => {
    const recorded = await made({ state: undefined });
    expect(recorded.resources.filter(({ type }) => /storage|keyvault|resources/.test(type))).toEqual([]);
    expect(Object.keys(recorded.outputs)).not.toContain("backendUrl");
  });
});

describe("the bootstrap's settings", () => {
  const prefix = "azure-daemon-access-bootstrap:";
  const example = (): Record<string, unknown> => {
    const { config } = parse(contentOf("examples/bootstrap/Pulumi.dev.yaml")) as { config: Record<string, unknown> };
    const ours = Object.entries(config).filter(([key]) => key.startsWith(prefix));
    return Object.fromEntries(ours.map(([key, value]) => [key.slice(prefix.length), value]));
  };

  it("are complete in the example", () => {
    expect(checkedSettings(example())).toMatchObject({ stack: "dev", github: { repository: "contoso/daemons" } });
  });

  it("take Pulumi's empty structures for not given", () => {
    expect(checkedSettings({ ...example(), azureDevOps: {}, state: {} })).not.toHaveProperty("state");
  });

  it("need someone who signs in", () => {
    expect(() => checkedSettings({ ...example(), github: {} })).toThrow(
      "Neither github nor azureDevOps is set, so nothing could sign in as the identities.",
    );
  });

  it("refuse a subject that stands for many", () => {
    const connection = { issuer: "https://vstoken.dev.azure.com/1", subject: "sc://contoso/*/deploy" };
    expect(() => checkedSettings({ ...example(), azureDevOps: { preview: connection, deploy: connection } })).toThrow(
      "azureDevOps.preview.subject: must be one exact subject, without *",
    );
  });

  it("name every wrong setting at once", () => {
    const wrong = { ...example(), stack: "dev prod", github: { repository: "daemons" } };
    expect(() => checkedSettings(wrong)).toThrow(/stack: may have letters[^]*github\.repository: must be owner\/name/);
  });
});
