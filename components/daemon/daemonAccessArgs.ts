import type * as pulumi from "@pulumi/pulumi";
import type { WaiverArgs } from "../policies/waivers";
import type { FileSystemRoleArgs } from "../data/fileSystemRole";
import type { FederatedTrustArgs } from "../federation/trustArgs";
import type { GraphPermissionsArgs } from "../graph/graphGrant";
import type { DaemonCertificateArgs } from "../identity/clientCertificate";
import type { DaemonManagedIdentityArgs } from "../identity/daemonManagedIdentity";
import type { ExistingApplicationArgs } from "../identity/existingApplication";
import type { RotationArgs } from "../identity/rotationSchedule";
import type { WorkspaceRoleArgs } from "../ml/machineLearningAccess";
import type { ExportChoicesArgs } from "../vault/credentialArgs";
import type { VaultIdentity } from "../vault/vaultIdentity";

/** When a daemon's client secret expires or rotates. Give exactly one. */
export interface DaemonSecretArgs {
  /** The one day it ends, RFC 3339 with a zone. */
  readonly endDate?: string;
  /** The schedule of its rotation. */
  readonly rotation?: RotationArgs;
  /**
   * After a leak: the current time, RFC 3339 with a zone, for example `2027-03-05T10:15:00Z`; see
   * ClientSecret. Needs asOf.
   * @default none
   */
  readonly rotateNow?: string;
}

/** The managed identity of a daemon on Azure. */
export interface DaemonIdentityArgs extends DaemonManagedIdentityArgs {
  /**
   * Workloads elsewhere, such as a Kubernetes service account, that sign in as the identity by their own tokens; see
   * FederatedCredential.
   * @default none
   */
  readonly federated?: FederatedTrustArgs[];
}

/**
 * Inputs of DaemonAccess. The daemon needs a credential: give one or more of secret, certificate and
 * federated, or managedIdentity alone. Of a secret and a certificate, programs are given the secret until it leaves.
 */
export interface DaemonAccessArgs extends ExportChoicesArgs {
  /**
   * The name shown in the directory.
   * @default the component's name
   */
  readonly displayName?: string;
  /**
   * An existing application, which is used and not changed; see DaemonApplication. With it, there is
   * neither displayName, owners, deployerIsOwner nor notes, and with `consent: "request"` it has to ask for the permissions.
   * @default none: a new application is created
   */
  readonly existing?: ExistingApplicationArgs;
  /**
   * Object IDs of the owners of the application and its service principal, in addition to the deployer.
   * @default none
   */
  readonly owners?: pulumi.Input<string>[];
  /**
   * Makes the deployer an owner; see DaemonApplication.
   * @default true
   */
  readonly deployerIsOwner?: boolean;
  /**
   * Notes on the application for the directory's administrators, such as why it has a far-reaching permission.
   * @default none
   */
  readonly notes?: pulumi.Input<string>;
  /** The daemon's client secret. */
  readonly secret?: DaemonSecretArgs;
  /** The daemon's certificates. Beside a secret, programs are given the secret until it leaves the arguments. */
  readonly certificate?: DaemonCertificateArgs;
  /** Workloads that sign in with their own tokens instead of a secret, 1 to 20; see FederatedCredential. */
  readonly federated?: FederatedTrustArgs[];
  /**
   * Makes the daemon a user-assigned managed identity instead of an application. There is then neither displayName, existing,
   * owners, deployerIsOwner nor notes, and nobody can be requested to consent.
   */
  readonly managedIdentity?: DaemonIdentityArgs;
  /** The time at which dates are evaluated, RFC 3339 with a zone. Needed with a rotation, with rotateNow, and with certificates. */
  readonly asOf?: string;
  /** Microsoft Graph, if the daemon uses it. */
  readonly graph?: GraphPermissionsArgs;
  /** One file system of a lake, if the daemon uses one. */
  readonly lake?: FileSystemRoleArgs;
  /** An Azure Machine Learning workspace, if the daemon uses one. */
  readonly machineLearning?: WorkspaceRoleArgs;
  /** The vault for the credential: a CredentialVault, or the IDs of one. */
  readonly vault: VaultIdentity;
  /**
   * What its secrets in the vault are named after. For a renamed daemon: the name that its readers use.
   * @default the component's name
   */
  readonly nameInVault?: string;
  /**
   * Violations of the policy pack that are accepted until a date, each with its reason.
   * @default none
   */
  readonly waivers?: WaiverArgs[];
}
