import { everyPage, type Api } from "../azure/api";
import { unanswered, type Finding } from "../checks/finding";
import { orphan } from "./credentials";
import type { StackState } from "./stackState";

interface Application {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
}

/** The azuread provider gives a new application such a name for a moment. */
const temporaryName = "TERRAFORM_UPDATE_";

/**
 * Applications under the temporary name of a creation that was cut off, or under the name of one of the stack's, that the
 * state does not name.
 *
 * @param declared display names of the program's applications
 */
export async function orphanedApplications(
  api: Api,
  { ids, applications }: StackState,
  declared: readonly string[],
): Promise<Finding[]> {
  const names = [...new Set([...declared, ...applications.map(({ displayName }) => displayName)])];
  const filters = [
    `startswith(displayName,'${temporaryName}')`,
    ...names.map((name) => `displayName eq '${name.replaceAll("'", "''")}'`),
  ];
  return (await Promise.all(filters.map((filter) => found(api, filter, ids)))).flat();
}

async function found(api: Api, filter: string, ids: ReadonlySet<string>): Promise<Finding[]> {
  const address = `/applications?$filter=${encodeURIComponent(filter)}&$select=id,appId,displayName`;
  const { refusal, body } = await everyPage(api, "graph", address);
  if (refusal !== undefined) {
    const remedy = "Give the deployer Microsoft Graph's application permission Application.Read.All.";
    return [unanswered("orphan", `applications with ${filter}`, refusal, remedy)];
  }
  return (body as readonly Application[])
    .filter(({ id }) => !ids.has(`/applications/${id}`.toLowerCase()))
    .map(({ appId, displayName }) => {
      const detail = displayName.startsWith(temporaryName)
        ? "its creation was cut off"
        : "it has the name of one of the stack's, and the stack's state does not name it";
      return orphan(`application ${displayName} (${appId})`, detail, `az ad app delete --id ${appId}`);
    });
}
