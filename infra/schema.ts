import type { z } from "zod";
import { ipRange } from "../components/checks/addresses";
import {
  clientId,
  containerRegistryId,
  lakeStoreId,
  logWorkspaceId,
  objectId,
  storageAccountId,
  subnetId,
  vaultId,
  workspaceId,
} from "../components/checks/identifiers";
import { moment, momentAfter, momentUntil } from "../components/checks/moments";
import {
  certificateName,
  daemonName,
  displayName,
  endpointName,
  fileSystemName,
  identityName,
  lifecycleRuleName,
  location,
  notes,
  pathPrefix,
  resourceGroupName,
  storageAccountName,
  vaultName,
} from "../components/checks/names";
import { wholeNumber } from "../components/checks/numbers";
import { type Check, write } from "../components/checks/refusal";
import { lakeRoles, machineLearningRoles, roleIn, type RoleTable } from "../components/access/roles";
import { blobDnsZoneId, dfsDnsZoneId, softDeleteDays, versioning } from "../components/data/dataLakeChecks";
import { lakeSku } from "../components/data/lakeSkus";
import { lifecycleDays } from "../components/data/lifecycle";
import { lakeStoreDirectory, lakeStorePermissions, lakeStoreRoles } from "../components/data/dataLakeGen1Access";
import { consentMode } from "../components/graph/consent";
import { graphPermission } from "../components/graph/permissions";
import { rotationDays } from "../components/identity/rotationSchedule";
import { customJob, workspaceJob } from "../components/ml/jobs";
import { linkedKind } from "../components/ml/linkedResources";
import { certificatePem } from "../components/identity/publicCertificate";
import { secretUri, stackName } from "../components/stack/outputChecks";
import { retentionDays, vaultDnsZoneId } from "../components/vault/credentialVault";
import { credentialFormat, readerType, storeName } from "../components/vault/exportChecks";
import { trusts } from "./federation";
import { roleMaking } from "./roleMaking";
import { platformVault } from "./platformVaults";
import { anyListOf, flag, group, judgedBy, listOf, number, tagsOf, text } from "./settings";

const LONGEST_TAG = 256;

const tagText: Check = (value) =>
  value.length >= 1 && value.length <= LONGEST_TAG
    ? undefined
    : { needed: `text of 1 to ${LONGEST_TAG} characters`, fix: write("forecasting") };

const ipRanges = anyListOf("public IPv4 addresses or ranges", text(ipRange)).exactOptional();

const readers = anyListOf(
  "readers",
  group("a reader", {
    objectId: text(objectId),
    principalType: text(readerType).exactOptional(),
    formats: listOf("credential formats", text(credentialFormat)).exactOptional(),
  }),
);

const rotation = group("a rotation", {
  startsAt: text(moment),
  everyDays: number(rotationDays).exactOptional(),
  overlapDays: number(wholeNumber(1, 365, "days")).exactOptional(),
  stageDays: number(wholeNumber(1, 364, "days")).exactOptional(),
});

const roleSettings = (table: RoleTable) => ({
  role: text(roleIn(table, true)).exactOptional(),
  allowPrivilegedRole: flag().exactOptional(),
});

/** A privileged role needs allowPrivilegedRole beside it. One that nobody knows has been told by itself. */
const privilegeIsAllowed =
  (table: RoleTable, setting = "role") =>
  (settings: { readonly role?: string; readonly allowPrivilegedRole?: boolean }, context: z.RefinementCtx): void => {
    const { role, allowPrivilegedRole = false } = settings;
    if (role === undefined || roleIn(table, true)(role) !== undefined) return;
    judgedBy(roleIn(table, allowPrivilegedRole), [setting])(role, context);
  };

