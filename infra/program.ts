import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import {
  DaemonAccess,
  type DaemonAccessArgs,
  type DaemonIdentityArgs,
  DataLake,
  DataLakeGen1,
  PlatformReference,
  type VaultIdentity,
  type WorkspaceRoleArgs,
} from "../components/index";
import { DEFAULT_FORMAT } from "../components/vault/credentialFormats";
import { allowTakenNames } from "./adopting";
import { type Configuration, readConfiguration, type StackSettings } from "./config";
import { cloudProblems } from "./cloud";
import { ConfigurationError } from "./configurationError";
import { checkExistingApplications } from "./existingApplications";
import { existingRoles } from "./existingRoles";
import { checkExistingVault } from "./existingVault";
import { declareJobRoles, type JobRoles } from "./machineLearningRoles";
import { daemonOutputs, retiredLakeOutputs, sharedOutputs, type StackOutputs } from "./outputs";
import { platformOutputs } from "./platformOutputs";
import { onPlatform } from "./platformStack";
import { vaultComponent } from "./platformVaults";
import { declareVaults, firstOf, vaultNames } from "./vaults";
import { NAMESPACE } from "./problems";
import type { DaemonConfiguration } from "./schema";
import { checkSubscriptions } from "./ownSubscription";
import { rotationNotice } from "./rotationNotice";
import { type AfterStanding, afterStanding } from "./standing";
import { nameAsSettings } from "./settingNames";
import { SettingsFile } from "./settingsFile";
import { isSecretSetting } from "./secretSettings";

/** Names that Azure's names are made from where the configuration has none. */
const LAKE = "stdaemons";
const RETIRED_LAKE = "dldaemons";

/**
 * The stack. An error of its configuration names the stack's file, and the lines in it.
 *
 * @returns the stack's outputs: flat, and without a secret
 * @throws ConfigurationError before anything is registered
 */
export async function program(): Promise<StackOutputs> {
  try {
    return await declaredStack();
  } catch (error) {
    throw error instanceof ConfigurationError ? new ConfigurationError(error.problems, settingsFile()) : error;
  }
}

/** The settings' file. Where nothing says the project's directory, it is this one or, with `main`, the one above. */
function settingsFile(): SettingsFile {
  const here = process.cwd();
  const project = [pulumi.runtime.getRootDirectory(), here, dirname(here)].find((each) =>
    existsSync(join(each, "Pulumi.yaml")),
  );
  return SettingsFile.at(join(project ?? here, `Pulumi.${pulumi.getStack()}.yaml`), ourSettings());
}

/**
 * One vault, one lake if a daemon uses it, and every daemon's access.
 *
 * @throws ConfigurationError before anything is registered
 */
async function declaredStack(): Promise<StackOutputs> {
  const configuration = await onPlatform(stackSettings(new Date()));
  const seenRoles = await checkAzure(configuration);
  await tellRotation(configuration);
  allowTakenNames();
  nameComponents(configuration);
  if (configuration.platformStack) new PlatformReference("platform", { stack: configuration.platformStack.stack });
  const vaults = declareVaults(configuration);
  const vault = firstOf(vaults);
  const lake = declareLake(configuration, afterStanding([...vaults.values()]));
  let declared: (retiredLake: DataLakeGen1 | undefined) => void = () => undefined;
  const retired = new Promise<DataLakeGen1 | undefined>((resolve) => {
    declared = resolve;
  });
  const afterwards = afterStanding([...vaults.values(), lake], retired);
  const jobRoles = declareJobRoles(configuration, seenRoles, afterwards);
  const daemons = configuration.daemons.map((daemon) => {
    const { formerName, ...settings } = daemon;
    const args = accessArgs(settings, configuration, vault, lake, jobRoles);
    return { daemon, access: new DaemonAccess(daemon.name, args, { ...afterwards, ...renamedFrom(formerName) }) };
  });
  const retiredLake = declareDataLakeGen1(configuration, daemons, afterStanding([...vaults.values(), lake]));
  declared(retiredLake);
  return Object.assign(
    sharedOutputs(vault, lake, configuration.daemons),
    platformOutputs(configuration, vaults, lake),
    retiredLakeOutputs(retiredLake),
    ...daemons.map(({ daemon, access }) => daemonOutputs(daemon, access)),
  ) as StackOutputs;
}

