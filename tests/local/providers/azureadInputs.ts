import { identities } from "../../../local/azure/landingZone/layout";
import { markedSecret } from "../../support/engineMarks";

export const applicationType = "azuread:index/application:Application";
export const passwordType = "azuread:index/applicationPassword:ApplicationPassword";
export const grantType = "azuread:index/appRoleAssignment:AppRoleAssignment";
export const callerId = identities.administrator.objectId;
export const graphScope = "https://graph.microsoft.com/.default";
export const secretOf = (value: string): unknown => markedSecret({ value });
export const graphError = (code: string, message: string): unknown => ({ error: { code, message } });
