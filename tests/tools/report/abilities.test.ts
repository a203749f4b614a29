import { builtInRoles } from "../../../local/azure/arm/authorization/builtInRoles";
import { abilitiesOfActions, abilitiesOfRole } from "../../../tools/report/model/abilities";

it.each(builtInRoles.map((role) => [role.name, role] as const))(
  "%s lets its holder do what its definition says",
  (_name, { id, actions, notActions, dataActions, notDataActions }) => {
    const defined = abilitiesOfActions([{ actions, notActions, dataActions, notDataActions }]);
    expect([...abilitiesOfRole(id)].sort()).toEqual(defined.sort());
  },
);
