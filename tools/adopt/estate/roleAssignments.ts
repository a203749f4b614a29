import { z } from "zod";
import { textIn } from "./inputs";
import type { Finder } from "./sought";

const assignments = z.array(
  z.object({
    id: z.string(),
    properties: z.object({ scope: z.string(), roleDefinitionId: z.string(), principalId: z.string() }),
  }),
);

const lastOf = (id: string): string => (id.split("/").at(-1) ?? "").toLowerCase();

/** By scope, role and principal: the name of one made by hand is any GUID. */
export const findRoleAssignment: Finder = async (inputs, azure) => {
  const scope = textIn(inputs, "scope");
  const principalId = textIn(inputs, "principalId");
  const filter = encodeURIComponent(`principalId eq '${principalId}'`);
  const path = `${scope}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01&$filter=${filter}`;
  const [found] = assignments
    .parse(await azure.armList(path))
    .filter(
      ({ properties }) =>
        properties.scope.toLowerCase() === scope.toLowerCase() &&
        properties.principalId.toLowerCase() === principalId.toLowerCase() &&
        lastOf(properties.roleDefinitionId) === lastOf(textIn(inputs, "roleDefinitionId")),
    );
  return found ? { id: found.id } : { reason: `${principalId} has no such role on ${scope}` };
};