const daemon = (asOf: string) =>
  group("a daemon", {
    name: text(daemonName),
    formerName: text(daemonName).exactOptional(),
    nameInVault: text(daemonName).exactOptional(),
    displayName: text(displayName).exactOptional(),
    notes: text(notes).exactOptional(),
    existing: group("an existing application", { clientId: text(clientId) }).exactOptional(),
    owners: listOf("object IDs", text(objectId)).exactOptional(),
    deployerIsOwner: flag().exactOptional(),
    secret: group("when the secret ends, endDate or rotation", {
      endDate: text(momentAfter(asOf)).exactOptional(),
      rotation: rotation.exactOptional(),
      rotateNow: text(momentUntil(asOf)).exactOptional(),
    }).exactOptional(),
    certificate: group("the daemon's certificates", {
      certificates: listOf(
        "certificates",
        group("a certificate", {
          name: text(certificateName),
          pem: text(certificatePem(asOf)),
          secretUri: text(secretUri),
        }),
        "Make the first with `npx daemon-access credentials certificate`, which writes it there.",
      ),
    }).exactOptional(),
    federated: trusts.exactOptional(),
    managedIdentity: group("the managed identity that the daemon is", {
      name: text(identityName).exactOptional(),
      federated: trusts.exactOptional(),
    }).exactOptional(),
    graph: group("access to Microsoft Graph", {
      permissions: listOf("application permissions", text(graphPermission)),
      consent: text(consentMode).exactOptional(),
    }).exactOptional(),
    lake: group("access to the lake", { fileSystem: text(fileSystemName), ...roleSettings(lakeRoles) })
      .superRefine(privilegeIsAllowed(lakeRoles))
      .exactOptional(),
    machineLearning: group("access to a workspace", {
      ...roleSettings(machineLearningRoles),
      workspaceId: text(workspaceId).exactOptional(),
      job: text(workspaceJob).exactOptional(),
      endpoint: text(endpointName).exactOptional(),
      linkedResources: group("what the workspace is linked to", {
        storageAccountId: text(storageAccountId).exactOptional(),
        containerRegistryId: text(containerRegistryId).exactOptional(),
        vaultId: text(vaultId).exactOptional(),
        lookUp: listOf("linked resources", text(linkedKind)).exactOptional(),
        job: text(workspaceJob).exactOptional(),
      }).exactOptional(),
    })
      .superRefine(privilegeIsAllowed(machineLearningRoles))
      .exactOptional(),
    dataLakeGen1: group("access to Data Lake Storage Gen1", {
      storeName: text(storeName).exactOptional(),
      path: text(lakeStoreDirectory).exactOptional(),
      permissions: text(lakeStorePermissions).exactOptional(),
      accountRole: text(roleIn(lakeStoreRoles, true)).exactOptional(),
      allowPrivilegedRole: flag().exactOptional(),
    })
      .superRefine(({ accountRole, ...rest }, context) => {
        privilegeIsAllowed(lakeStoreRoles, "accountRole")(
          { ...rest, ...(accountRole !== undefined && { role: accountRole }) },
          context,
        );
      })
      .exactOptional(),
    formats: listOf("credential formats", text(credentialFormat)).exactOptional(),
    readers: readers.exactOptional(),
  });

const subnets = anyListOf("resource IDs of subnets", text(subnetId)).exactOptional();

const diagnostics = group("where logs and metrics go", { workspaceId: text(logWorkspaceId) }).exactOptional();

const vault = group("the vault", {
  existing: group("an existing vault", { vaultId: text(vaultId) }).exactOptional(),
  name: text(vaultName).exactOptional(),
  recover: flag().exactOptional(),
  retentionDays: number(retentionDays).exactOptional(),
  allowedIpRanges: ipRanges,
  allowedSubnetIds: subnets,
  privateEndpoint: group("a private endpoint", {
    subnetId: text(subnetId),
    privateDnsZoneId: text(vaultDnsZoneId).exactOptional(),
  }).exactOptional(),
  diagnostics,
  lock: flag().exactOptional(),
  protect: flag().exactOptional(),
});

