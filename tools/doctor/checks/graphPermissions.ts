import { appRoleId, MICROSOFT_GRAPH_CLIENT_ID } from "../../../components/graph/permissions";
import { directoryRoles, type DirectoryRole } from "../rights/right";
import type { GraphPermission } from "../rights/rightsList";
import type { Finding } from "./finding";
import type { Patient } from "./patient";

/** A guest's and a member's own entry in a token: every person of the tenant has it. */
const MEMBER = "b79fbf4d-3ef9-4689-8143-76b194e85509";

/** Whether the token for Graph carries the permissions; a person's carries directory roles instead. */
export function checkGraphPermissions(patient: Patient): Finding[] {
  return patient.rights.graph.map((needed) => {
    const { permission: subject, operations, neededBy } = needed;
    return { check: "graphPermission", subject, operations, neededBy, ...judged(needed, patient) };
  });
}

function judged(needed: GraphPermission, patient: Patient): Pick<Finding, "result" | "detail" | "remedy"> {
  const { directory } = patient;
  const held = [needed.permission, ...needed.orInstead].find((permission) => directory.roles.includes(permission));
  if (held !== undefined) {
    return { result: "passed", ...(held !== needed.permission && { detail: `by ${held}` }) };
  }
  const role = needed.directoryRoles.find((name) => directory.wids.includes(directoryRoles[name as DirectoryRole]));
  if (role !== undefined) return { result: "passed", detail: `by the directory role ${role}` };
  if (!directory.isPerson) return { result: "failed", detail: "missing", remedy: remedy(needed, directory.appid) };
  const roles = needed.directoryRoles.join(", ");
  return directory.wids.includes(MEMBER) && needed.directoryRoles.includes("Application Developer")
    ? {
        result: "unknown",
        detail: "no directory role",
        remedy: `The tenant may let every member register applications. If not, hold one of the directory roles ${roles}.`,
      }
    : { result: "failed", detail: "no directory role", remedy: `Hold one of the directory roles ${roles}.` };
}

const remedy = ({ permission }: GraphPermission, clientId: string): string =>
  `az ad app permission add --id ${clientId} --api ${MICROSOFT_GRAPH_CLIENT_ID} --api-permissions ${appRoleId(permission)}=Role, then an administrator: az ad app permission admin-consent --id ${clientId}`;
