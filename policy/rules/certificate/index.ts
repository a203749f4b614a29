import { certificateKeyStrength } from "./keyStrength";
import { certificateLifetime } from "./lifetime";
import { certificatePublicOnly } from "./publicOnly";
import { certificateRelativeEndDate } from "./relativeEndDate";

export const certificateRules = [
  certificateLifetime,
  certificateRelativeEndDate,
  certificatePublicOnly,
  certificateKeyStrength,
];
