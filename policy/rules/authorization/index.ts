import { assignmentName } from "./assignmentName";
import { conditionVersion } from "./conditionVersion";
import { contributorScope } from "./contributorScope";
import { noGrantingRole } from "./grantingRole";
import { noKeyHoldingRole } from "./keyHoldingRole";
import { narrowScope } from "./narrowScope";
import { noPeople } from "./noPeople";
import { oneLakeRole } from "./oneLakeRole";
import { permittedRoles } from "./permittedRoles";
import { principalIsObject } from "./principalIsObject";
import { principalTypeStated } from "./principalType";
import { privilegedRoleScope } from "./privilegedRoleScope";

export const authorizationRules = [
  privilegedRoleScope,
  noGrantingRole,
  contributorScope,
  permittedRoles,
  principalTypeStated,
  narrowScope,
  conditionVersion,
  assignmentName,
  principalIsObject,
  noPeople,
  noKeyHoldingRole,
  oneLakeRole,
];
