import type { CallRule, ProviderRule } from "../rest/retryRule";

const seconds = 1000;
const provider = "azuread";
const services = "hashicorp/terraform-provider-azuread internal/services";
const sdk = "hashicorp/go-azure-sdk sdk";

/**
 * How often a request is sent in an operation of some length: as often as the waits fit, each at its longest from the
 * seventh on. A moment of the time has passed when the first request leaves.
 */
function attemptsWithin(timeout: number): number {
  const left = Math.ceil(timeout / seconds) - 1;
  const repeats = left <= 63 ? Math.floor(Math.log2(left + 1)) - 1 : Math.trunc((left - 63) / 61) + 6;
  return repeats + 1;
}

export const graphRule: ProviderRule = {
  provider,
  calls: "every call of Microsoft Graph",
  statuses: [408, 424, 429, [500, 599]],
  butNot: [501],
  unanswered: "GET and HEAD",
  attempts: attemptsWithin,
  waits: {
    headers: ["retry-after"],
    reads: "whole seconds",
    first: 1 * seconds,
    growth: "doubling",
    longest: 61 * seconds,
    refusesLonger: false,
  },
  source: `${sdk}/client/client.go`,
};

export const signInRule: ProviderRule = {
  provider,
  calls: "the sign-in",
  statuses: [429, [500, 599]],
  butNot: [501],
  unanswered: "every request",
  attempts: 5,
  waits: { ...graphRule.waits, longest: 30 * seconds },
  source: `${sdk}/auth/client.go`,
};

export const newApplication: CallRule = {
  provider,
  calls: "the changes of an application right after its creation",
  answers: [
    { status: 404 },
    { status: 409 },
    { status: 400, message: /Permission \(scope or role\) cannot be deleted or updated unless disabled first/ },
  ],
  source: `${services}/applications/applications.go`,
};

export const newPrincipal: CallRule = {
  provider,
  calls: "the creation of a service principal",
  answers: [
    {
      status: 400,
      message: /The appId '.+' of the service principal does not reference a valid application object/,
    },
    {
      status: 403,
      message:
        /When using this permission, the backing application of the service principal being created must in the local tenant/,
    },
  ],
  source: `${services}/serviceprincipals/service_principal_resource.go`,
};

export const newGrant: CallRule = {
  provider,
  calls: "the creation of an app role assignment",
  answers: [{ status: 404 }, { status: 400, message: /Not a valid reference update/ }],
  source: `${services}/approleassignments/app_role_assignment_resource.go`,
};

export const callRules: readonly CallRule[] = [newApplication, newPrincipal, newGrant];

/** What is read, after a change, until it shows the change. Times are in milliseconds. */
export interface VisibilityRule {
  readonly calls: string;
  /** How many reads have to show it. */
  readonly reads: number;
  /** Whether a read that does not show it begins the count anew. */
  readonly inARow: boolean;
  /** The shortest wait between two reads. Waits double up to ten seconds until the first read shows it. */
  readonly shortest: number;
  /** How many reads in a row may miss it before the operation fails; undefined: any number. */
  readonly missing?: number;
  readonly source: string;
}

export const added: VisibilityRule = {
  calls: "a secret, a certificate or a federated credential after its creation",
  reads: 5,
  inARow: false,
  shortest: 1 * seconds,
  missing: 20,
  source: `${services}/applications/application_password_resource.go`,
};

export const removed: VisibilityRule = {
  calls: "an application, a service principal or a credential after its deletion",
  reads: 5,
  inARow: true,
  shortest: 5 * seconds,
  source: "hashicorp/terraform-provider-azuread internal/helpers/consistency/consistency.go",
};

export const disabled: VisibilityRule = {
  calls: "app roles and scopes after they are disabled",
  reads: 1,
  inARow: true,
  shortest: 1 * seconds,
  source: `${services}/applications/applications.go`,
};

export const longestBetweenReads = 10 * seconds;

export const visibilityRules: readonly VisibilityRule[] = [added, removed, disabled];
