import * as pulumi from "@pulumi/pulumi";
import { Problems } from "./checks/argumentError";
import { daemonName } from "./checks/names";
import {
  checkFileSystemRole,
  declareFileSystemRole,
  DEFAULT_LAKE_ROLE,
  type FileSystemRoleArgs,
} from "./data/fileSystemRole";
import { declareIdentityTrusts, trustedTokens } from "./federation/federatedCredential";
import type { FederatedTrustArgs } from "./federation/trustArgs";
import { checkTrusts } from "./federation/trustChecks";
import { adminConsentUrl, DEFAULT_CONSENT } from "./graph/consent";
import {
  checkGraphPermissions,
  checkNoRequest,
  declareGraphGrant,
  type GraphPermissionsArgs,
} from "./graph/graphGrant";
import { checkCertificates, type DaemonCertificateArgs } from "./identity/clientCertificate";
import { checkSecretDates, type ClientSecretArgs } from "./identity/clientSecret";
import { checkApplication, type DaemonApplicationArgs, declareApplication } from "./identity/daemonApplication";
import { type DaemonCredentials, declareCredentials, type DeclaredCredentials } from "./identity/daemonCredentials";
import {
  BESIDE_MANAGED_IDENTITY,
  checkManagedIdentity,
  type DaemonManagedIdentityArgs,
  declareManagedIdentity,
} from "./identity/daemonManagedIdentity";
import type { ExistingApplicationArgs } from "./identity/existingApplication";
import type { RotationArgs } from "./identity/rotationSchedule";
import {
  checkWorkspaceRole,
  declareWorkspaceRole,
  describeWorkspaceAccess,
  type WorkspaceRoleArgs,
} from "./ml/machineLearningAccess";
import type { Principal } from "./principal";
import type { CredentialExportArgs, ExportChoicesArgs } from "./vault/credentialArgs";
import { declareExport } from "./vault/declareExport";
import { checkExportChoices, checkPrivateKeys } from "./vault/exportChecks";
import type { VaultIdentity } from "./vault/vaultIdentity";

/** When a daemon's client secret ends, or turns. Give exactly one. */
export interface DaemonSecretArgs {
  /** The one day it ends, RFC 3339 with a zone. */
  readonly endDate?: string;
  /** When its generations turn. */
  readonly rotation?: RotationArgs;
  /**
   * For a secret that has leaked: the present moment, RFC 3339 with a zone, for example `2027-03-05T10:15:00Z`; see
   * ClientSecret. Needs asOf.
   * @default none
   */
  readonly rotateNow?: string;
}

/** The managed identity that a daemon on Azure is. */
export interface DaemonIdentityArgs extends DaemonManagedIdentityArgs {
  /**
   * Workloads elsewhere, such as a Kubernetes service account, that sign in as the identity by their own tokens; see
   * FederatedCredential.
   * @default none
   */
  readonly federated?: FederatedTrustArgs[];
}

/**
 * Inputs of {@link DaemonAccess}. The daemon needs a credential: give one or more of secret, certificate and
 * federated, or managedIdentity alone. Of a secret and a certificate, programs are given the secret until it leaves.
 */
export interface DaemonAccessArgs extends ExportChoicesArgs {
  /**
   * What people read in the directory.
   * @default the component's name
   */
  readonly displayName?: string;
  /**
   * An application that somebody else made, which is taken in and left as it is; see DaemonApplication. With it, there is
   * neither displayName, owners nor deployerIsOwner, and with `consent: "request"` it has to ask for the permissions.
   * @default none: a new application is made
   */
  readonly existing?: ExistingApplicationArgs;
  /**
   * Object IDs of the owners of the application and its service principal, beside the deployer.
   * @default none
   */
  readonly owners?: pulumi.Input<string>[];
  /**
   * Keeps the deployer among the owners; see DaemonApplication.
   * @default true
   */
  readonly deployerIsOwner?: boolean;
  /** The daemon's client secret. */
  readonly secret?: DaemonSecretArgs;
  /** The daemon's certificates. Beside a secret, programs are given the secret until it leaves the arguments. */
  readonly certificate?: DaemonCertificateArgs;
  /** Workloads whose own tokens stand in for a secret, 1 to 20; see FederatedCredential. */
  readonly federated?: FederatedTrustArgs[];
  /**
   * Makes the daemon a user-assigned managed identity instead of an application. There is then neither displayName, existing,
   * owners nor deployerIsOwner, and nobody can be requested to consent.
   */
  readonly managedIdentity?: DaemonIdentityArgs;
  /** The moment that dates are read at, RFC 3339 with a zone. Needed with a rotation, with rotateNow, and with certificates. */
  readonly asOf?: string;
  /** Microsoft Graph, where the daemon uses it. */
  readonly graph?: GraphPermissionsArgs;
  /** One file system of a lake, where the daemon uses one. */
  readonly lake?: FileSystemRoleArgs;
  /** An Azure Machine Learning workspace, where the daemon uses one. */
  readonly machineLearning?: WorkspaceRoleArgs;
  /** The vault that the credential goes to: a CredentialVault, or the IDs of one. */
  readonly vault: VaultIdentity;
}

