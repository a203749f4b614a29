import * as pulumi from "@pulumi/pulumi";
import { checkedSecretUri } from "./checkedSecretUri";

/**
 * The value of an app setting of App Service or Functions that stands for a secret. The app reads it with its managed
 * identity, which needs a {@link CredentialReader}; a user-assigned identity also has to be the app's
 * `keyVaultReferenceIdentity`. Without a version in it, the newest value reaches the app within a day.
 *
 * @param secretUri without a version: one of a daemon's `secretUris`
 * @returns `@Microsoft.KeyVault(SecretUri=https://…)`
 */
export function keyVaultReference(secretUri: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.interpolate`@Microsoft.KeyVault(SecretUri=${checkedSecretUri("keyVaultReference", secretUri)})`;
}