/**
 * What has to stand in Azure already, looked up side by side; every problem is told together.
 *
 * @returns IDs of the definitions of jobs' roles that another stack has made
 */
async function checkAzure(configuration: Configuration): Promise<ReadonlySet<string>> {
  const roles = existingRoles(configuration);
  const checks = await Promise.allSettled([
    checkSubscriptions(configuration),
    checkExistingVault(configuration),
    checkExistingApplications(configuration.daemons),
    roles,
  ]);
  const failures = checks.flatMap((check) => (check.status === "rejected" ? [check.reason as unknown] : []));
  const told = failures.filter((failure) => failure instanceof ConfigurationError);
  if (told.length < failures.length) throw failures.find((failure) => !(failure instanceof ConfigurationError));
  if (told.length > 0) throw new ConfigurationError(told.flatMap(({ problems }) => problems));
  return roles;
}

/** What a component refuses late is told by the setting that its reader wrote. */
function nameComponents({ platform, daemons }: Configuration): void {
  for (const name of vaultNames(platform)) {
    nameAsSettings("CredentialVault", vaultComponent(name), "vault", { vaultName: "name" });
  }
  nameAsSettings("DataLake", LAKE, "lake");
  nameAsSettings("DataLakeGen1", RETIRED_LAKE, "dataLakeGen1");
  daemons.forEach(({ name }, index) => {
    nameAsSettings("DaemonAccess", name, `daemons[${index}]`);
  });
}

/** One message a run, on a preview as on an update. */
async function tellRotation(configuration: Configuration): Promise<void> {
  const notice = rotationNotice(configuration);
  if (notice !== undefined) await pulumi.log.info(notice);
}

/** The one place where the clock is read. */
function stackSettings(now: Date): StackSettings {
  const elsewhere = cloudProblems(pulumi.runtime.allConfig(), process.env);
  if (elsewhere.length > 0) throw new ConfigurationError(elsewhere);
  const raw = ourSettings();
  const secrets = Object.keys(raw).filter((key) => isSecretSetting(`${NAMESPACE}:${key}`));
  return readConfiguration(raw, now, new Set(secrets));
}

/** The values of our namespace by setting. */
function ourSettings(): Readonly<Record<string, string>> {
  const prefix = `${NAMESPACE}:`;
  const ours = Object.entries(pulumi.runtime.allConfig()).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(ours.map(([key, value]) => [key.slice(prefix.length), value]));
}

function declareLake(configuration: Configuration, opts: AfterStanding): DataLake | undefined {
  const { location, resourceGroupName, tags, lake = {}, platform, daemons } = configuration;
  const used = daemons.flatMap((daemon) => (daemon.lake ? [daemon.lake.fileSystem] : []));
  const fileSystems = [...new Set([...(platform?.fileSystems ?? []), ...used])];
  if (fileSystems.length === 0) return undefined;
  const { existing, ...settings } = lake;
  if (existing) {
    const { accountId, createFileSystems = false } = existing;
    return new DataLake(LAKE, { accountId, fileSystems: createFileSystems ? fileSystems : [] }, opts);
  }
  return new DataLake(LAKE, { location, resourceGroupName, fileSystems, ...(tags && { tags }), ...settings }, opts);
}