const lifecycleRule = group("a lifecycle rule", {
  name: text(lifecycleRuleName),
  fileSystem: text(fileSystemName).exactOptional(),
  prefix: text(pathPrefix).exactOptional(),
  coolAfterDays: number(lifecycleDays).exactOptional(),
  coldAfterDays: number(lifecycleDays).exactOptional(),
  archiveAfterDays: number(lifecycleDays).exactOptional(),
  deleteAfterDays: number(lifecycleDays).exactOptional(),
});

const lake = group("the lake", {
  existing: group("an existing account", {
    accountId: text(storageAccountId),
    createFileSystems: flag().exactOptional(),
  }).exactOptional(),
  accountName: text(storageAccountName).exactOptional(),
  sku: text(lakeSku).exactOptional(),
  allowedIpRanges: ipRanges,
  allowedSubnetIds: subnets,
  privateEndpoint: group("private endpoints", {
    subnetId: text(subnetId),
    dfsPrivateDnsZoneId: text(dfsDnsZoneId).exactOptional(),
    blobPrivateDnsZoneId: text(blobDnsZoneId).exactOptional(),
  }).exactOptional(),
  lifecycle: anyListOf("lifecycle rules", lifecycleRule).exactOptional(),
  softDeleteDays: number(softDeleteDays).exactOptional(),
  versioning: flag().superRefine(judgedBy(versioning)).exactOptional(),
  diagnostics,
  lock: flag().exactOptional(),
  protect: flag().exactOptional(),
  infrastructureEncryption: flag().exactOptional(),
});

/** What makes a stack one that others build on. */
const platform = group("what the stack offers to the stacks of teams", {
  vaults: listOf("names of vaults", text(platformVault)),
  fileSystems: listOf("file systems", text(fileSystemName)).exactOptional(),
  jobRoles: listOf(
    "workspaces, each with jobs",
    group("the jobs in a workspace", {
      workspaceId: text(workspaceId).exactOptional(),
      jobs: listOf("jobs", text(customJob)),
    }),
  ).exactOptional(),
});

/** What a team's stack builds on. */
const platformStack = group("the platform stack that this stack builds on", {
  stack: text(stackName),
  vault: text(platformVault).exactOptional(),
});

/** The whole configuration, with dates judged at a moment. */
export const configurationSchema = (asOf: string) =>
  group("the configuration", {
    location: text(location).exactOptional(),
    resourceGroupName: text(resourceGroupName).exactOptional(),
    platform: platform.exactOptional(),
    platformStack: platformStack.exactOptional(),
    tags: tagsOf(tagText).exactOptional(),
    asOf: text(moment).exactOptional(),
    workspaceId: text(workspaceId).exactOptional(),
    machineLearningRoles: text(roleMaking).exactOptional(),
    vault: vault.exactOptional(),
    lake: lake.exactOptional(),
    dataLakeGen1: group("the Data Lake Storage Gen1 account", {
      accountId: text(lakeStoreId).exactOptional(),
      allowRetiredService: flag().exactOptional(),
      accountName: text(storeName).exactOptional(),
      allowedIpRanges: ipRanges,
    }).exactOptional(),
    readers: readers.exactOptional(),
    daemons: anyListOf("daemons", daemon(asOf)).exactOptional(),
  });

export type ConfigurationSettings = z.infer<ReturnType<typeof configurationSchema>>;
export type DaemonConfiguration = z.infer<ReturnType<typeof daemon>>;

/** Settings that hold text; all others hold a structure, which Pulumi hands over as JSON. */
export const TEXT_SETTINGS: readonly string[] = [
  "location",
  "resourceGroupName",
  "asOf",
  "workspaceId",
  "machineLearningRoles",
];
export const STRUCTURED_SETTINGS: readonly string[] = [
  "platform",
  "platformStack",
  "tags",
  "vault",
  "lake",
  "dataLakeGen1",
  "readers",
  "daemons",
];
