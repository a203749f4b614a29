import { z } from "zod";
import type { ArmContext } from "../arm/resourceProvider";
import { empty, json } from "../http/message";
import type { Router } from "../http/router";
import { parseBody } from "./accountInput";
import type { AccountRecord } from "./accountRecord";
import type { Accounts } from "./accounts";
import { blobServiceBody, checkBlobService } from "./blobServiceInput";
import { isFileSystemName, type FileSystemRecord } from "./fileSystems";
import {
  containerBeingDeleted,
  containerNameInvalid,
  containerNotFound,
  publicAccessNotPermitted,
} from "./managementErrors";

const service =
  "/subscriptions/:subscription/resourceGroups/:group/providers/Microsoft.Storage/storageAccounts/:account/blobServices";
const containerBody = z.object({
  properties: z
    .object({
      publicAccess: z.enum(["None", "Blob", "Container"]).nullish(),
      metadata: z.record(z.string(), z.string()).nullish(),
    })
    .nullish(),
});

/** Containers, which are the lake's file systems, and the blob service's settings through ARM. */
export function addContainerRoutes(router: Router<ArmContext>, accounts: Accounts): void {
  router
    .on("PUT", `${service}/default/containers/:container`, (request, { account = "", container = "" }, context) => {
      const owner = accounts.inGroup(account, context.resourceGroup);
      if (!isFileSystemName(container)) {
        throw containerNameInvalid(container);
      }
      const input = containerInput(owner, parseBody(containerBody, request));
      const fileSystems = accounts.fileSystemsOf(owner);
      if (fileSystems.isBeingDeleted(container)) {
        throw containerBeingDeleted();
      }
      const present = fileSystems.get(container);
      return present === undefined
        ? json(201, view(owner, fileSystems.create(container, input)))
        : json(200, view(owner, fileSystems.change(present, input)));
    })
    .on("GET", `${service}/default/containers/:container`, (_request, { account = "", container = "" }, context) => {
      const owner = accounts.inGroup(account, context.resourceGroup);
      return json(200, view(owner, existing(accounts, owner, container)));
    })
    .on("PATCH", `${service}/default/containers/:container`, (request, { account = "", container = "" }, context) => {
      const owner = accounts.inGroup(account, context.resourceGroup);
      const present = existing(accounts, owner, container);
      const input = containerInput(owner, parseBody(containerBody, request));
      return json(200, view(owner, accounts.fileSystemsOf(owner).change(present, input)));
    })
    .on("DELETE", `${service}/default/containers/:container`, (_request, { account = "", container = "" }, context) => {
      const fileSystems = accounts.fileSystemsOf(accounts.inGroup(account, context.resourceGroup));
      const present = fileSystems.get(container);
      if (present === undefined) {
        return empty(204);
      }
      fileSystems.delete(present);
      return empty(200);
    })
    .on("GET", `${service}/default/containers`, (_request, { account = "" }, context) => {
      const owner = accounts.inGroup(account, context.resourceGroup);
      return json(200, {
        value: accounts
          .fileSystemsOf(owner)
          .all()
          .map((container) => view(owner, container)),
      });
    })
    .on("GET", `${service}/default`, (_request, { account = "" }, context) => {
      return json(200, blobServiceView(accounts.inGroup(account, context.resourceGroup)));
    })
    .on("PUT", `${service}/default`, (request, { account = "" }, context) => {
      const owner = accounts.inGroup(account, context.resourceGroup);
      const settings = parseBody(blobServiceBody, request).properties ?? {};
      checkBlobService(owner, settings);
      const changed = { ...owner, blobService: settings };
      accounts.save(changed);
      return json(200, blobServiceView(changed));
    })
    .on("GET", service, (_request, { account = "" }, context) => {
      return json(200, { value: [blobServiceView(accounts.inGroup(account, context.resourceGroup))] });
    });
}

function containerInput(
  { properties }: AccountRecord,
  body: z.infer<typeof containerBody>,
): Partial<Pick<FileSystemRecord, "metadata" | "publicAccess">> {
  const publicAccess = body.properties?.publicAccess;
  const metadata = body.properties?.metadata;
  if (publicAccess != null && publicAccess !== "None" && !properties.allowBlobPublicAccess) {
    throw publicAccessNotPermitted();
  }
  return { ...(publicAccess == null ? {} : { publicAccess }), ...(metadata == null ? {} : { metadata }) };
}

function existing(accounts: Accounts, account: AccountRecord, name: string): FileSystemRecord {
  const container = accounts.fileSystemsOf(account).get(name);
  if (container === undefined) {
    throw containerNotFound();
  }
  return container;
}

function view(account: AccountRecord, { name, etag, publicAccess, lastModified, metadata }: FileSystemRecord): object {
  return {
    id: `${account.id}/blobServices/default/containers/${name}`,
    name,
    type: "Microsoft.Storage/storageAccounts/blobServices/containers",
    etag,
    properties: {
      deleted: false,
      remainingRetentionDays: 0,
      defaultEncryptionScope: "$account-encryption-key",
      denyEncryptionScopeOverride: false,
      publicAccess,
      leaseStatus: "Unlocked",
      leaseState: "Available",
      lastModifiedTime: lastModified,
      hasImmutabilityPolicy: false,
      hasLegalHold: false,
      ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
    },
  };
}

function blobServiceView(account: AccountRecord): object {
  return {
    sku: { name: account.sku, tier: account.sku.startsWith("Premium") ? "Premium" : "Standard" },
    id: `${account.id}/blobServices/default`,
    name: "default",
    type: "Microsoft.Storage/storageAccounts/blobServices",
    properties: {
      cors: { corsRules: [] },
      deleteRetentionPolicy: { allowPermanentDelete: false, enabled: false },
      ...account.blobService,
    },
  };
}
