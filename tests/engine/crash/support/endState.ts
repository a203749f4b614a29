import { readStackState, stateFile } from "../../../../local/stack/stateFile";
import { projectRoot } from "../../../../local/stateDirectory";
import { resourceGroupId, resourceGroups } from "../../../../local/azure/landingZone/layout";
import { censusOf, type Census } from "../../support/census";
import type { HostedStack } from "../../support/hostedStack";

/** What a run has left, in Azure and in the engine's state, without what autonaming adds. */
export interface EndState {
  readonly azure: Census;
  /** Secret to the number of its versions. */
  readonly versions: Readonly<Record<string, number>>;
  /** URNs of the stack's resources, sorted. */
  readonly resources: readonly string[];
  readonly pending: readonly string[];
}

export async function endStateOf(stack: HostedStack): Promise<EndState> {
  const { urns, pending } = readStackState(stateFile(stack.state, projectRoot, "dev"));
  return {
    azure: await censusOf(stack.administrator),
    versions: await secretVersions(stack),
    resources: [...urns].sort(),
    pending: pending.map(({ operation, urn }) => `${operation} ${urn}`),
  };
}

interface Listed<Item> {
  readonly value: readonly Item[];
}

async function secretVersions({ administrator, local }: HostedStack): Promise<Record<string, number>> {
  const group = resourceGroupId(resourceGroups.daemons);
  const resources = (await administrator.arm("GET", `${group}/resources`, "2021-04-01")) as Listed<{
    readonly name: string;
    readonly type: string;
  }>;
  const vaults = resources.value.filter(({ type }) => type === "Microsoft.KeyVault/vaults");
  const versions: Record<string, number> = {};
  for (const { name: vault } of vaults) {
    const list = (path: string): Promise<Listed<{ readonly id: string }>> => listed(local, vault, path);
    for (const { id } of (await list("secrets")).value) {
      const secret = id.split("/").pop() ?? "";
      versions[secret] = (versions[secret] ?? 0) + (await list(`secrets/${secret}/versions`)).value.length;
    }
  }
  return versions;
}

async function listed(
  local: HostedStack["local"],
  vault: string,
  path: string,
): Promise<Listed<{ readonly id: string }>> {
  const scope = "https://vault.azure.net/.default";
  const url = `https://${vault}.vault.azure.net/${path}?api-version=7.4`;
  const { status, body } = await local.call("deployer", scope, "GET", url);
  if (status !== 200) throw new Error(`${url}: ${status} ${JSON.stringify(body)}`);
  return body as Listed<{ readonly id: string }>;
}