/** The account of the retired service, taken as it is or made where the configuration insists, and what daemons may do in it. */
function declareDataLakeGen1(
  { location, resourceGroupName, tags, dataLakeGen1 }: Configuration,
  daemons: readonly { readonly daemon: DaemonConfiguration; readonly access: DaemonAccess }[],
  opts: AfterStanding,
): DataLakeGen1 | undefined {
  if (dataLakeGen1 === undefined) return undefined;
  const access = daemons.flatMap(({ daemon: { name, formerName, dataLakeGen1: use }, access: principal }) => {
    if (use?.path === undefined) return [];
    const { path, permissions, accountRole, allowPrivilegedRole } = use;
    return [
      {
        daemon: name,
        ...(formerName !== undefined && { formerDaemon: formerName }),
        principal,
        path,
        ...(permissions !== undefined && { permissions }),
        ...(accountRole !== undefined && { accountRole }),
        ...(allowPrivilegedRole !== undefined && { allowPrivilegedRole }),
      },
    ];
  });
  const { accountId } = dataLakeGen1;
  return new DataLakeGen1(
    RETIRED_LAKE,
    {
      ...dataLakeGen1,
      ...(accountId === undefined && { location, resourceGroupName, ...(tags && { tags }) }),
      access,
    },
    opts,
  );
}

/** A renamed daemon keeps what it has under its former name. */
const renamedFrom = (formerName: string | undefined): pulumi.ComponentResourceOptions =>
  formerName === undefined ? {} : { aliases: [{ name: formerName }] };

function accessArgs(
  daemon: Omit<DaemonConfiguration, "formerName">,
  { asOf, location, resourceGroupName, tags, workspaceId, dataLakeGen1, readers = [] }: Configuration,
  vault: VaultIdentity,
  account: DataLake | undefined,
  jobRoles: JobRoles,
): DaemonAccessArgs {
  const {
    lake,
    machineLearning,
    managedIdentity,
    dataLakeGen1: retiredLake,
    readers: ownReaders = [],
    ...rest
  } = daemon;
  const storeName = retiredLake?.storeName ?? storeNameOf(dataLakeGen1);
  return {
    ...rest,
    ...(managedIdentity && { managedIdentity: identityArgs(managedIdentity, { location, resourceGroupName, tags }) }),
    asOf,
    vault,
    readers: [...readers.filter(not(ownReaders)).flatMap((reader) => within(reader, rest.formats)), ...ownReaders],
    ...(lake && account && { lake: { account, ...lake } }),
    ...(storeName !== undefined && { dataLakeGen1: { storeName } }),
    ...(machineLearning && { machineLearning: workspaceArgs(machineLearning, workspaceId, jobRoles) }),
  };
}

function workspaceArgs(
  settings: NonNullable<DaemonConfiguration["machineLearning"]>,
  usual: string | undefined,
  jobRoles: JobRoles,
): WorkspaceRoleArgs {
  const { workspaceId = usual ?? "", ...rest } = settings;
  const jobRole = jobRoles(rest.job, workspaceId);
  return { ...rest, workspaceId, ...(jobRole && { jobRole }) };
}

type Reader = NonNullable<Configuration["readers"]>[number];

/** Whether a reader is none of these. */
const not =
  (others: readonly Reader[]) =>
  ({ objectId }: Reader): boolean =>
    !others.some((each) => each.objectId.toLowerCase() === objectId.toLowerCase());

/** A reader of every daemon, with those of its formats that this daemon has; nobody where it has none of them. */
function within({ formats, ...reader }: Reader, written: readonly string[] = [DEFAULT_FORMAT]): Reader[] {
  if (formats === undefined) return [reader];
  const some = formats.filter((format) => written.includes(format));
  return some.length === 0 ? [] : [{ ...reader, formats: some }];
}

/** The identity lies beside the vault and the lake. */
function identityArgs(
  { name, federated }: NonNullable<DaemonConfiguration["managedIdentity"]>,
  {
    location,
    resourceGroupName,
    tags,
  }: Pick<Configuration, "location" | "resourceGroupName"> & {
    readonly tags: Configuration["tags"] | undefined;
  },
): DaemonIdentityArgs {
  return {
    location,
    resourceGroupName,
    ...(tags && { tags }),
    ...(name !== undefined && { identityName: name }),
    ...(federated && { federated }),
  };
}

/** Name of the stack's own Gen1 account. */
const storeNameOf = (account: Configuration["dataLakeGen1"]): string | undefined =>
  account?.accountName ?? account?.accountId?.split("/").at(-1)?.toLowerCase();
