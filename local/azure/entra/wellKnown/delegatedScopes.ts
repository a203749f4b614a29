import type { JsonObject } from "../records";

/** Microsoft Graph's delegated permissions that local Azure knows: name and ID. */
export const graphScopeIds: Readonly<Record<string, string>> = {
  "Calendars.Read": "465a38f9-76ea-45b9-9f34-9e8b0d4b0b42",
  "Directory.Read.All": "06da0dbc-49e2-44d2-8312-53f166ab848a",
  email: "64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0",
  "Files.Read": "10465720-29dd-4523-a11a-6a75c743c9d9",
  "Group.Read.All": "5f8c59db-677d-491f-a6b8-5f174b11ec1d",
  "Mail.Read": "570282fd-fa5c-430d-a7fd-fc8dc98a9dca",
  "Mail.Send": "e383f46e-2787-4529-855e-0e479a3ffac0",
  offline_access: "7427e0e9-2fba-42fe-b0c0-848c9e6a8182",
  openid: "37f7f235-527c-4136-accd-4a02d197296e",
  profile: "14dad69e-099b-42c9-810b-d002981feec1",
  "User.Read": "e1fe6dd8-ba31-4d61-89e7-88639da4683d",
  "User.Read.All": "a154be20-db9c-4678-8ab7-66f6cc099a59",
  "User.ReadBasic.All": "b340eb25-3456-403f-be2f-af7a0d370277",
};

/** A delegated permission as the service principal of its API shows it. */
export const delegatedScope = (value: string, id: string): JsonObject => ({
  adminConsentDescription: `Lets an application act with ${value} for a signed-in user.`,
  adminConsentDisplayName: `${value}, for a signed-in user`,
  id,
  isEnabled: true,
  type: "User",
  userConsentDescription: null,
  userConsentDisplayName: null,
  value,
});
