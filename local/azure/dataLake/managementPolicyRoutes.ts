import { z } from "zod";
import type { ArmContext } from "../arm/resourceProvider";
import type { Cloud } from "../cloud";
import { empty, json } from "../http/message";
import type { Router } from "../http/router";
import type { Collection } from "../store/store";
import { parseBody, tierOf } from "./accountInput";
import type { AccountRecord } from "./accountRecord";
import type { Accounts } from "./accounts";
import { invalidValue, managementPolicyNotFound } from "./managementErrors";

const path =
  "/subscriptions/:subscription/resourceGroups/:group/providers/Microsoft.Storage/storageAccounts/:account/managementPolicies";

/** Azure's limits for one account, and for one rule. */
const ruleLimit = 100;
const prefixLimit = 10;

const after = z
  .strictObject({
    daysAfterModificationGreaterThan: z.number().min(0).nullish(),
    daysAfterCreationGreaterThan: z.number().min(0).nullish(),
    daysAfterLastAccessTimeGreaterThan: z.number().min(0).nullish(),
    daysAfterLastTierChangeGreaterThan: z.number().min(0).nullish(),
  })
  .nullish();
const actions = z
  .strictObject({ tierToCool: after, tierToCold: after, tierToHot: after, tierToArchive: after, delete: after })
  .extend({ enableAutoTierToHotFromCool: z.boolean().nullish() });
const ruleSchema = z.strictObject({
  name: z.string().regex(/^[a-zA-Z0-9]{1,256}$/, "A rule's name has 1 to 256 letters and digits"),
  enabled: z.boolean().nullish(),
  type: z.literal("Lifecycle"),
  definition: z.strictObject({
    actions: z.strictObject({ baseBlob: actions.nullish(), snapshot: actions.nullish(), version: actions.nullish() }),
    filters: z
      .strictObject({
        blobTypes: z.array(z.enum(["blockBlob", "appendBlob"])).min(1),
        prefixMatch: z.array(z.string()).max(prefixLimit).nullish(),
        blobIndexMatch: z.array(z.unknown()).nullish(),
      })
      .nullish(),
  }),
});
const bodySchema = z.object({
  properties: z.object({ policy: z.strictObject({ rules: z.array(ruleSchema).min(1).max(ruleLimit) }) }),
});

type Rule = z.output<typeof ruleSchema>;

/** The one policy that an account can have. Its rules are kept and shown; local Azure does not carry them out. */
interface Policy {
  readonly rules: readonly Rule[];
  readonly lastModifiedTime: string;
}

/** Lifecycle rules through ARM. */
export function addManagementPolicyRoutes(router: Router<ArmContext>, accounts: Accounts, cloud: Cloud): void {
  const policies: Collection<Policy> = cloud.store.collection("storageAccounts.managementPolicies");

  router
    .on("PUT", `${path}/default`, (request, { account = "" }, context) => {
      const owner = accounts.inGroup(account, context.resourceGroup);
      const { rules } = parseBody(bodySchema, request).properties.policy;
      checkRules(rules, owner);
      const policy = { rules, lastModifiedTime: cloud.clock.now().toISOString() };
      policies.set(owner.id.toLowerCase(), policy);
      return json(200, view(owner, policy));
    })
    .on("GET", `${path}/default`, (_request, { account = "" }, context) => {
      const owner = accounts.inGroup(account, context.resourceGroup);
      const policy = policies.get(owner.id.toLowerCase());
      if (policy === undefined) {
        throw managementPolicyNotFound(owner.name);
      }
      return json(200, view(owner, policy));
    })
    .on("DELETE", `${path}/default`, (_request, { account = "" }, context) => {
      const owner = accounts.inGroup(account, context.resourceGroup);
      return policies.delete(owner.id.toLowerCase()) ? empty(200) : empty(204);
    });
}

/** @throws ServiceError */
function checkRules(rules: readonly Rule[], account: AccountRecord): void {
  const names = rules.map(({ name }) => name.toLowerCase());
  if (new Set(names).size !== names.length) {
    throw invalidValue("policy.rules", "Each rule must have a name of its own.");
  }
  for (const { name, definition } of rules) {
    const { baseBlob, snapshot, version } = definition.actions;
    if (
      [baseBlob, snapshot, version].every((target) => Object.values(target ?? {}).every((action) => action == null))
    ) {
      throw invalidValue(`policy.rules.${name}.definition.actions`, "A rule must have one action or more.");
    }
    if (version != null && account.properties.isHnsEnabled === true) {
      throw invalidValue(
        `policy.rules.${name}.definition.actions.version`,
        "An account with a hierarchical namespace has no versions.",
      );
    }
    if (baseBlob?.tierToArchive != null && (account.sku.includes("ZRS") || tierOf(account.sku) === "Premium")) {
      throw invalidValue(
        `policy.rules.${name}.definition.actions.baseBlob.tierToArchive`,
        `The archive tier is not available in an account of ${account.sku}.`,
      );
    }
    const blobTypes = definition.filters?.blobTypes ?? [];
    const tiers = [baseBlob?.tierToCool, baseBlob?.tierToCold, baseBlob?.tierToArchive];
    if (blobTypes.includes("appendBlob") && tiers.some((tier) => tier != null)) {
      throw invalidValue(`policy.rules.${name}.definition.filters.blobTypes`, "Append blobs can only be deleted.");
    }
  }
}

const view = (account: AccountRecord, { rules, lastModifiedTime }: Policy): object => ({
  id: `${account.id}/managementPolicies/default`,
  name: "DefaultManagementPolicy",
  type: "Microsoft.Storage/storageAccounts/managementPolicies",
  properties: { lastModifiedTime, policy: { rules } },
});
