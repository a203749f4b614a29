import type { ProviderRule, Waits } from "../rest/retryRule";

const seconds = 1000;
const transient = [408, 429, 500, 502, 503, 504];
const headers: Waits["headers"] = ["retry-after-ms", "x-ms-retry-after-ms", "retry-after"];
const common = {
  headers,
  reads: "numbers and dates above nothing",
  growth: "doubling plus first",
  refusesLonger: true,
} as const;
const azcore = "Azure/azure-sdk-for-go sdk/azcore";

/** Resource Manager, by azure-native's settings of the Azure SDK for Go. */
export const resourceManagerRule: ProviderRule = {
  provider: "azure-native",
  calls: "every call of Resource Manager, a poll too",
  statuses: transient,
  answers: [{ status: 409, code: "AnotherOperationInProgress" }],
  unanswered: "every request",
  attempts: 4,
  waits: { ...common, first: 20 * seconds, longest: 120 * seconds },
  source: "pulumi/pulumi-azure-native provider/pkg/azure/client_azcore.go",
};

/** Key Vault's data plane: the SDK's own client, as it comes. */
export const vaultRule: ProviderRule = {
  provider: "azure-native",
  calls: "the deletion of a vault's secret",
  statuses: transient,
  unanswered: "every request",
  attempts: 4,
  waits: { ...common, first: 0.8 * seconds, longest: 60 * seconds },
  source: `pulumi/pulumi-azure-native provider/pkg/resources/customresources/custom_keyvault.go; ${azcore}/runtime/policy_retry.go`,
};

/** The sign-in, which the SDK never repeats as a part of the call that needs the token. */
export const signInRule: ProviderRule = {
  ...vaultRule,
  calls: "the sign-in",
  source: `Azure/azure-sdk-for-go sdk/azidentity/confidential_client.go; ${azcore}/runtime/policy_retry.go`,
};

/** How often a long-running operation is looked at where its answers state no time, in milliseconds. */
export const polling = {
  PUT: 10 * seconds,
  DELETE: 30 * seconds,
  source: "pulumi/pulumi-azure-native provider/pkg/azure/client_azcore.go",
} as const;

/** A resource provider that the subscription has not registered is registered, and the call sent again. */
export const registration = {
  codes: [
    "MissingSubscriptionRegistration",
    "MissingRegistrationForResourceProvider",
    "Subscription Not Registered",
    "SubscriptionNotRegistered",
  ],
  /** How often the call is sent in all. */
  attempts: 3,
  /** Between two looks at the registration, milliseconds. */
  interval: 15 * seconds,
  /** How long one registration may take, milliseconds. */
  patience: 300 * seconds,
  source: `${azcore}/arm/runtime/policy_register_rp.go`,
} as const;
