import type * as pulumi from "@pulumi/pulumi";

/** Workflows of a GitHub repository. Give exactly one of branch, tag, environment and pullRequest. */
export interface GitHubTrustArgs {
  /** `owner/name` in the letter case that GitHub shows: `contoso/forecasts`. */
  readonly repository: string;
  /** A branch by name, without `refs/heads/`: `main`. */
  readonly branch?: string;
  /** A tag by name, without `refs/tags/`: `v1.2.0`. */
  readonly tag?: string;
  /** A deployment environment by name: `production`. */
  readonly environment?: string;
  /**
   * Every pull request of the repository: whoever may open one signs in as the daemon.
   * @default false
   */
  readonly pullRequest?: boolean;
  /**
   * The owner's number, where the repository uses immutable subjects, as those made since July 2026 do. Goes with
   * repositoryId.
   * @default the subject has names alone
   */
  readonly ownerId?: number;
  /** The repository's number; goes with ownerId. */
  readonly repositoryId?: number;
  /**
   * Another issuer: that of a GitHub Enterprise Server, or of an enterprise with an issuer of its own.
   * @default "https://token.actions.githubusercontent.com"
   */
  readonly issuer?: string;
}

/** A service connection of Azure DevOps. Give exactly one of serviceConnectionId and serviceConnection. */
export interface AzureDevOpsTrustArgs {
  /** The organization's GUID, as the service connection's issuer or subject shows it. */
  readonly organizationId: string;
  /** The service connection's GUID: one that uses the issuer of Microsoft Entra ID, as those made today do. */
  readonly serviceConnectionId?: string;
  /**
   * `organization/project/connection` by name: one that uses Azure DevOps' own issuer, which retires on 1 July 2027 in
   * the public cloud.
   */
  readonly serviceConnection?: string;
  /**
   * Directory (tenant) ID that the organization is connected to; for serviceConnectionId.
   * @default the deployer's tenant
   */
  readonly tenantId?: string;
}

/** A service account of a Kubernetes cluster. */
export interface KubernetesTrustArgs {
  /**
   * The cluster's OIDC issuer, exactly as in the token. For AKS it is the output of `az aks show --query
   * oidcIssuerProfile.issuerUrl`, with the slash at its end.
   */
  readonly issuer: pulumi.Input<string>;
  /** The namespace: `forecasting`. */
  readonly namespace: string;
  /** The service account's name: `loader`. */
  readonly serviceAccount: string;
}

/** A user-assigned managed identity that signs in as the daemon. */
export interface ManagedIdentityTrustArgs {
  /** Its object (principal) ID. Not its client ID, which never matches. */
  readonly principalId: pulumi.Input<string>;
  /**
   * Directory (tenant) ID of the managed identity. Microsoft Entra ID takes only one of the tenant that the daemon's
   * application is registered in.
   * @default the deployer's tenant
   */
  readonly tenantId?: pulumi.Input<string>;
}

/** Any other issuer of OpenID Connect tokens. */
export interface CustomTrustArgs {
  /** The token's `iss`, exactly: an https:// address. */
  readonly issuer: pulumi.Input<string>;
  /** The token's `sub`, exactly: 1 to 600 characters. */
  readonly subject: pulumi.Input<string>;
  /**
   * The token's `aud`.
   * @default the token exchange's audience in the cloud, "api://AzureADTokenExchange" in the public one
   */
  readonly audience?: string;
}

/**
 * A workload whose tokens are accepted instead of a secret. Give exactly one of gitHub, azureDevOps, kubernetes,
 * managedIdentity and custom.
 */
export interface FederatedTrustArgs {
  /** Unique name of the trust: 3 to 120 letters, digits, hyphens and underscores. */
  readonly name: string;
  /**
   * The name that it had before, for one update: the credential of that name is deleted before the new one is made. Without it
   * the new one is made first, which Azure refuses while another has the same issuer and subject.
   * @default none
   */
  readonly formerName?: string;
  /** What the trust is for. */
  readonly description?: string;
  /** Workflows of a GitHub repository. */
  readonly gitHub?: GitHubTrustArgs;
  /** A service connection of Azure DevOps. */
  readonly azureDevOps?: AzureDevOpsTrustArgs;
  /** A service account of a Kubernetes cluster. */
  readonly kubernetes?: KubernetesTrustArgs;
  /** A user-assigned managed identity. */
  readonly managedIdentity?: ManagedIdentityTrustArgs;
  /** Any other issuer of OpenID Connect tokens. */
  readonly custom?: CustomTrustArgs;
}
