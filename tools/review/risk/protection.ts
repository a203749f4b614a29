import { blobService, vault } from "../../../policy/rule/resourceTypes";
import { typeName } from "../../engine/types";
import { isOf, type Resource } from "../estate/resource";
import { pairsIn, type Pair, type Risk, type RiskContext } from "./risk";

const lock = /^azure-native(_[a-z0-9]+_v\w+)?:authorization(\/v\w+)?:ManagementLock/;

/** What keeps things from being deleted for good, and gets weaker. */
export function protectionRisks({ estates }: RiskContext): Risk[] {
  const staying = new Set(estates.after.resources.map(({ urn }) => urn));
  const locks = estates.before.resources.filter(({ type, urn }) => lock.test(type) && !staying.has(urn));
  return [
    ...locks.map((each) => removed(each, "The lock is deleted: what it holds can be deleted from then on.")),
    ...pairsIn(estates).flatMap((pair) => [...pulumiProtection(pair), ...azureProtection(pair)]),
  ];
}

const removed = ({ name }: Resource, text: string): Risk => ({
  kind: "protection-removed",
  severity: "high",
  subject: name,
  text: `${name}: ${text}`,
});

function pulumiProtection([before, after]: Pair): Risk[] {
  const type = typeName(before.type);
  return [
    ...(before.isProtected && !after.isProtected
      ? [removed(before, `${type} is no longer protected: Pulumi may delete it from then on.`)]
      : []),
    ...(before.isRetained && !after.isRetained
      ? [removed(before, `${type} is no longer retained: leaving the program deletes it in Azure from then on.`)]
      : []),
  ];
}

function azureProtection([before, after]: Pair): Risk[] {
  const weakened = (text: string): Risk => ({
    kind: "deletion-protection-weakened",
    severity: "high",
    subject: before.name,
    text: `${before.name}: ${text}`,
  });
  if (isOf(before, vault)) {
    return [
      ...(dropped(before, after, "properties.enablePurgeProtection")
        ? [weakened("purge protection goes: deleted secrets can be purged immediately.")]
        : []),
      ...(before.inputs.flag("properties.enableSoftDelete") !== false &&
      after.inputs.flag("properties.enableSoftDelete") === false
        ? [weakened("soft delete is turned off: deleted data can't be recovered.")]
        : []),
      ...shorter(before, after, "properties.softDeleteRetentionInDays").map(weakened),
    ];
  }
  if (isOf(before, blobService)) {
    return ["deleteRetentionPolicy", "containerDeleteRetentionPolicy"].flatMap((policy) => [
      ...(dropped(before, after, `${policy}.enabled`)
        ? [weakened(`${policy} goes: deleted data can't be recovered.`)]
        : []),
      ...shorter(before, after, `${policy}.days`).map(weakened),
    ]);
  }
  return [];
}

const dropped = (before: Resource, after: Resource, path: string): boolean =>
  before.inputs.flag(path) === true && after.inputs.flag(path) !== true && !after.inputs.isPending(path);

function shorter(before: Resource, after: Resource, path: string): string[] {
  const [was, is] = [before.inputs.number(path), after.inputs.number(path)];
  if (was === undefined || is === undefined || is >= was) return [];
  return [`deleted data is kept ${is} days instead of ${was}.`];
}
