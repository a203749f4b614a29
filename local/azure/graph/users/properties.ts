import type { JsonObject } from "../../entra/records";

/** The properties of a user that Graph shows unless asked for others. */
export const defaultUserProperties = [
  "businessPhones",
  "displayName",
  "givenName",
  "jobTitle",
  "mail",
  "mobilePhone",
  "officeLocation",
  "preferredLanguage",
  "surname",
  "userPrincipalName",
  "id",
];

/** Texts, dates and flags that have no value unless somebody gave them one. */
const empty = [
  "ageGroup",
  "city",
  "companyName",
  "consentProvidedForMinor",
  "country",
  "createdDateTime",
  "creationType",
  "department",
  "employeeHireDate",
  "employeeId",
  "employeeLeaveDateTime",
  "employeeOrgData",
  "employeeType",
  "externalUserState",
  "externalUserStateChangeDateTime",
  "faxNumber",
  "isManagementRestricted",
  "isResourceAccount",
  "lastPasswordChangeDateTime",
  "legalAgeGroupClassification",
  "onPremisesDistinguishedName",
  "onPremisesDomainName",
  "onPremisesExtensionAttributes",
  "onPremisesImmutableId",
  "onPremisesLastSyncDateTime",
  "onPremisesSamAccountName",
  "onPremisesSecurityIdentifier",
  "onPremisesSyncEnabled",
  "onPremisesUserPrincipalName",
  "passwordPolicies",
  "passwordProfile",
  "postalCode",
  "preferredDataLocation",
  "securityIdentifier",
  "showInAddressList",
  "signInSessionsValidFromDateTime",
  "state",
  "streetAddress",
  "usageLocation",
];

const lists = [
  "assignedLicenses",
  "assignedPlans",
  "identities",
  "imAddresses",
  "licenseAssignmentStates",
  "onPremisesProvisioningErrors",
  "otherMails",
  "provisionedPlans",
  "proxyAddresses",
  "serviceProvisioningErrors",
];

/** What a user has where nothing was said. */
export const userDefaults: JsonObject = Object.fromEntries([
  ...empty.map((name) => [name, null] as const),
  ...lists.map((name) => [name, []] as const),
]);

/** What stands in other services than the directory. */
export const lackingUserProperties = [
  "aboutMe",
  "birthday",
  "customSecurityAttributes",
  "deviceEnrollmentLimit",
  "hireDate",
  "interests",
  "mailboxSettings",
  "mySite",
  "pastProjects",
  "preferredName",
  "print",
  "responsibilities",
  "schools",
  "signInActivity",
  "skills",
];

/** Every property of the directory's. */
export const knownUserProperties = [
  ...defaultUserProperties,
  ...empty,
  ...lists,
  "accountEnabled",
  "deletedDateTime",
  "mailNickname",
  "userType",
];

const notFilterable = [
  "employeeLeaveDateTime",
  "isManagementRestricted",
  "isResourceAccount",
  "lastPasswordChangeDateTime",
  "licenseAssignmentStates",
  "onPremisesDistinguishedName",
  "onPremisesDomainName",
  "onPremisesExtensionAttributes",
  "onPremisesUserPrincipalName",
  "passwordProfile",
  "showInAddressList",
  "signInSessionsValidFromDateTime",
];

export const filterableUserProperties = knownUserProperties.filter((name) => !notFilterable.includes(name));

/** Those that Graph orders users by: texts, but for what only its search index orders. */
export const sortableUserProperties = [
  "city",
  "companyName",
  "country",
  "department",
  "displayName",
  "employeeId",
  "givenName",
  "jobTitle",
  "mail",
  "officeLocation",
  "surname",
  "userPrincipalName",
];
