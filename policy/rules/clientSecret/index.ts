import { clientSecretEndDate } from "./endDate";
import { clientSecretKeptInVault } from "./keptInVault";
import { clientSecretLifetime } from "./lifetime";
import { clientSecretNotBesideFederation } from "./notBesideFederation";
import { clientSecretNotExpired } from "./notExpired";
import { clientSecretNotInOutputs } from "./notInOutputs";
import { clientSecretPreferFederation } from "./preferFederation";
import { clientSecretRelativeEndDate } from "./relativeEndDate";
import { clientSecretReplacement } from "./replacement";
import { clientSecretRotation } from "./rotation";
import { clientSecretTwoAtMost } from "./twoAtMost";

export const clientSecretRules = [
  clientSecretEndDate,
  clientSecretRelativeEndDate,
  clientSecretLifetime,
  clientSecretNotExpired,
  clientSecretRotation,
  clientSecretPreferFederation,
  clientSecretReplacement,
  clientSecretTwoAtMost,
  clientSecretNotBesideFederation,
  clientSecretKeptInVault,
  clientSecretNotInOutputs,
];
