import { everyPage, type Api } from "../azure/api";
import { unanswered, type Finding } from "../checks/finding";
import type { StackState } from "./stackState";

interface Grant {
  readonly id: string;
  readonly resourceId: string;
  readonly resourceDisplayName: string;
  readonly principalDisplayName: string;
  readonly appRoleId: string;
}

/**
 * App roles that the stack's principals hold and that its state does not name. An administrator's consent is one too, so that
 * it is worth knowing and no failure.
 */
export async function unknownGrants(api: Api, { ids, principals }: StackState): Promise<Finding[]> {
  return (await Promise.all([...principals].map((principal) => ofPrincipal(api, ids, principal)))).flat();
}

async function ofPrincipal(api: Api, ids: ReadonlySet<string>, principal: string): Promise<Finding[]> {
  const answer = await everyPage(api, "graph", `/servicePrincipals/${principal}/appRoleAssignments`);
  if (answer.status === 404) return [];
  if (answer.refusal !== undefined) {
    return [
      unanswered("orphan", `app roles of ${principal}`, answer.refusal, "Let the deployer read service principals."),
    ];
  }
  return (answer.body as readonly Grant[])
    .filter(({ id, resourceId }) => !ids.has(`/servicePrincipals/${resourceId}/appRoleAssignedTo/${id}`.toLowerCase()))
    .map(({ id, resourceDisplayName, principalDisplayName, appRoleId }) => ({
      check: "orphan",
      subject: `app role ${appRoleId} of ${resourceDisplayName} for ${principalDisplayName}`,
      result: "note",
      detail: "the state does not name it: an administrator's consent, or a grant whose answer was lost",
      remedy: `Where no administrator has consented: az rest --method DELETE --url https://graph.microsoft.com/v1.0/servicePrincipals/${principal}/appRoleAssignments/${id}`,
    }));
}
