import { z } from "zod";
import { everyPage } from "../azure/api";
import type { Finding } from "./finding";
import type { Patient } from "./patient";

const WRITE = "microsoft.authorization/roleassignments/write";
const GUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;

const assignments = z.array(z.object({ properties: z.object({ condition: z.string().nullish() }) }));

/** Where the right to assign roles carries a condition: whether it names the roles that the stack assigns. */
export async function checkConditions(patient: Patient): Promise<Finding[]> {
  const { api, rights, azure } = patient;
  const scopes = rights.azure.filter(({ actions }) => actions.some(({ action }) => action.toLowerCase() === WRITE));
  const findings = scopes.map(async ({ scope }): Promise<Finding[]> => {
    const filter = encodeURIComponent(`assignedTo('${azure.oid}')`);
    const address = `${scope}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01&$filter=${filter}`;
    const answer = await everyPage(api, "arm", address);
    // Who may not read assignments has heard of that among the actions.
    if (answer.refusal !== undefined) return [];
    return conditionFindings(scope, assignments.parse(answer.body), rights.assignedRoles);
  });
  return (await Promise.all(findings)).flat();
}

/** @param needed GUIDs of the roles that the stack assigns */
export function conditionFindings(
  scope: string,
  held: z.infer<typeof assignments>,
  needed: readonly string[],
): Finding[] {
  const onRoles = held
    .map(({ properties }) => properties.condition ?? "")
    .filter((condition) => condition.toLowerCase().includes(WRITE));
  return onRoles.map((condition) => {
    const named = [...condition.matchAll(GUID)].map(([guid]) => guid.toLowerCase());
    const lacking = needed.filter((role) => !named.includes(role));
    const finding = { check: "condition", subject: scope } as const;
    if (lacking.length === 0) {
      return { ...finding, result: "note", detail: "the deployer may assign only the roles that a condition names" };
    }
    return {
      ...finding,
      result: "note",
      detail: `a condition limits the roles that the deployer may assign, and does not name ${lacking.join(", ")}`,
      remedy: `Where an up fails on it, name these roles in the condition of the assignment at ${scope}.`,
    };
  });
}
