import "./callStacks";
import "./promiseTraces";

export { ArgumentError } from "./checks/argumentError";
export { DaemonAccess } from "./daemon/daemonAccess";
export type { DaemonAccessArgs, DaemonIdentityArgs, DaemonSecretArgs } from "./daemon/daemonAccessArgs";
export { DataLake } from "./data/dataLake";
export type { DataLakeArgs, LakePrivateEndpointArgs } from "./data/dataLakeArgs";
export { DataLakeGen1, type DataLakeGen1Args } from "./data/dataLakeGen1";
export type { DataLakeGen1AccessArgs, DataLakeGen1AccessList } from "./data/dataLakeGen1Access";
export type { FileSystemRoleArgs } from "./data/fileSystemRole";
export type { LakeIdentity } from "./data/lakeIdentity";
export type { LifecycleRuleArgs } from "./data/lifecycle";
export {
  FederatedCredential,
  type FederatedCredentialArgs,
  type TrustedWorkload,
} from "./federation/federatedCredential";
export type {
  AzureDevOpsTrustArgs,
  CustomTrustArgs,
  FederatedTrustArgs,
  GitHubTrustArgs,
  KubernetesTrustArgs,
  ManagedIdentityTrustArgs,
} from "./federation/trustArgs";
export { GraphGrant, type GraphGrantArgs, type GraphPermissionsArgs } from "./graph/graphGrant";
export type { ApplicationIdentity } from "./identity/applicationIdentity";
export {
  type CertificateArgs,
  ClientCertificate,
  type ClientCertificateArgs,
  type DaemonCertificateArgs,
} from "./identity/clientCertificate";
export { ClientSecret, type ClientSecretArgs } from "./identity/clientSecret";
export { DaemonApplication, type DaemonApplicationArgs } from "./identity/daemonApplication";
export type { ExistingApplicationArgs } from "./identity/existingApplication";
export { DaemonManagedIdentity, type DaemonManagedIdentityArgs } from "./identity/daemonManagedIdentity";
export type { ManagedIdentityName } from "./identity/managedIdentityName";
export type { RotationArgs } from "./identity/rotationSchedule";
export type { LinkedResourcesArgs } from "./ml/linkedResources";
export {
  type JobRoleIdentity,
  MachineLearningAccess,
  type MachineLearningAccessArgs,
  type WorkspaceRoleArgs,
} from "./ml/machineLearningAccess";
export { MachineLearningCompute, type MachineLearningComputeArgs } from "./ml/machineLearningCompute";
export { MachineLearningRole, type MachineLearningRoleArgs } from "./ml/machineLearningRole";
export type { Principal } from "./principal";
export type { DiagnosticsArgs } from "./protection/diagnostics";
export type { WaiverArgs } from "./policies/waivers";
export {
  type AppSetting,
  azureIdentityAppSettings,
  azureIdentityContainerVariables,
  type ContainerVariable,
} from "./stack/azureIdentityEnvironment";
export { type ContainerAppSecret, containerAppSecret, type ContainerAppSecretArgs } from "./stack/containerAppSecret";
export { CredentialReader, type CredentialReaderArgs } from "./stack/credentialReader";
export { DaemonAccessReference, type DaemonAccessReferenceArgs } from "./stack/daemonAccessReference";
export { PlatformReference, type PlatformReferenceArgs } from "./stack/platformReference";
export type { PlatformFacts, PlatformReader } from "./stack/platformFacts";
export { keyVaultReference } from "./stack/keyVaultReference";
export {
  secretProviderClass,
  type SecretProviderClassArgs,
  type SecretProviderClassManifest,
} from "./stack/secretProviderClass";
export type { ReferencedDaemon } from "./stack/stackFacts";
export { StackReferenceError } from "./stack/stackReferenceError";
export type {
  CredentialExportArgs,
  DataLakeGen1StoreArgs,
  DescribedGraphArgs,
  DescribedLakeArgs,
  DescribedWorkspaceArgs,
  ExportChoicesArgs,
  ExportedCertificateArgs,
  ExportedFederationArgs,
  ExportedManagedIdentityArgs,
  ExportedSecretArgs,
  ReaderArgs,
} from "./vault/credentialArgs";
export { CredentialExport } from "./vault/credentialExport";
export { CredentialVault, type CredentialVaultArgs, type VaultPrivateEndpointArgs } from "./vault/credentialVault";
export { existingVault, type ExistingVault, type VaultIdentity } from "./vault/vaultIdentity";
