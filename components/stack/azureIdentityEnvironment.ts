import * as pulumi from "@pulumi/pulumi";
import { ArgumentError } from "../checks/argumentError";
import { keyVaultReference } from "./keyVaultReference";
import type { ReferencedDaemon } from "./stackFacts";

/** The format whose secret is the bare client secret. */
const FORMAT = "client-secret";

/** An environment variable of a container: a value, or the name of one of the app's secrets. */
export interface ContainerVariable {
  readonly name: string;
  readonly value?: pulumi.Output<string>;
  readonly secretRef?: string;
}

/** An app setting of App Service or Functions. */
export interface AppSetting {
  readonly name: string;
  readonly value: pulumi.Output<string>;
}

/**
 * URI of the secret that azure-identity's environment takes.
 *
 * @throws ArgumentError where `client-secret` is not among the daemon's formats
 */
export function clientSecretUri(daemon: pulumi.Input<ReferencedDaemon>): pulumi.Output<string> {
  return pulumi.output(daemon).apply(bareSecretUri);
}

/** The same of a daemon that is known. */
export function bareSecretUri({ clientId, secretUris }: Pick<ReferencedDaemon, "clientId" | "secretUris">): string {
  const uri = secretUris[FORMAT];
  if (uri !== undefined) return uri;
  const formats = Object.keys(secretUris).map((format) => `"${format}"`);
  throw new ArgumentError("clientSecretUri", clientId, [
    `daemon.secretUris: got ${formats.join(", ") || "nothing"}; needed "${FORMAT}", the bare client secret. Ask the stack's owners to add "${FORMAT}" to the daemon's formats.`,
  ]);
}

/**
 * App settings with which azure-identity's EnvironmentCredential, and so DefaultAzureCredential, signs in as the daemon.
 * The client secret is a Key Vault reference.
 *
 * @returns for `siteConfig.appSettings` of an `azure-native:web:WebApp`
 */
export function azureIdentityAppSettings(daemon: pulumi.Input<ReferencedDaemon>): AppSetting[] {
  const { tenantId, clientId } = pulumi.output(daemon);
  return [
    { name: "AZURE_TENANT_ID", value: tenantId },
    { name: "AZURE_CLIENT_ID", value: clientId },
    { name: "AZURE_CLIENT_SECRET", value: keyVaultReference(clientSecretUri(daemon)) },
  ];
}

/**
 * The same for a container app.
 *
 * @param secretRef name of the {@link ContainerAppSecret} that was made with {@link clientSecretUri}
 * @returns for `env` of a container
 */
export function azureIdentityContainerVariables(
  daemon: pulumi.Input<ReferencedDaemon>,
  secretRef: string,
): ContainerVariable[] {
  const { tenantId, clientId } = pulumi.output(daemon);
  return [
    { name: "AZURE_TENANT_ID", value: tenantId },
    { name: "AZURE_CLIENT_ID", value: clientId },
    { name: "AZURE_CLIENT_SECRET", secretRef },
  ];
}
