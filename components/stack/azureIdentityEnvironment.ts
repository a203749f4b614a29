import * as pulumi from "@pulumi/pulumi";
import type { Principal } from "../principal";
import { keyVaultReference } from "./keyVaultReference";

/** An app setting of App Service or Functions. */
export interface AppSetting {
  readonly name: string;
  readonly value: pulumi.Output<string>;
}

/** An environment variable of a container: a value, or the name of one of the app's secrets. */
export interface ContainerVariable {
  readonly name: string;
  readonly value?: pulumi.Output<string>;
  readonly secretRef?: string;
}

/**
 * App settings with which azure-identity's EnvironmentCredential, and so DefaultAzureCredential, signs in as a daemon.
 * The client secret is a {@link keyVaultReference}.
 *
 * @param principal `daemon(name)` of a DaemonAccessReference
 * @param clientSecretUri URI of the bare secret: `secretUri(name, "client-secret")` of the same
 * @returns for `siteConfig.appSettings` of an `azure-native:web:WebApp`
 */
export function azureIdentityAppSettings(
  principal: pulumi.Input<Principal>,
  clientSecretUri: pulumi.Input<string>,
): AppSetting[] {
  const { tenantId, clientId } = pulumi.output(principal);
  return [
    { name: "AZURE_TENANT_ID", value: tenantId },
    { name: "AZURE_CLIENT_ID", value: clientId },
    { name: "AZURE_CLIENT_SECRET", value: keyVaultReference(clientSecretUri) },
  ];
}

/**
 * The same for a container app.
 *
 * @param secretRef name of the {@link containerAppSecret} that was made of the bare secret
 * @returns for `env` of a container
 */
export function azureIdentityContainerVariables(
  principal: pulumi.Input<Principal>,
  secretRef: string,
): ContainerVariable[] {
  const { tenantId, clientId } = pulumi.output(principal);
  return [
    { name: "AZURE_TENANT_ID", value: tenantId },
    { name: "AZURE_CLIENT_ID", value: clientId },
    { name: "AZURE_CLIENT_SECRET", secretRef },
  ];
}