/**
 * Everything one daemon needs: its identity, its client secret, exactly the access that is asked for, and its
 * credential in Key Vault. The component's name is the daemon's name.
 *
 * @example
 * ```ts
 * const loader = new DaemonAccess("forecast-loader", {
 *   secret: { rotation: { startsAt: "2027-01-01T00:00:00Z" } },
 *   asOf: "2027-02-01T00:00:00Z",
 *   graph: { permissions: ["User.Read.All"] },
 *   lake: { account: lake, fileSystem: "forecasts" },
 *   machineLearning: { workspaceId },
 *   vault,
 *   readers: [{ objectId: "2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84" }],
 * });
 * ```
 */
export class DaemonAccess extends pulumi.ComponentResource {
  /** Application (client) ID. */
  public readonly clientId: pulumi.Output<string>;
  /** Object ID of the service principal. */
  public readonly objectId: pulumi.Output<string>;
  /** Directory (tenant) ID. */
  public readonly tenantId: pulumi.Output<string>;
  /** Format to the URI of the secret that carries it, without a version. */
  public readonly secretUris: pulumi.Output<Record<string, string>>;
  /** When the newest secret ends: RFC 3339, UTC. Absent where the credential doesn't end. */
  public readonly expiresOn?: pulumi.Output<string>;
  /** URI, without a version, of the secret that holds the certificate's private key. Absent without a certificate. */
  public readonly certificateUri?: pulumi.Output<string>;
  /** Number of the newest secret's generation. Absent without a secret. */
  public readonly generation?: pulumi.Output<number>;
  /** When the next generation starts: RFC 3339, UTC. Absent without rotation. */
  public readonly nextRotation?: pulumi.Output<string>;
  /** What comes next of its credentials and when, in words. Absent where none of them ends. */
  public readonly rotation?: pulumi.Output<string>;
  /** Where an administrator grants the daemon's Graph permissions. Empty for a managed identity. */
  public readonly adminConsentUrl: pulumi.Output<string>;

  /** @throws ArgumentError that lists every problem of the arguments. */
  constructor(name: string, args: DaemonAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-daemon-access:index:DaemonAccess", name, {}, opts);
    const problems = new Problems("DaemonAccess", name);
    check(problems, name, args);
    problems.throwIfAny();

    const children = { parent: this };
    const { principal, credentials } = args.managedIdentity
      ? declareIdentity(name, args.managedIdentity, problems, children)
      : declareCredentialed(name, args, problems, children);
    if (args.graph) declareGraphGrant(name, args.graph, principal.objectId, children);
    if (args.lake) declareFileSystemRole(name, args.lake, principal.objectId, children);
    if (args.machineLearning) {
      declareWorkspaceRole(name, "machineLearning.", args.machineLearning, principal.objectId, problems, children);
    }
    const credential = declareExport(name, exportArgs(name, args, principal, credentials), children);

    this.clientId = principal.clientId;
    this.objectId = principal.objectId;
    this.tenantId = principal.tenantId;
    this.secretUris = credential.secretUris;
    const { expiresOn, generation, nextRotation, rotation } = credentials;
    if (expiresOn) this.expiresOn = expiresOn;
    if (generation) this.generation = generation;
    if (credentials.certificate) this.certificateUri = credentials.certificate.secretUri;
    if (nextRotation) this.nextRotation = nextRotation;
    if (rotation) this.rotation = rotation;
    this.adminConsentUrl = args.managedIdentity
      ? pulumi.output("")
      : adminConsentUrl(principal.tenantId, principal.clientId);
    this.registerOutputs({ clientId: this.clientId, ...(expiresOn && { expiresOn }) });
  }
}

function check(problems: Problems, name: string, args: DaemonAccessArgs): void {
  problems.check("name", name, daemonName);
  if (args.managedIdentity) checkIdentity(problems, args, args.managedIdentity);
  else checkApplication(problems, identityArgs(name, args));
  if (args.federated) checkTrusts(problems, "federated", args.federated);
  const secret = secretDates(args);
  if (secret) checkSecretDates(problems, "secret.", secret);
  if (args.certificate) {
    const { certificates } = args.certificate;
    checkCertificates(problems, "certificate.", certificates, args.asOf);
    checkPrivateKeys(problems, (index) => `certificate.certificates[${index}].secretUri`, certificates, args.vault);
  }
  if (args.graph) checkGraphPermissions(problems, "graph.", args.graph);
  if (args.lake) checkFileSystemRole(problems, "lake.", args.lake);
  if (args.machineLearning) checkWorkspaceRole(problems, "machineLearning.", args.machineLearning);
  checkExportChoices(problems, args);
}

