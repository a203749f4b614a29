import type { AppRole } from "../records";

/** Microsoft Graph's application permissions: name and app role ID. */
const permissions = {
  "Application.Read.All": "9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30",
  "Application.ReadWrite.All": "1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9",
  "Application.ReadWrite.OwnedBy": "18a4783c-866b-4cc7-a460-3d5e5662c884",
  "AppRoleAssignment.ReadWrite.All": "06b708a9-e830-4db3-a914-8e69da51d44f",
  "Directory.Read.All": "7ab1d382-f21e-4acd-a863-ba3e13f7da61",
  "Directory.ReadWrite.All": "19dbc75e-c2e2-444c-a770-ec69d8559fc7",
  "User.Read.All": "df021288-bdef-4463-88db-98f22de89214",
  "User.ReadBasic.All": "97235f07-e226-4f63-ace3-39588e11d3a1",
} as const;

export const graphAppRoles: readonly AppRole[] = Object.entries(permissions).map(([value, id]) => ({
  allowedMemberTypes: ["Application"],
  description: `Lets an application act with ${value} without a signed-in user.`,
  displayName: value,
  id,
  isEnabled: true,
  origin: "Application",
  value,
}));
