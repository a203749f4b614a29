import type { Credential } from "../../../tools/verify/credential";
import type { Failure } from "../../../tools/verify/failure";

const tenantId = "3d5f1c7a-2b64-4e0f-9a18-6c0e5b7d9f21";
const clientId = "5f0d3c1e-9a27-4b86-8e14-d07c2a6b9f35";

export const adminConsentUrl = `https://login.microsoftonline.com/${tenantId}/adminconsent?client_id=${clientId}`;

/** A credential with everything that a daemon can have. */
export const credential = {
  version: 1,
  daemon: "forecast-loader",
  tenantId,
  clientId,
  clientSecret: "kX8~not-a-real-secret-0123456789",
  authority: `https://login.microsoftonline.com/${tenantId}`,
  notBefore: "2026-01-01T00:00:00Z",
  expiresOn: "2026-04-15T00:00:00Z",
  generation: 0,
  graph: {
    endpoint: "https://graph.microsoft.com/v1.0",
    permissions: ["User.Read.All"],
    consent: "grant",
    adminConsentUrl,
  },
  lake: {
    url: "https://stdaemons.dfs.core.windows.net/",
    fileSystem: "forecasts",
    role: "Storage Blob Data Contributor",
  },
  machineLearning: {
    workspaceId:
      "/subscriptions/8e1b0a4c-7d39-4c52-b6f3-2f9d1e5a7c60/resourceGroups/rg-ml/providers/Microsoft.MachineLearningServices/workspaces/mlw-forecast",
    role: "AzureML Data Scientist",
  },
} satisfies Credential;

/** A failure of which only the code matters. */
export const failure = (code: string, status?: number): Failure => ({
  code,
  message: "The service's own words.",
  ...(status === undefined ? {} : { status }),
});
