import { blobContainer, storageAccount } from "../../../policy/rule/resourceTypes";
import type { AccessChange } from "../access/accessChange";
import { isOf, type Resource } from "../estate/resource";
import type { Risk, RiskContext } from "./risk";

/** Access changes that are a risk by themselves. */
export const accessRisks = ({ accessChanges }: RiskContext): Risk[] =>
  accessChanges.filter(({ direction }) => direction !== "loses").flatMap(riskOf);

function riskOf({ id, kind, to, holder, weight, text }: AccessChange): Risk[] {
  if (kind === "network") {
    return [
      {
        kind: to.kind === "vault" ? "vault-opened" : "lake-opened",
        severity: weight === "privileged" ? "high" : "medium",
        subject: to.name,
        text: `${text}.`,
        access: id,
      },
    ];
  }
  if (weight === "ordinary") return [];
  const severity = weight === "privileged" ? "high" : "medium";
  return [{ kind: "privileged-access", severity, subject: holder.name, text: `${text}: ${why[weight]}.`, access: id }];
}

const why = {
  privileged: "from there it can reach other rights, other people's data or the keys to both",
  sensitive: "it reads or sends far more than most daemons need",
} as const;

/** Ways into an account that no identity is asked for. */
const doors = [
  ["allowSharedKeyAccess", "anyone with one of its keys has access, without an identity or a role"],
  ["allowBlobPublicAccess", "its containers may be opened to anonymous readers"],
  ["isSftpEnabled", "local users sign in to it by SFTP, outside of Microsoft Entra ID"],
] as const;

export function anonymousAccessRisks({ estates }: RiskContext): Risk[] {
  const earlier = new Map(estates.before.resources.map((resource) => [resource.urn, resource]));
  return estates.after.resources.flatMap((after) => {
    const before = earlier.get(after.urn);
    return openedDoors(before, after).map((text) => ({
      kind: "keys-or-anonymous-access" as const,
      severity: "high" as const,
      subject: after.name,
      text: `${after.name}: ${text}.`,
    }));
  });
}

function openedDoors(before: Resource | undefined, after: Resource): string[] {
  if (isOf(after, storageAccount)) {
    return doors
      .filter(([input]) => after.inputs.flag(input) === true && before?.inputs.flag(input) !== true)
      .map(([, text]) => text);
  }
  const shown = after.inputs.lower("publicAccess") ?? "none";
  const opened = isOf(after, blobContainer) && shown !== "none" && before?.inputs.lower("publicAccess") !== shown;
  return opened ? ["anyone can read it without signing in"] : [];
}
