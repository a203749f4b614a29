import type { Cloud } from "../cloud";
import { TokenRefused, type Caller } from "../entra/caller";
import { queryParameter, type AzureRequest, type AzureResponse } from "../http/message";
import { Router, type Operation } from "../http/router";
import type { Service } from "../http/service";
import { ServiceError } from "../http/serviceError";
import { clientAddress } from "../network/clientAddress";
import { addBackupRoutes } from "./backupRoutes";
import { CertificateBundles } from "./certificates/certificateBundle";
import { addAuthorityRoutes } from "./certificates/authorityRoutes";
import { addCertificateRoutes } from "./certificates/certificateRoutes";
import { addDeletedCertificateRoutes } from "./certificates/deletedCertificateRoutes";
import { passFirewall } from "./dataAccess";
import { addDeletedSecretRoutes } from "./deletedSecretRoutes";
import { badParameter, unauthorized, unknownHost, unsupported, vaultAudience } from "./errors";
import { addCryptoRoutes } from "./keys/cryptoRoutes";
import { addDeletedKeyRoutes } from "./keys/deletedKeyRoutes";
import { KeyBundles } from "./keys/keyBundle";
import { addKeyRoutes } from "./keys/keyRoutes";
import { SecretBundles } from "./secretBundle";
import { addSecretRoutes } from "./secretRoutes";
import type { VaultContext } from "./vaultContext";
import type { VaultRecord } from "./vaultRecord";
import { Vaults } from "./vaults";

/** The data plane of Key Vault: the secrets, keys and certificates at `*.vault.azure.net`. */
export function createKeyVault(cloud: Cloud): Service & { readonly operations: readonly Operation[] } {
  const vaults = new Vaults(cloud);
  const router = new Router<VaultContext>();
  addSecretRoutes(router);
  addDeletedSecretRoutes(router);
  addBackupRoutes(router);
  addCertificateRoutes(router);
  addDeletedCertificateRoutes(router);
  addAuthorityRoutes(router);
  addKeyRoutes(router);
  addCryptoRoutes(router);
  addDeletedKeyRoutes(router);

  async function answer(request: AzureRequest, vault: VaultRecord): Promise<AzureResponse> {
    const caller = await authenticated(cloud, request);
    if (queryParameter(request, "api-version") === undefined) {
      throw badParameter("api-version must be specified");
    }
    passFirewall(caller, vault);
    const keys = vaults.keysOf(vault);
    const context = {
      cloud,
      caller,
      vault,
      secrets: request.method === "GET" ? vaults.secretsSeenOf(vault) : vaults.secretsOf(vault),
      authorities: vaults.authoritiesOf(vault),
      keys,
      keyBundles: new KeyBundles(vault, keys),
      bundles: new SecretBundles(cloud, vault),
      certificates: vaults.certificatesOf(vault),
      certificateBundles: new CertificateBundles(vault),
    };
    return (await router.route(request, context)) ?? unsupported(request);
  }

  return {
    name: "keyVault",
    operations: router.operations,
    serves: (host) => host.endsWith(".vault.azure.net"),
    unsupported,
    async handle(request) {
      const vault = vaults.atHost(request.host);
      if (vault === undefined) {
        return unknownHost(request.host);
      }
      const common = commonHeaders(request, vault);
      try {
        return withHeaders(await answer(request, vault), common);
      } catch (error) {
        throw error instanceof ServiceError ? new ServiceError(error.code, withHeaders(error.response, common)) : error;
      }
    },
  };
}

async function authenticated(cloud: Cloud, request: AzureRequest): Promise<Caller> {
  try {
    return await cloud.tokens.authenticate(request, [vaultAudience]);
  } catch (error) {
    throw error instanceof TokenRefused ? unauthorized(error) : error;
  }
}

const commonHeaders = (request: AzureRequest, vault: VaultRecord): Record<string, string> => ({
  "cache-control": "no-cache",
  pragma: "no-cache",
  "strict-transport-security": "max-age=31536000;includeSubDomains",
  "x-content-type-options": "nosniff",
  "x-ms-keyvault-region": vault.location,
  "x-ms-keyvault-service-version": "1.9.2784.1",
  "x-ms-keyvault-network-info": `conn_type=Ipv4;addr=${clientAddress};act_addr_fam=InterNetwork;`,
  "x-ms-request-id": request.id,
});

const withHeaders = (response: AzureResponse, headers: Record<string, string>): AzureResponse => ({
  ...response,
  headers: { ...headers, ...response.headers },
});
