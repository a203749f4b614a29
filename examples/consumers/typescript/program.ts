import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity";
import * as pulumi from "@pulumi/pulumi";
import { containerAppSecret, CredentialReader, DaemonAccessReference, keyVaultReference } from "azure-daemon-access";

/** An identity that may read one daemon's credential and nothing else, and what its apps need to be told. */
// eslint-disable-next-line @typescript-eslint/require-await -- Pulumi awaits a program; a rejection is how it fails.
export async function program(): Promise<Record<string, unknown>> {
  const config = new pulumi.Config("reporting");
  const daemon = config.get("daemon") ?? "forecast-loader";

  const access = new DaemonAccessReference("access", { stack: config.require("daemonStack"), daemons: [daemon] });
  const secretUri = access.secretUri(daemon);

  const identity = new UserAssignedIdentity("id-reporting", { resourceGroupName: config.require("resourceGroupName") });
  const { vaultId } = access;
  const reader = new CredentialReader("reporting", { vaultId, secretUri, objectId: identity.principalId });

  return {
    secretUri,
    scope: reader.scope,
    expiresOn: access.daemon(daemon).expiresOn,
    identityClientId: identity.clientId,
    appSettings: [{ name: "DAEMON_CREDENTIAL", value: keyVaultReference(secretUri) }],
    containerAppSecret: containerAppSecret({ name: "daemon-credential", secretUri, identity: identity.id }),
  };
}
