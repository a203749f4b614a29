import * as pulumi from "@pulumi/pulumi";
import { Problems } from "../checks/argumentError";
import { waiverInputs } from "../policies/waivers";
import type { DaemonAccessArgs } from "./daemonAccessArgs";
import { checkDaemonAccess } from "./daemonAccessChecks";
import { declareFileSystemRole, DEFAULT_LAKE_ROLE } from "../data/fileSystemRole";
import { declareDaemon } from "./declareDaemon";
import { adminConsentUrl, DEFAULT_CONSENT } from "../graph/consent";
import { declareGraphGrant } from "../graph/graphGrant";
import type { DeclaredCredentials } from "../identity/daemonCredentials";
import { declareWorkspaceRole, describeWorkspaceAccess } from "../ml/machineLearningAccess";
import type { Principal } from "../principal";
import { declareExport, type NamedExportArgs } from "../vault/declareExport";

/**
 * Everything one daemon needs: its identity, its client secret, exactly the requested access, and its credential in
 * Key Vault. The component's name is the daemon's name.
 *
 * @remarks
 * The daemon's secrets in the vault are named `<name>-<format>`, or after `nameInVault`. With `managedIdentity` the daemon is that identity instead of
 * an application: no other credential, `existing`, `displayName`, `owners`, `deployerIsOwner` or `consent: "request"` goes with it.
 *
 * @resource <name>-application | azuread.Application | without `managedIdentity` and `existing`
 * @resource <name>-service-principal | azuread.ServicePrincipal | without `managedIdentity` and `existing`
 * @resource <name>-federated-<trust> | azuread.ApplicationFederatedIdentityCredential | one for each workload in `federated`
 * @resource <name>-federated-<trust> | azure-native.managedidentity.FederatedIdentityCredential | one for each workload in `managedIdentity.federated`
 * @resource <name>-identity | azure-native.managedidentity.UserAssignedIdentity | with `managedIdentity`
 * @resource <name>-generation-<n> | azuread.ApplicationPassword | with `secret`: one, or two during an overlap
 * @resource <name>-certificate-<certificate> | azuread.ApplicationCertificate | one for each certificate that has not ended
 * @resource <name>-private-key-<secret>-reader-<object ID> | azure-native.authorization.RoleAssignment | one for each reader and secret with a certificate's private key
 * @resource <name>-graph-<permission> | azuread.AppRoleAssignment | one for each permission, with `consent: "grant"`
 * @resource <name>-lake-role | azure-native.authorization.RoleAssignment | with `lake`, on the file system
 * @resource <name>-machine-learning-role | azure-native.authorization.RoleAssignment | with `machineLearning`, on the workspace
 * @resource <name>-machine-learning-<kind> | azure-native.authorization.RoleAssignment | one for each of `machineLearning.linkedResources`
 * @resource <name>-<format> | azure-native.keyvault.Secret | one for each format
 * @resource <name>-<format>-reader-<object ID> | azure-native.authorization.RoleAssignment | one for each format and reader, on the secret
 * @see docs/explanation/choosing-a-credential.md
 * @see docs/how-to/rotation.md
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
  /** When the newest secret ends: RFC 3339, UTC. Absent if the credential does not expire. */
  public readonly expiresOn?: pulumi.Output<string>;
  /** URI, without a version, of the secret that holds the certificate's private key. Absent without a certificate. */
  public readonly certificateUri?: pulumi.Output<string>;
  /** Number of the newest secret's generation. Absent without a secret. */
  public readonly generation?: pulumi.Output<number>;
  /** When the next generation starts: RFC 3339, UTC. Absent without rotation. */
  public readonly nextRotation?: pulumi.Output<string>;
  /** The next event of its credentials and its date, as a sentence. Absent if none of them expires. */
  public readonly rotation?: pulumi.Output<string>;
  /** Where an administrator grants the daemon's Graph permissions. Empty for a managed identity. */
  public readonly adminConsentUrl: pulumi.Output<string>;

  /** @throws ArgumentError that lists every problem of the arguments. */
  constructor(name: string, args: DaemonAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-daemon-access:index:DaemonAccess", name, waiverInputs(args.waivers), opts);
    const problems = new Problems("DaemonAccess", name);
    problems.requirePlain(args);
    checkDaemonAccess(problems, name, args);
    problems.throwIfAny();

    const children = { parent: this };
    const { principal, credentials } = declareDaemon(name, args, problems, children);
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
    this.registerOutputs({ clientId: this.clientId, objectId: this.objectId, ...(expiresOn && { expiresOn }) });
  }
}

/** The credential also tells of the access that the daemon has. */
function exportArgs(
  daemon: string,
  args: DaemonAccessArgs,
  principal: Principal,
  { secret, certificate, federated }: DeclaredCredentials,
): NamedExportArgs {
  const { vault, nameInVault, formats, dataLakeGen1, readers, graph, lake, machineLearning } = args;
  return {
    daemon,
    vault,
    principal,
    ...(secret && { secret }),
    ...(certificate && { certificate }),
    ...(federated && { federated: [...federated] }),
    ...(principal.resourceId !== undefined && { managedIdentity: { resourceId: principal.resourceId } }),
    ...(nameInVault !== undefined && { nameInVault }),
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
