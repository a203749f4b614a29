import { join } from "node:path";
import { identities, subscription, tenant, type IdentityName } from "./azure/landingZone/layout";
import { javaTrustStoreOf } from "./azure/network/certificates";
import { javaOptions, withPreload } from "./runtimeOptions";

/** How clients reach a running local Azure. */
export interface Connection {
  /** Address of its CONNECT proxy, as "http://127.0.0.1:43210". */
  readonly proxyUrl: string;
  /** The CA that its certificates come from, a PEM file. */
  readonly caFile: string;
  /** How long a change may take until everyone sees it. @default 0 */
  readonly settlingSeconds?: number;
}

/** The user's own variables that would lead the engine or the providers to another Azure, backend or proxy. */
const foreign =
  /^(AZURE|ARM|PULUMI|AWS|GOOGLE|MSI|IDENTITY)_|^DEFAULT_IDENTITY_CLIENT_ID$|^(HTTPS?|ALL|NO|GRPC|NO_GRPC)_PROXY$|^(SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|JAVA_TOOL_OPTIONS|NODE_(OPTIONS|EXTRA_CA_CERTS|USE_ENV_PROXY))$/i;

/** A process environment without what belongs to another Azure or another Pulumi. */
export function withoutForeign(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && !foreign.test(entry[0])),
  );
}

/** Takes the same out of this very process: the Pulumi SDK and its gRPC library read proxies and settings from there. */
export function forgetForeign(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(env).filter((key) => foreign.test(key))) {
    // Assigning undefined would leave the word "undefined" there.
    Reflect.deleteProperty(env, name);
  }
}

/** Gives Node.js' own fetch the proxy where that Node.js cannot read it from the environment. */
const fetchProxy = join(__dirname, "preload", "fetchProxy.cjs");

/**
 * Proxy and CA variables for every kind of client.
 * @param nodeOptions what NODE_OPTIONS holds already. @default nothing
 */
export function connectionVariables({ proxyUrl, caFile }: Connection, nodeOptions = ""): Record<string, string> {
  const direct = "127.0.0.1,localhost,::1";
  return {
    HTTPS_PROXY: proxyUrl,
    https_proxy: proxyUrl,
    NO_PROXY: direct,
    no_proxy: direct,
    SSL_CERT_FILE: caFile,
    REQUESTS_CA_BUNDLE: caFile,
    CURL_CA_BUNDLE: caFile,
    NODE_EXTRA_CA_CERTS: caFile,
    NODE_USE_ENV_PROXY: "1",
    NODE_OPTIONS: withPreload(nodeOptions, fetchProxy),
    JAVA_TOOL_OPTIONS: javaOptions(proxyUrl, javaTrustStoreOf(caFile)),
  };
}

/** What Terraform and Pulumi (ARM_) and the Azure SDKs (AZURE_) sign in with. */
export function identityVariables(name: IdentityName, clientSecret: string): Record<string, string> {
  const values = {
    CLIENT_ID: identities[name].clientId,
    CLIENT_SECRET: clientSecret,
    TENANT_ID: tenant.id,
    SUBSCRIPTION_ID: subscription.id,
  };
  return Object.fromEntries(
    ["ARM", "AZURE"].flatMap((prefix) => Object.entries(values).map(([key, value]) => [`${prefix}_${key}`, value])),
  );
}
