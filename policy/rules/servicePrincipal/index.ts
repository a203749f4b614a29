import { servicePrincipalAdoption } from "./adoption";
import { servicePrincipalAssignmentRequired } from "./assignmentRequired";
import { noPrivilegedDirectoryRole } from "./directoryRole";
import { servicePrincipalNoCredentials } from "./noCredentials";

export const servicePrincipalRules = [
  servicePrincipalAdoption,
  servicePrincipalAssignmentRequired,
  servicePrincipalNoCredentials,
  noPrivilegedDirectoryRole,
];
