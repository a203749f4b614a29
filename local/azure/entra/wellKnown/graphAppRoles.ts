import type { AppRole } from "../records";
import { graphPermissionIds } from "./graphPermissions";

/** The app roles that Microsoft Graph offers to applications. */
export const graphAppRoles: readonly AppRole[] = Object.entries(graphPermissionIds).map(([value, id]) => ({
  allowedMemberTypes: ["Application"],
  description: `Lets an application act with ${value} without a signed-in user.`,
  displayName: `${value}, without a signed-in user`,
  id,
  isEnabled: true,
  origin: "Application",
  value,
}));
