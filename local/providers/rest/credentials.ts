/** The identity that deploys. */
export interface DeployerCredentials {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * The deployer as the engine configures it: its provider configuration first, then the environment, then what the
 * providers were started with.
 */
export function configuredCredentials(
  variables: ReadonlyMap<string, string>,
  environment: NodeJS.ProcessEnv,
  fallback: DeployerCredentials,
): DeployerCredentials {
  const clientId = variables.get("clientId") ?? environment["ARM_CLIENT_ID"];
  const clientSecret = variables.get("clientSecret") ?? environment["ARM_CLIENT_SECRET"];
  return {
    tenantId: variables.get("tenantId") ?? environment["ARM_TENANT_ID"] ?? fallback.tenantId,
    // A client ID belongs with its secret: the one of another identity must not fill the gap.
    clientId: clientId ?? fallback.clientId,
    clientSecret:
      clientSecret ?? (clientId === undefined || clientId === fallback.clientId ? fallback.clientSecret : ""),
  };
}
