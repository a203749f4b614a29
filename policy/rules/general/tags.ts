import {
  lakeStoreAccount,
  storageAccount,
  userAssignedIdentity,
  vault,
  vaultSecret,
  workspace,
} from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { texts } from "../../rule/settings";

const settings = { tags: texts([], "Names of the tags that every resource must have. Default: none.") };

export const requiredTags = rule({
  name: "resource-has-required-tags",
  on: [vault, vaultSecret, storageAccount, workspace, lakeStoreAccount, userAssignedIdentity],
  what: "A resource has the tags that the team requires",
  why: "Owner, cost and end of a resource are found by them.",
  fix: "add the missing tags",
  source: ["MCSB AM-1"],
  severity: "low",
  level: "mandatory",
  settings,
  check(resource, report, { tags }) {
    if (tags.length === 0 || resource.pending("tags")) return;
    const given = resource.keys("tags");
    const missing = tags.filter((tag) => !given.includes(tag));
    if (missing.length > 0) report(`tags lacks ${missing.join(", ")}`);
  },
});
