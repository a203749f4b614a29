import { identities } from "../../../local/azure/landingZone/layout";

export const applicationType = "azuread:index/application:Application";
export const passwordType = "azuread:index/applicationPassword:ApplicationPassword";
export const grantType = "azuread:index/appRoleAssignment:AppRoleAssignment";
export const callerId = identities.administrator.objectId;
export const graphScope = "https://graph.microsoft.com/.default";
export const secretOf = (value: string): unknown => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});
export const graphError = (code: string, message: string): unknown => ({ error: { code, message } });
