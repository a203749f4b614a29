import { roleAssignableScopes } from "./assignableScopes";
import { roleGrantsNoRights } from "./grantsNoRights";
import { preferBuiltInRole } from "./preferBuiltIn";
import { roleWildcardActions } from "./wildcardActions";
import { roleWildcardDataActions } from "./wildcardDataActions";

export const roleDefinitionRules = [
  roleWildcardActions,
  roleGrantsNoRights,
  roleWildcardDataActions,
  preferBuiltInRole,
  roleAssignableScopes,
];
