import { z } from "zod";
import { everyPage, type Api } from "../azure/api";
import type { Failure } from "../azure/failure";
import type { AzureAction, AzureScope } from "../rights/rightsList";
import { suggestedRole } from "../rights/suggestedRoles";
import type { Finding } from "./finding";
import type { Patient } from "./patient";
import { presenceOf } from "./presence";

const patterns = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);
const permission = z.object({
  actions: patterns,
  notActions: patterns,
  dataActions: patterns,
  notDataActions: patterns,
});

/** What one role gives at a scope. */
export type Permission = z.infer<typeof permission>;

/** Whether the deployer may take every listed action where it is needed. */
export async function checkAzureActions(patient: Patient): Promise<Finding[]> {
  const findings = await Promise.all(patient.rights.azure.map((scope) => checkScope(scope, patient)));
  return findings.flat();
}

async function checkScope({ scope, actions }: AzureScope, { api, azure }: Patient): Promise<Finding[]> {
  const held = await permissionsAt(api, scope);
  const has = (needed: AzureAction): boolean => "permissions" in held && allows(held.permissions, needed);
  const presence = actions.every(has) ? "there" : await presenceOf(api, scope);
  return actions.map((needed) => {
    const { action: subject, operations, neededBy } = needed;
    const finding = { check: "azureAction", subject, scope, operations, neededBy } as const;
    if (has(needed)) return { ...finding, result: "passed" };
    if (presence === "absent") {
      return { ...finding, result: "unknown", detail: "the scope is not there", remedy: absentRemedy(scope) };
    }
    const detail =
      "refusal" in held ? `Azure does not show this identity its rights here: ${held.refusal.code}` : "missing";
    const grant = grantRemedy(needed, scope, azure);
    const doubt = `Check that ${scope} exists: without a role there, Azure gives the same answer. If it exists: ${grant}`;
    return { ...finding, result: "failed", detail, remedy: presence === "there" ? grant : doubt };
  });
}

const absentRemedy = (scope: string): string =>
  `No role can be assigned on a scope that does not exist. Create ${scope} first, or correct its name in the stack's settings.`;

/** The deployer's permissions at a scope; a refusal where it has no role there that lets it see them. */
export async function permissionsAt(
  api: Api,
  scope: string,
): Promise<{ readonly permissions: readonly Permission[] } | { readonly refusal: Failure }> {
  const address = `${scope}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`;
  const answer = await everyPage(api, "arm", address);
  return answer.refusal === undefined
    ? { permissions: z.array(permission).parse(answer.body) }
    : { refusal: answer.refusal };
}

/** Some role has the action, and does not take it back. */
export const allows = (
  permissions: readonly Permission[],
  { kind, action }: Pick<AzureAction, "kind" | "action">,
): boolean =>
  permissions.some(({ actions, notActions, dataActions, notDataActions }) =>
    kind === "action"
      ? covers(actions, action) && !covers(notActions, action)
      : covers(dataActions, action) && !covers(notDataActions, action),
  );

/** A star stands for anything, slashes too; between two slashes also for nothing. */
const covers = (list: readonly string[], action: string): boolean =>
  list.some((pattern) => {
    const source = pattern
      .replace(/[\\^$.+?()[\]{}|]/g, "\\$&")
      .replaceAll("/*/", "/(?:<any>/)?")
      .replaceAll("*", "<any>")
      .replaceAll("<any>", ".*");
    return new RegExp(`^${source}$`, "is").test(action);
  });

function grantRemedy(needed: AzureAction, scope: string, { oid, isPerson }: Patient["azure"]): string {
  const type = isPerson ? "User" : "ServicePrincipal";
  return `az role assignment create --assignee-object-id ${oid} --assignee-principal-type ${type} --role "${suggestedRole(needed)}" --scope ${scope}; or a custom role with exactly these rights (--role)`;
}
