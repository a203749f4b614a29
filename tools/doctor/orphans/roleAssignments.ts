import { everyPage, type Api } from "../azure/api";
import { unanswered, type Finding } from "../checks/finding";
import { orphan } from "./credentials";
import type { StackState } from "./stackState";

interface Assignment {
  readonly id: string;
  readonly properties: {
    readonly principalId: string;
    readonly principalType?: string;
    readonly scope: string;
  };
}

/** Role assignments, where the stack has things, of its own principals that its state does not name, and of principals that are gone. */
export async function orphanedRoleAssignments(api: Api, state: StackState): Promise<Finding[]> {
  return (await Promise.all(state.places.map((place) => inPlace(api, state, place)))).flat();
}

async function inPlace(api: Api, { ids, principals }: StackState, place: string): Promise<Finding[]> {
  const address = `${place}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01`;
  const answer = await everyPage(api, "arm", address);
  if (answer.refusal !== undefined) {
    return [
      unanswered(
        "orphan",
        `role assignments in ${place}`,
        answer.refusal,
        `Give the deployer the role Reader on ${place}.`,
      ),
    ];
  }
  const unknown = (answer.body as readonly Assignment[]).filter(
    ({ id }) => id.toLowerCase().startsWith(`${place}/`) && !ids.has(id.toLowerCase()),
  );
  const judged = unknown.map(async ({ id, properties }): Promise<Finding[]> => {
    const { principalId, principalType, scope } = properties;
    const subject = `role assignment of ${principalId} on ${scope}`;
    const command = `az role assignment delete --ids ${id}`;
    if (principals.has(principalId.toLowerCase())) {
      return [orphan(subject, "the principal is the stack's, and the state does not name the assignment", command)];
    }
    if (principalType !== "ServicePrincipal") return [];
    const { status } = await api.get("graph", `/servicePrincipals/${principalId}?$select=id`);
    return status === 404 ? [orphan(subject, "the principal is gone", command)] : [];
  });
  return (await Promise.all(judged)).flat();
}
