import { grantNotDangerous } from "./dangerous";
import { grantDeclared } from "./declared";
import { grantGraphOnly } from "./graphOnly";
import { grantNarrowerUsers } from "./narrowerUsers";
import { grantPermitted } from "./permitted";
import { grantReason } from "./reason";

export const grantRules = [
  grantNotDangerous,
  grantPermitted,
  grantNarrowerUsers,
  grantDeclared,
  grantReason,
  grantGraphOnly,
];
