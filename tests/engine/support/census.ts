import { identities, resourceGroupId, resourceGroups, subscription } from "../../../local/azure/landingZone/layout";
import type { Administrator } from "../../support/delivery";

interface Listed<Item> {
  readonly value: readonly Item[];
}
interface Application {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  readonly passwordCredentials: readonly { readonly displayName: string }[];
}
interface Assignment {
  readonly id: string;
  readonly properties: { readonly principalId: string; readonly scope: string; readonly roleDefinitionId: string };
}

/** What stands in Azure beside the landing zone, by names that do not change from one deployment to the next. */
export interface Census {
  /** Of the resource group, without what autonaming adds. */
  readonly resources: readonly string[];
  /** Each application: its passwords, service principals, Graph permissions and role assignments. */
  readonly applications: readonly {
    readonly name: string;
    readonly passwords: readonly string[];
    readonly servicePrincipals: number;
    readonly graphPermissions: number;
    /** Scopes, by their last two segments. */
    readonly roles: readonly string[];
  }[];
  /** What the consumer may read, as role assignments at secrets. */
  readonly readers: readonly string[];
}

const group = resourceGroupId(resourceGroups.daemons);
const unnamed = (text: string): string => text.replaceAll(/(kv-daemons|stdaemons)[0-9a-f]{8}/g, "$1");
const lastTwo = (scope: string): string => unnamed(scope.split("/").slice(-2).join("/"));

/** Counts what a deployment has made, straight in Azure, as its administrator. */
export async function censusOf(administrator: Administrator): Promise<Census> {
  const resources = (await administrator.arm("GET", `${group}/resources`, "2021-04-01")) as Listed<{ name: string }>;
  const assignments = await roleAssignments(administrator);
  const applications = await daemonApplications(administrator);
  return {
    resources: resources.value.map(({ name }) => unnamed(name)).sort(),
    applications: await Promise.all(
      applications.map(async ({ appId, displayName, passwordCredentials }) => {
        const principals = await listed<{ id: string }>(
          administrator,
          `/servicePrincipals?$filter=appId eq '${appId}'&$select=id`,
        );
        const id = principals[0]?.id ?? "";
        return {
          name: displayName,
          passwords: passwordCredentials.map((password) => password.displayName).sort(),
          servicePrincipals: principals.length,
          graphPermissions:
            id === "" ? 0 : (await listed(administrator, `/servicePrincipals/${id}/appRoleAssignments`)).length,
          roles: assignments
            .filter(({ properties }) => properties.principalId === id)
            .map(({ properties }) => lastTwo(properties.scope))
            .sort(),
        };
      }),
    ),
    readers: assignments
      .filter(({ properties }) => properties.principalId === identities.consumer.objectId)
      .filter(({ properties }) => properties.scope.includes("/secrets/"))
      .map(({ properties }) => lastTwo(properties.scope))
      .sort(),
  };
}

/** Every role assignment of the subscription and below. */
export async function roleAssignments(administrator: Administrator): Promise<readonly Assignment[]> {
  const path = `/subscriptions/${subscription.id}/providers/Microsoft.Authorization/roleAssignments`;
  return ((await administrator.arm("GET", path, "2022-04-01")) as Listed<Assignment>).value;
}

/** The applications that are none of the landing zone's, by name. */
export async function daemonApplications(administrator: Administrator): Promise<readonly Application[]> {
  const all = await listed<Application>(
    administrator,
    "/applications?$select=id,appId,displayName,passwordCredentials",
  );
  return all
    .filter(({ displayName }) => !displayName.startsWith("landing-zone-"))
    .sort((a, b) => a.displayName.localeCompare(b.displayName));
}

async function listed<Item>(administrator: Administrator, path: string): Promise<readonly Item[]> {
  return ((await administrator.graph("GET", path)) as unknown as Listed<Item>).value;
}

/** The dev stack, complete, each thing once. @param before what stood there before it @param generation of the secrets */
export const devCensus = (before: Census, generation: unknown): Census => ({
  resources: [...before.resources, "kv-daemons", "stdaemons"].sort(),
  applications: [
    {
      name: "Forecast loader",
      passwords: [`forecast-loader, generation ${String(generation)}`],
      servicePrincipals: 1,
      graphPermissions: 1,
      roles: ["containers/forecasts", "workspaces/mlw-forecast"],
    },
    {
      name: "Report mailer",
      passwords: [`report-mailer, generation ${String(generation)}`],
      servicePrincipals: 1,
      graphPermissions: 0,
      roles: ["containers/reports"],
    },
  ],
  readers: ["secrets/forecast-loader-credential", "secrets/report-mailer-credential"],
});
