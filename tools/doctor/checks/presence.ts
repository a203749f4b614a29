import type { Api } from "../azure/api";
import { apiVersionOf, typeOfId } from "../azure/providers";

const GROUP_VERSION = "2021-04-01";

/** Whether something is in Azure. `unknown` where the deployer may not ask: Azure then tells no difference. */
export type Presence = "there" | "absent" | "unknown";

/** The version of the API that a scope is asked for with; `undefined` for a type that doctor does not know. */
export const versionFor = (scope: string): string | undefined =>
  scope.includes("/providers/") ? apiVersionOf(typeOfId(scope)) : GROUP_VERSION;

/** Asks for a resource, and for the resource group that it would be in. */
export async function presenceOf(api: Api, scope: string): Promise<Presence> {
  const group = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+/i.exec(scope)?.[0];
  const asked = [...new Set([scope, group ?? scope])];
  const statuses = await Promise.all(asked.map((each) => statusOf(api, each)));
  if (statuses.includes(404)) return "absent";
  return statuses[0] === 200 ? "there" : "unknown";
}

async function statusOf(api: Api, scope: string): Promise<number | undefined> {
  const version = versionFor(scope);
  return version === undefined ? undefined : (await api.get("arm", `${scope}?api-version=${version}`)).status;
}
