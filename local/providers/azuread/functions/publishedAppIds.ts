/**
 * Applications that Microsoft publishes in every tenant, by the name the provider gives them: those that a daemon's
 * permissions are about.
 */
export const publishedAppIds: Readonly<Record<string, string>> = {
  AzureActiveDirectoryGraph: "00000002-0000-0000-c000-000000000000",
  AzureDataBricks: "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d",
  AzureDataLake: "e9f49c6b-5ce5-44c8-925d-015017e9f7ad",
  AzureDevOps: "499b84ac-1321-427f-aa17-267ca6975798",
  AzureKeyVault: "cfa8b339-82a2-471a-a3c9-0fc0be7a4093",
  AzurePortal: "c44b4083-3bb0-49c1-b47d-974e53cbdf3c",
  AzureResourceManager: "797f4846-ba00-4fd7-ba43-dac1f8f63013",
  AzureServiceManagement: "797f4846-ba00-4fd7-ba43-dac1f8f63013",
  AzureSqlDatabase: "022907d3-0f1b-48f7-badc-1ba6abab6d66",
  AzureStorage: "e406a681-f3d4-42a8-90b6-c2b029497af1",
  DynamicsCrm: "00000007-0000-0000-c000-000000000000",
  MicrosoftAzureCli: "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
  MicrosoftGraph: "00000003-0000-0000-c000-000000000000",
  Office365ExchangeOnline: "00000002-0000-0ff1-ce00-000000000000",
  Office365SharePointOnline: "00000003-0000-0ff1-ce00-000000000000",
  PowerBiService: "00000009-0000-0000-c000-000000000000",
};
