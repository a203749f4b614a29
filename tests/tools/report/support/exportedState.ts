import { createHash } from "node:crypto";
import { markedSecret } from "../../../support/engineMarks";

const PROJECT = "daemons";
const subscription = "/subscriptions/8e1b0a4c-7d39-4c52-b6f3-2f9d1e5a7c60";
const provider = `${subscription}/resourceGroups/rg-daemons/providers`;
export const vaultId = `${provider}/Microsoft.KeyVault/vaults/kv-daemons1`;
export const accountId = `${provider}/Microsoft.Storage/storageAccounts/stdaemons1`;
const role = (id: string): string => `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${id}`;
export const roles = {
  secretsUser: role("4633458b-17de-408a-b874-0445c86b69e6"),
  blobReader: role("2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"),
  blobContributor: role("ba92f5b4-2d11-453d-a403-e96b0029c9fe"),
  owner: role("8e3af657-a8ff-443c-a75c-2fe8c4bcb635"),
  userAccessAdministrator: role("18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"),
} as const;
export const reader = "1a7b8c2e-3f54-4609-9d8e-b2c1f0a6d573";
export const owner = "5c7d9e1f-2a3b-4c5d-8e6f-7a8b9c0d1e2f";
const userReadAll = "df021288-bdef-4463-88db-98f22de89214";

/** A secret as a state has it. */
const sealed = markedSecret({ ciphertext: "v1:sealed" });

/** The same text always gives the same ID. */
export const guid = (text: string): string =>
  createHash("sha256")
    .update(text)
    .digest("hex")
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");

export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly parent?: string;
  readonly inputs?: object;
  readonly outputs?: object;
  readonly created?: string;
  readonly propertyDependencies?: object;
}

const urnOf = (stack: string, type: string, name: string): string =>
  `urn:pulumi:${stack}::${PROJECT}::${type}::${name}`;
const component = "azure-daemon-access:index:DaemonAccess";

