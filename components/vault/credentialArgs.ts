import type * as pulumi from "@pulumi/pulumi";
import type { Principal } from "../principal";
import type { VaultIdentity } from "./vaultIdentity";

/** A client secret with its dates. A ClientSecret can be used as one. */
export interface ExportedSecretArgs {
  /** The value. */
  readonly value: pulumi.Input<string>;
  /** First moment: RFC 3339, UTC. */
  readonly notBefore: pulumi.Input<string>;
  /** Last moment: RFC 3339, UTC. */
  readonly expiresOn: pulumi.Input<string>;
  /** Number of the generation, from 0. */
  readonly generation: pulumi.Input<number>;
}

/** The certificate that a daemon signs in with. Its private key stays in Key Vault. */
export interface ExportedCertificateArgs {
  /** URI, without a version, of the Key Vault secret that holds the private key and the certificate. */
  readonly secretUri: pulumi.Input<string>;
  /** SHA-1 thumbprint in hexadecimal, as MSAL takes it. */
  readonly thumbprint: pulumi.Input<string>;
  /** First moment: RFC 3339, UTC. */
  readonly notBefore: pulumi.Input<string>;
  /** Last moment: RFC 3339, UTC. */
  readonly expiresOn: pulumi.Input<string>;
}

/** Whose tokens the daemon may sign in with. */
export interface ExportedFederationArgs {
  /** `iss` of the tokens. */
  readonly issuer: pulumi.Input<string>;
  /** `sub` of the tokens. */
  readonly subject: pulumi.Input<string>;
  /** `aud` of the tokens. */
  readonly audience: pulumi.Input<string>;
}

/** The user-assigned managed identity that the daemon is. */
export interface ExportedManagedIdentityArgs {
  /** Resource ID. */
  readonly resourceId: pulumi.Input<string>;
}

/** What the credential says of the daemon's access to Microsoft Graph. */
export interface DescribedGraphArgs {
  /** Application permissions by name. */
  readonly permissions: string[];
  /** `grant`, `request` or `external`. */
  readonly consent: string;
}

/** What the credential says of the daemon's access to a lake. */
export interface DescribedLakeArgs {
  /** `https://<account>.dfs.core.windows.net/`. */
  readonly url: pulumi.Input<string>;
  /** The file system that the role is for. */
  readonly fileSystem: string;
  /** The role by name. */
  readonly role: string;
}

/** What the credential says of the daemon's access to a workspace. */
export interface DescribedWorkspaceArgs {
  /** Resource ID of the workspace. */
  readonly workspaceId: pulumi.Input<string>;
  /** The role by name. */
  readonly role: pulumi.Input<string>;
  /** The job that the role is for, where it is for one. */
  readonly job?: string;
  /** The one online endpoint that the role is for, where it is for one. */
  readonly endpoint?: string;
}

/** The Data Lake Storage Gen1 account that a datalake-gen1 credential names. */
export interface DataLakeGen1StoreArgs {
  /** Name of the account, without a host. */
  readonly storeName: string;
}

/** Who may read a daemon's credential. */
export interface ReaderArgs {
  /** Object ID of a service principal, group or user. */
  readonly objectId: string;
  /**
   * `ServicePrincipal`, `Group` or `User`.
   * @default "ServicePrincipal"
   */
  readonly principalType?: string;
  /**
   * The formats that this reader needs, among those that are written. It gets no role on the others.
   * @default every one of them
   */
  readonly formats?: string[];
}

/** How a credential is written to the vault, and who may read it. */
export interface ExportChoicesArgs {
  /**
   * Shapes to write, each its own secret: credential, client-secret, msal-parameters, sdk-auth, aml-env,
   * azure-identity-env, datalake-gen1. client-secret, sdk-auth and aml-env need a client secret;
   * datalake-gen1 takes a certificate too.
   * @default ["credential"]
   */
  readonly formats?: string[];
  /** Needed by the format datalake-gen1. */
  readonly dataLakeGen1?: DataLakeGen1StoreArgs;
  /**
   * Who may read these secrets, and no others in the vault.
   * @default nobody
   */
  readonly readers?: ReaderArgs[];
}

/** Inputs of CredentialExport. Give secret, certificate and federated, one or more of them, or managedIdentity alone. */
export interface CredentialExportArgs extends ExportChoicesArgs {
  /** Name of the daemon: 1 to 64 lowercase letters, digits and hyphens. Secrets are named after it. */
  readonly daemon: string;
  /** The vault: a CredentialVault, or the IDs of one. */
  readonly vault: VaultIdentity;
  /** The daemon's identity. */
  readonly principal: Principal;
  /** The secret to write: a ClientSecret, or the fields of one. */
  readonly secret?: ExportedSecretArgs;
  /** The certificate to describe in the credential. Whoever may read the credential may read its private key too. */
  readonly certificate?: ExportedCertificateArgs;
  /** The federated credentials to describe in the credential: the workloads of a FederatedCredential, or the fields of each. */
  readonly federated?: pulumi.Input<ExportedFederationArgs[]>;
  /** The managed identity to describe in the credential. */
  readonly managedIdentity?: ExportedManagedIdentityArgs;
  /** The daemon's access to Microsoft Graph, to describe in the credential. */
  readonly graph?: DescribedGraphArgs;
  /** The daemon's access to a lake, to describe in the credential. */
  readonly lake?: DescribedLakeArgs;
  /** The daemon's access to a workspace, to describe in the credential. */
  readonly machineLearning?: DescribedWorkspaceArgs;
}
