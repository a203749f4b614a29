/** Who issues the tokens that daemons elsewhere are trusted by. `*` stands for any characters. */
export const wellKnownIssuers: readonly string[] = [
  "https://token.actions.githubusercontent.com",
  "https://*.oic.prod-aks.azure.com/*",
  "https://vstoken.dev.azure.com/*",
  "https://login.microsoftonline.com/*/v2.0",
  "https://accounts.google.com",
  "https://cognito-identity.amazonaws.com",
];

export const gitHubIssuer = "https://token.actions.githubusercontent.com";

/** What Microsoft Entra ID expects as the audience of a token it exchanges. */
export const exchangeAudience = "api://AzureADTokenExchange";
