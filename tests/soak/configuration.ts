import { identities, subscription, tenant } from "../../local/azure/landingZone/layout";
import { rotationSchedule } from "../../components/identity/rotationSchedule";

export const lakeRoles = ["Storage Blob Data Contributor", "Storage Blob Data Reader"] as const;
export const permissions = ["User.Read.All", "Group.Read.All"] as const;

/** A daemon as the stack's settings have it. */
export interface DaemonSettings {
  readonly name: string;
  readonly rotation: { readonly startsAt: string; readonly everyDays: number; readonly overlapDays: number };
  readonly rotateNow?: string;
  readonly role: (typeof lakeRoles)[number];
  readonly permissions: readonly string[];
}

/** The stack's settings, as text of its file. */
export const settingsText = (asOf: string, daemons: readonly DaemonSettings[]): string =>
  JSON.stringify({
    config: {
      "azure-native:subscriptionId": subscription.id,
      "azure-native:tenantId": tenant.id,
      "azuread:tenantId": tenant.id,
      "azure-daemon-access:asOf": asOf,
      "azure-daemon-access:location": "westeurope",
      "azure-daemon-access:resourceGroupName": "rg-daemons",
      "azure-daemon-access:tags": { owner: "soak" },
      "azure-daemon-access:vault": { allowedIpRanges: ["203.0.113.0/24"] },
      "azure-daemon-access:lake": { allowedIpRanges: ["203.0.113.0/24"] },
      "azure-daemon-access:readers": [{ objectId: identities.consumer.objectId }],
      "azure-daemon-access:daemons": daemons.map(({ name, rotation, rotateNow, role, permissions: asked }) => ({
        name,
        secret: { rotation, ...(rotateNow !== undefined && { rotateNow }) },
        graph: { permissions: asked },
        lake: { fileSystem: name, role },
      })),
    },
  });

/**
 * All that a run at a moment declares, as text: the program reads the clock for the secrets' schedules alone, so two
 * moments with the same text have the same resources, and a run at the second has nothing to do.
 */
export const declared = (asOf: string, daemons: readonly DaemonSettings[]): string =>
  JSON.stringify(
    daemons.map((daemon) => ({ ...daemon, schedule: rotationSchedule(daemon.rotation, asOf, daemon.rotateNow) })),
  );
