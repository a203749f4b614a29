import { json, type AzureResponse } from "../http/message";

/** The public cloud's endpoints, as `GET /metadata/endpoints` tells them to anyone. */
export const metadataEndpoints = (): AzureResponse =>
  json(200, {
    name: "AzureCloud",
    portal: "https://portal.azure.com",
    authentication: {
      loginEndpoint: "https://login.microsoftonline.com",
      audiences: ["https://management.core.windows.net/", "https://management.azure.com/"],
      tenant: "common",
      identityProvider: "AAD",
    },
    resourceManager: "https://management.azure.com",
    microsoftGraphResourceId: "https://graph.microsoft.com/",
    graph: "https://graph.windows.net/",
    graphAudience: "https://graph.windows.net/",
    batch: "https://batch.core.windows.net/",
    media: "https://rest.media.azure.net",
    activeDirectoryDataLake: "https://datalake.azure.net/",
    logAnalyticsResourceId: "https://api.loganalytics.io",
    suffixes: {
      keyVaultDns: "vault.azure.net",
      storage: "core.windows.net",
      azureDataLakeStoreFileSystem: "azuredatalakestore.net",
      acrLoginServer: "azurecr.io",
      mhsmDns: "managedhsm.azure.net",
    },
  });
