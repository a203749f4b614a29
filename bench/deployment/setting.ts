import { identities, location, resourceGroups, workspaceId } from "../../local/azure/landingZone/layout";

/** What both programs deploy into, and with which values. */
export const landing = {
  resourceGroupName: resourceGroups.daemons,
  location,
  workspaceId,
  readerObjectId: identities.consumer.objectId,
} as const;

/** Where this machine seems to come from: without it the vault would refuse to have its secrets deleted. */
export const allowedIpRange = "203.0.113.0/24";

export const fileSystem = "shared";
export const endDate = "2099-01-01T00:00:00Z";
export const graphPermission = "User.Read.All";

export const daemonName = (index: number): string => `daemon-${String(index).padStart(3, "0")}`;