function checkIdentity(problems: Problems, args: DaemonAccessArgs, managedIdentity: DaemonIdentityArgs): void {
  const { displayName, existing, owners, deployerIsOwner } = args;
  for (const [input, given] of Object.entries({ displayName, existing, owners, deployerIsOwner })) {
    if (given !== undefined) problems.refuse(input, given, BESIDE_MANAGED_IDENTITY);
  }
  checkManagedIdentity(problems, "managedIdentity.", managedIdentity);
  if (managedIdentity.federated) checkTrusts(problems, "managedIdentity.federated", managedIdentity.federated);
  if (args.graph) checkNoRequest(problems, "graph.", args.graph);
}

type Children = pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource };

/** Who the daemon is, and what it proves that with. */
interface DeclaredDaemon {
  readonly principal: DeclaredPrincipal;
  readonly credentials: DeclaredCredentials;
}

interface DeclaredPrincipal extends Principal {
  readonly clientId: pulumi.Output<string>;
  readonly objectId: pulumi.Output<string>;
  readonly tenantId: pulumi.Output<string>;
}

function declareIdentity(
  name: string,
  { federated, ...args }: DaemonIdentityArgs,
  problems: Problems,
  children: Children,
): DeclaredDaemon {
  const identity = declareManagedIdentity(name, args, children);
  const { resourceGroupName } = args;
  if (federated) {
    const tokens = trustedTokens(problems, "managedIdentity.federated", federated, children.parent);
    declareIdentityTrusts(name, { ...identity, resourceGroupName }, federated, tokens, children);
  }
  return { principal: identity, credentials: {} };
}

function declareCredentialed(
  name: string,
  args: DaemonAccessArgs,
  problems: Problems,
  children: Children,
): DeclaredDaemon {
  const { federated: trusts } = args;
  const tokens = trusts && trustedTokens(problems, "federated", trusts, children.parent);
  const principal = declareApplication(name, applicationArgs(name, args), problems, children, "graph.permissions");
  const federated = trusts && tokens && { trusts, tokens };
  return {
    principal,
    credentials: declareCredentials(name, principal, { ...datedCredentials(args), federated }, children),
  };
}

/** An existing application is only expected to ask for permissions where an administrator grants what it asks for. */
function applicationArgs(name: string, args: DaemonAccessArgs): DaemonApplicationArgs {
  const { existing, graph } = args;
  const asks = graph && (!existing || graph.consent === "request");
  return { ...identityArgs(name, args), ...(asks && { permissions: graph.permissions }) };
}

function identityArgs(name: string, { displayName, existing, owners, deployerIsOwner }: DaemonAccessArgs) {
  return {
    ...(existing && { existing }),
    ...((displayName !== undefined || !existing) && { displayName: displayName ?? name }),
    ...(owners && { owners }),
    ...(deployerIsOwner !== undefined && { deployerIsOwner }),
  };
}

function secretDates({ secret, asOf }: DaemonAccessArgs): Omit<ClientSecretArgs, "application"> | undefined {
  return secret && { ...secret, ...(asOf !== undefined && { asOf }) };
}

function datedCredentials(args: DaemonAccessArgs): Omit<DaemonCredentials, "federated"> {
  const { certificate, asOf } = args;
  return {
    secret: secretDates(args),
    certificate: certificate && asOf !== undefined ? { ...certificate, asOf } : undefined,
  };
}

/** The credential also tells of the access that the daemon has. */
function exportArgs(
  daemon: string,
  args: DaemonAccessArgs,
  principal: Principal,
  { secret, certificate, federated }: DeclaredCredentials,
): CredentialExportArgs {
  const { vault, formats, dataLakeGen1, readers, graph, lake, machineLearning } = args;
  return {
    daemon,
    vault,
    principal,
    ...(secret && { secret }),
    ...(certificate && { certificate }),
    ...(federated && { federated: [...federated] }),
    ...(principal.resourceId !== undefined && { managedIdentity: { resourceId: principal.resourceId } }),
    ...(formats && { formats }),
    ...(dataLakeGen1 && { dataLakeGen1 }),
    ...(readers && { readers }),
    ...(graph && { graph: { permissions: graph.permissions, consent: graph.consent ?? DEFAULT_CONSENT } }),
    ...(lake && {
      lake: { url: lake.account.url, fileSystem: lake.fileSystem, role: lake.role ?? DEFAULT_LAKE_ROLE },
    }),
    ...(machineLearning && { machineLearning: describeWorkspaceAccess(machineLearning) }),
  };
}
