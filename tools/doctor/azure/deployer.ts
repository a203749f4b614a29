import { readFileSync } from "node:fs";
import type { TokenCredential } from "@azure/core-auth";
import {
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  DefaultAzureCredential,
  ManagedIdentityCredential,
} from "@azure/identity";
import { UsageError } from "../../cli/failure";
import { identityToken } from "./identityToken";

type Environment = NodeJS.ProcessEnv;

/** The deployer's credential, and where it was found. */
export interface Deployer {
  readonly credential: TokenCredential;
  /** In words, for the report. */
  readonly source: string;
}

/**
 * The deployer's own credential, from the variables that the providers read; else whatever the Azure SDK finds.
 *
 * @throws UsageError where the variables contradict themselves, or name a kind that this program can't use
 */
export function deployerOf(tenantId: string, environment: Environment): Deployer {
  const clientId = given(environment, "ARM_CLIENT_ID");
  if (clientId !== undefined) {
    for (const kind of [certificate, secret, oidc]) {
      const found = kind(tenantId, clientId, environment);
      if (found !== undefined) return found;
    }
  }
  if (isOn(environment, "ARM_USE_MSI")) {
    const credential = new ManagedIdentityCredential(clientId === undefined ? {} : { clientId });
    return { credential, source: "the managed identity of this machine (ARM_USE_MSI)" };
  }
  return {
    credential: new DefaultAzureCredential({ tenantId }),
    source: "what the Azure SDK finds: the AZURE_ variables, a managed identity, or az login",
  };
}

const given = (environment: Environment, name: string): string | undefined => environment[name] || undefined;

const isOn = (environment: Environment, name: string): boolean =>
  ["true", "1"].includes((environment[name] ?? "").toLowerCase());

function certificate(tenantId: string, clientId: string, environment: Environment): Deployer | undefined {
  const path = given(environment, "ARM_CLIENT_CERTIFICATE_PATH");
  if (path === undefined) return undefined;
  const password = given(environment, "ARM_CLIENT_CERTIFICATE_PASSWORD");
  if (!readFileSync(path, "latin1").includes("-----BEGIN ")) {
    throw new UsageError(
      `ARM_CLIENT_CERTIFICATE_PATH: ${path} is PKCS #12, which doctor does not open. Give doctor the same certificate as PEM: openssl pkcs12 -in ${path} -out deployer.pem -nodes`,
    );
  }
  const options = password === undefined ? {} : { certificatePassword: password };
  return {
    credential: new ClientCertificateCredential(tenantId, clientId, { certificatePath: path, ...options }),
    source: `the certificate of ${clientId} (ARM_CLIENT_CERTIFICATE_PATH)`,
  };
}

function secret(tenantId: string, clientId: string, environment: Environment): Deployer | undefined {
  const value = given(environment, "ARM_CLIENT_SECRET");
  return value === undefined
    ? undefined
    : {
        credential: new ClientSecretCredential(tenantId, clientId, value),
        source: `the client secret of ${clientId} (ARM_CLIENT_SECRET)`,
      };
}

function oidc(tenantId: string, clientId: string, environment: Environment): Deployer | undefined {
  if (!isOn(environment, "ARM_USE_OIDC")) return undefined;
  const token = identityToken(environment);
  if (token === undefined) {
    throw new UsageError(
      "ARM_USE_OIDC is set, but there is no token to exchange. Set ARM_OIDC_TOKEN or ARM_OIDC_TOKEN_FILE_PATH; on GitHub give the job the permission id-token: write.",
    );
  }
  return {
    credential: new ClientAssertionCredential(tenantId, clientId, token.read),
    source: `the federated token of ${clientId} (${token.source})`,
  };
}