/** A role assignment. */
export const assignment = (
  stack: string,
  name: string,
  scope: string,
  roleDefinitionId: string,
  principalId: string,
  principalType = "ServicePrincipal",
): StateResource => ({
  urn: urnOf(stack, "azure-native:authorization:RoleAssignment", name),
  type: "azure-native:authorization:RoleAssignment",
  id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${guid(name)}`,
  inputs: { scope, roleDefinitionId, principalId, principalType },
  outputs: { createdBy: "0f6a9e3d-84c1-4d27-a5b0-9c3e7f182d64" },
  created: "2030-01-01T00:00:00.5Z",
});

/** What the components make of one daemon with a secret, Graph, the lake and a reader. */
export function daemonResources(stack: string, name: string, index = 0): StateResource[] {
  const clientId = guid(`${name} client`);
  const objectId = guid(`${name} object`);
  const principalId = guid(`${name} principal`);
  const parent = urnOf(stack, component, name);
  const fileSystem = `${accountId}/blobServices/default/containers/files-${index % 5}`;
  const password = urnOf(
    stack,
    `${component}$azuread:index/applicationPassword:ApplicationPassword`,
    `${name}-generation-1`,
  );
  const secretId = `${vaultId}/secrets/${name}-credential`;
  const child = (type: string, label: string, rest: Omit<StateResource, "urn" | "type">): StateResource => ({
    urn: urnOf(stack, `${component}$${type}`, `${name}-${label}`),
    type,
    parent,
    created: "2030-01-01T00:00:00.5Z",
    ...rest,
  });
  return [
    { urn: parent, type: component },
    child("azuread:index/application:Application", "application", {
      id: `/applications/${objectId}`,
      inputs: {
        displayName: `Daemon ${name}`,
        owners: [owner],
        requiredResourceAccesses: [
          {
            resourceAppId: "00000003-0000-0000-c000-000000000000",
            resourceAccesses: [{ id: userReadAll, type: "Role" }],
          },
        ],
      },
      outputs: { clientId, objectId },
    }),
    child("azuread:index/servicePrincipal:ServicePrincipal", "service-principal", {
      id: `/servicePrincipals/${principalId}`,
      inputs: { clientId, owners: [owner] },
      outputs: { objectId: principalId, clientId },
    }),
    ...(index % 3 === 0
      ? []
      : [
          child("azuread:index/appRoleAssignment:AppRoleAssignment", "graph-User.Read.All", {
            id: "granted",
            inputs: { appRoleId: userReadAll, principalObjectId: principalId, resourceObjectId: guid("graph") },
          }),
        ]),
    child("azuread:index/applicationPassword:ApplicationPassword", "generation-1", {
      id: `${objectId}/password/${guid(`${name} key`)}`,
      inputs: { applicationId: `/applications/${objectId}`, endDate: "2030-07-15T00:00:00Z" },
      outputs: { startDate: "2030-04-01T00:00:00Z", value: sealed },
    }),
    child("azure-native:keyvault:Secret", "credential", {
      id: secretId,
      inputs: {
        vaultName: "kv-daemons1",
        secretName: `${name}-credential`,
        tags: { daemon: name, clientId, generation: "1" },
        properties: {
          value: sealed,
          attributes: {
            notBefore: Date.parse("2030-04-01T00:00:00Z") / 1000,
            expires: Date.parse("2030-07-15T00:00:00Z") / 1000,
          },
        },
      },
      propertyDependencies: { properties: [password] },
    }),
    assignment(stack, `${name}-lake-role`, fileSystem, roles.blobContributor, principalId),
    assignment(stack, `${name}-reader`, secretId, roles.secretsUser, reader),
  ];
}

/** The vault and the lake that daemons share. */
export function sharedResources(stack: string): StateResource[] {
  const at = (type: string, name: string, rest: Omit<StateResource, "urn" | "type">): StateResource => ({
    urn: urnOf(stack, type, name),
    type,
    ...rest,
  });
  const network = { defaultAction: "Deny", bypass: "None" };
  return [
    at("azure-native:keyvault:Vault", "kv-daemons", {
      id: vaultId,
      inputs: { properties: { networkAcls: { ...network, ipRules: [{ value: "203.0.113.0/24" }] } } },
    }),
    at("azure-native:storage:StorageAccount", "stdaemons", { id: accountId, inputs: { networkRuleSet: network } }),
    ...[0, 1, 2, 3, 4].map((index) =>
      at("azure-native:storage:BlobContainer", `stdaemons-files-${index}`, {
        id: `${accountId}/blobServices/default/containers/files-${index}`,
        inputs: { containerName: `files-${index}` },
      }),
    ),
  ];
}

/** What `pulumi stack export` prints. */
export function exportedState(stack: string, resources: readonly StateResource[], outputs: object = {}): string {
  const root = {
    urn: urnOf(stack, "pulumi:pulumi:Stack", `${PROJECT}-${stack}`),
    type: "pulumi:pulumi:Stack",
    outputs,
  };
  return JSON.stringify({ version: 3, deployment: { resources: [root, ...resources] } });
}

export const outputsOf = (names: readonly string[]): object => ({
  daemons: names,
  ...(Object.fromEntries(
    names.flatMap((name) => [
      [`${name}.nextRotation`, "2030-07-01T00:00:00Z"],
      [`${name}.expiresOn`, "2030-07-15T00:00:00Z"],
      [`${name}.generation`, 1],
      [`${name}.adminConsentUrl`, `https://login.microsoftonline.com/adminconsent?client_id=${name}`],
    ]),
  ) as object),
});

/** A stack of so many daemons. */
export function stateOf(count: number, stack = "dev", prefix = "loader"): string {
  const names = Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
  const daemons = names.flatMap((name, index) => daemonResources(stack, name, index));
  return exportedState(stack, [...sharedResources(stack), ...daemons], outputsOf(names));
}
