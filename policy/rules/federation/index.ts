import { federationAudience } from "./audience";
import { federationFlexible } from "./flexible";
import { federationGitHubOwner } from "./gitHubOwner";
import { federationGitHubSubject } from "./gitHubSubject";
import { federationIssuer } from "./issuer";
import { federationLimits } from "./limits";
import { federationSubject } from "./subject";

export const federationRules = [
  federationIssuer,
  federationSubject,
  federationGitHubSubject,
  federationGitHubOwner,
  federationAudience,
  federationFlexible,
  federationLimits,
];
