import { z } from "zod";
import type { AccountRecord } from "./accountRecord";
import { invalidValue, notWithHierarchicalNamespace } from "./managementErrors";

const retention = z
  .object({
    enabled: z.boolean().nullish(),
    days: z.number().int().nullish(),
    allowPermanentDelete: z.boolean().nullish(),
  })
  .nullish();

export const blobServiceBody = z.object({
  properties: z
    .object({
      isVersioningEnabled: z.boolean().nullish(),
      changeFeed: z.object({ enabled: z.boolean().nullish() }).catchall(z.unknown()).nullish(),
      restorePolicy: z.object({ enabled: z.boolean() }).catchall(z.unknown()).nullish(),
      deleteRetentionPolicy: retention,
      containerDeleteRetentionPolicy: retention,
    })
    .catchall(z.unknown())
    .nullish(),
});

export type BlobServiceSettings = NonNullable<z.output<typeof blobServiceBody>["properties"]>;

const longestRetention = 365;

/** What a lake can't have, and how long what is deleted can be kept. @throws ServiceError */
export function checkBlobService({ properties }: AccountRecord, settings: BlobServiceSettings): void {
  if (properties.isHnsEnabled === true) {
    if (settings.isVersioningEnabled === true) {
      throw notWithHierarchicalNamespace("Blob versioning");
    }
    if (settings.changeFeed?.enabled === true) {
      throw notWithHierarchicalNamespace("Change feed");
    }
    if (settings.restorePolicy?.enabled === true) {
      throw notWithHierarchicalNamespace("Point-in-time restore");
    }
  }
  for (const name of ["deleteRetentionPolicy", "containerDeleteRetentionPolicy"] as const) {
    const policy = settings[name];
    const days = policy?.days;
    if (policy?.enabled === true && (days == null || days < 1 || days > longestRetention)) {
      throw invalidValue(`${name}.days`, `It must be between 1 and ${longestRetention} where the policy is enabled.`);
    }
    if (policy?.enabled !== true && days != null) {
      throw invalidValue(`${name}.days`, "It can be set only where the policy is enabled.");
    }
  }
}
