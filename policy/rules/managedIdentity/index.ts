import { identityNameValid } from "./identityName";

export const managedIdentityRules = [identityNameValid];
