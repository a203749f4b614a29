import { GROUP_ID, guidOf, TENANT_ID } from "../../support/azureMocks";

export const STACK = "organization/azure-daemon-access/dev";
export const VAULT_ID = `${GROUP_ID}/providers/Microsoft.KeyVault/vaults/kv-daemons`;
export const VAULT_URI = "https://kv-daemons.vault.azure.net/";

const consentUrl = `https://login.microsoftonline.com/${TENANT_ID}/adminconsent?client_id=${guidOf("loader's client")}`;

/** Two daemons: one with everything, and one with nothing that can be left out. */
export const ownersOutputs: Readonly<Record<string, unknown>> = {
  contractVersion: 1,
  vaultId: VAULT_ID,
  vaultName: "kv-daemons",
  vaultUri: VAULT_URI,
  lakeUrl: "https://stdaemons.dfs.core.windows.net/",
  daemons: ["forecast-loader", "report-mailer"],
  "forecast-loader.clientId": guidOf("loader's client"),
  "forecast-loader.objectId": guidOf("loader"),
  "forecast-loader.tenantId": TENANT_ID,
  "forecast-loader.secretUri": `${VAULT_URI}secrets/forecast-loader-credential`,
  "forecast-loader.secretUri.client-secret": `${VAULT_URI}secrets/forecast-loader-client-secret`,
  "forecast-loader.expiresOn": "2026-04-15T00:00:00Z",
  "forecast-loader.generation": 0,
  "forecast-loader.nextRotation": "2026-04-01T00:00:00Z",
  "forecast-loader.consent": "grant",
  "forecast-loader.adminConsentUrl": consentUrl,
  "forecast-loader.permissions": ["User.Read.All"],
  "report-mailer.clientId": guidOf("mailer's client"),
  "report-mailer.objectId": guidOf("mailer"),
  "report-mailer.tenantId": TENANT_ID,
  "report-mailer.secretUri": `${VAULT_URI}secrets/report-mailer-credential`,
  "report-mailer.expiresOn": "2027-01-01T00:00:00Z",
  "report-mailer.generation": 3,
};

/** The loader as it is read. */
export const loader = {
  clientId: guidOf("loader's client"),
  objectId: guidOf("loader"),
  tenantId: TENANT_ID,
  secretUris: {
    credential: `${VAULT_URI}secrets/forecast-loader-credential`,
    "client-secret": `${VAULT_URI}secrets/forecast-loader-client-secret`,
  },
  expiresOn: "2026-04-15T00:00:00Z",
  generation: 0,
  nextRotation: "2026-04-01T00:00:00Z",
  consent: "grant",
  adminConsentUrl: consentUrl,
  permissions: ["User.Read.All"],
};

/** The mailer as it is read. */
export const mailer = {
  clientId: guidOf("mailer's client"),
  objectId: guidOf("mailer"),
  tenantId: TENANT_ID,
  secretUris: { credential: `${VAULT_URI}secrets/report-mailer-credential` },
  expiresOn: "2027-01-01T00:00:00Z",
  generation: 3,
  permissions: [],
};
