import type * as pulumi from "@pulumi/pulumi";
import type { Principal } from "../principal";
import type { VaultIdentity } from "./vaultIdentity";

/** A client secret with its dates. A ClientSecret is one by its shape. */
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

/** What the credential tells of the daemon's access to Microsoft Graph. */
export interface DescribedGraphArgs {
  /** Application permissions by name. */
  readonly permissions: string[];
  /** `grant`, `request` or `external`. */
  readonly consent: string;
}

/** What the credential tells of the daemon's access to a lake. */
export interface DescribedLakeArgs {
  /** `https://<account>.dfs.core.windows.net/`. */
  readonly url: pulumi.Input<string>;
  /** The file system that the role is for. */
  readonly fileSystem: string;
  /** The role by name. */
  readonly role: string;
}

/** What the credential tells of the daemon's access to a workspace. */
export interface DescribedWorkspaceArgs {
  /** Resource ID of the workspace. */
  readonly workspaceId: pulumi.Input<string>;
  /** The role by name. */
  readonly role: string;
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
}

/** How a credential is written to the vault, and who may read it. */
export interface ExportChoicesArgs {
  /**
   * Shapes to write, each its own secret: credential, client-secret, msal-parameters, sdk-auth, aml-env,
   * azure-identity-env, datalake-gen1.
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

/** Inputs of CredentialExport. */
export interface CredentialExportArgs extends ExportChoicesArgs {
  /** Name of the daemon: 1 to 64 small letters, digits and hyphens. Secrets are named after it. */
  readonly daemon: string;
  /** The vault: a CredentialVault, or the IDs of one. */
  readonly vault: VaultIdentity;
  /** The daemon's identity. */
  readonly principal: Principal;
  /** The secret to write: a ClientSecret, or the fields of one. */
  readonly secret: ExportedSecretArgs;
  /** Told in the credential where given. */
  readonly graph?: DescribedGraphArgs;
  /** Told in the credential where given. */
  readonly lake?: DescribedLakeArgs;
  /** Told in the credential where given. */
  readonly machineLearning?: DescribedWorkspaceArgs;
}
