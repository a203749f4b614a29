import { regions } from "../arm/regions";

/**
 * The host names local Azure answers at. The gateway's certificate carries exactly these, so a client that is sent
 * anywhere else fails on TLS even if it slips past the proxy.
 */
export const azureHosts: readonly string[] = [
  "login.microsoftonline.com",
  "login.windows.net",
  "login.microsoft.com",
  "sts.windows.net",
  "graph.microsoft.com",
  "main.iam.ad.ext.azure.com",
  "management.azure.com",
  "management.core.windows.net",
  "*.vault.azure.net",
  "*.dfs.core.windows.net",
  "*.blob.core.windows.net",
  "*.azuredatalakestore.net",
  "*.azurecr.io",
  "*.api.azureml.ms",
  ...Object.keys(regions).map((region) => `*.${region}.inference.ml.azure.com`),
];

/** Whether a host is one of {@link azureHosts}. A star stands for one label. */
export function isAzureHost(host: string): boolean {
  return azureHosts.some((pattern) => matches(pattern, host));
}

function matches(pattern: string, host: string): boolean {
  if (!pattern.startsWith("*.")) {
    return host === pattern;
  }
  const suffix = pattern.slice(1);
  const label = host.slice(0, -suffix.length);
  return host.endsWith(suffix) && label.length > 0 && !label.includes(".");
}
