import { blobService, storageAccount } from "../../rule/resourceTypes";
import { stackRule } from "../../rule/rule";

export const storageBlobSoftDelete = stackRule({
  name: "storage-blob-soft-delete",
  what: "A storage account keeps deleted blobs for a while",
  why: "Otherwise a daemon that deletes the wrong files deletes them permanently.",
  fix: "declare storage.BlobServiceProperties for the account with deleteRetentionPolicy { enabled: true, days: 7 }",
  setting: "lake.softDeleteDays",
  source: ["CKV2_AZURE_38", "AZU-0056"],
  severity: "low",
  level: "advisory",
  check(stack) {
    const keeping = stack
      .resources(blobService)
      .filter((service) => service.flag("deleteRetentionPolicy.enabled") === true)
      .flatMap((service) => service.sources("accountName", storageAccount))
      .map(({ urn }) => urn);
    for (const account of stack.resources(storageAccount))
      if (!keeping.includes(account.urn)) account.report("no BlobServiceProperties keep its deleted blobs");
  },
});
