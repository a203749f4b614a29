import { typeOfId } from "../azure/providers";
import { scopesBuiltOn } from "../rights/rightsList";
import { unanswered, type Finding } from "./finding";
import type { Patient } from "./patient";
import { versionFor } from "./presence";

/** Whether what the stack builds on is there: the resource group, the workspace, and whatever else it names. */
export async function checkStanding(patient: Patient): Promise<Finding[]> {
  const scopes = scopesBuiltOn(patient.recording);
  const groups = scopes.flatMap((scope) => /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+/i.exec(scope)?.[0] ?? []);
  const all = new Map([...scopes, ...groups].map((scope) => [scope.toLowerCase(), scope]));
  return (await Promise.all([...all.values()].map((scope) => checkScope(scope, scopes, patient)))).flat();
}

async function checkScope(scope: string, builtOn: readonly string[], { api, recording }: Patient): Promise<Finding[]> {
  const version = versionFor(scope);
  if (version === undefined) return [];
  const finding = { check: "exists", subject: scope } as const;
  const { refusal, status } = await api.get("arm", `${scope}?api-version=${version}`);
  if (refusal === undefined) return [{ ...finding, result: "passed" }];
  if (status === 404)
    return [{ ...finding, result: "failed", detail: "is not there", remedy: remedy(scope, recording) }];
  // A group that only holds a workspace is nobody's business but the workspace's.
  if (!builtOn.includes(scope)) return [];
  return [unanswered("exists", scope, refusal, `Check that it exists, and give the deployer Reader at ${scope}.`)];
}

function remedy(scope: string, { resources }: Patient["recording"]): string {
  const [, subscription = "", group = ""] =
    /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?/i.exec(scope) ?? [];
  if (scope.includes("/providers/")) {
    return `Correct the ID in the stack's settings, or have ${typeOfId(scope)} ${scope.slice(scope.lastIndexOf("/") + 1)} made first.`;
  }
  if (group === "") return "Correct azure-native:subscriptionId in the stack's settings.";
  const location = resources.map(({ inputs }) => inputs["location"]).find((each) => typeof each === "string");
  return `az group create --name ${group} --location ${location ?? "westeurope"} --subscription ${subscription}; or correct azure-daemon-access:resourceGroupName`;
}
