import { join } from "node:path";
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import {
  CredentialVault,
  DaemonAccess,
  DaemonManagedIdentity,
  DataLake,
  GraphGrant,
  MachineLearningRole,
} from "../../../components/index";
import { recordProgram } from "../../../tools/doctor/program/recording";
import type { Operation } from "../../../tools/doctor/rights/right";
import { rightsOf, type RightsList } from "../../../tools/doctor/rights/rightsList";
import { identities, resourceGroupId, resourceGroups, workspaceId } from "../../../local/azure/landingZone/layout";
import { EngineClient } from "../../local/providers/engineClient";
import { Administrator } from "../../support/delivery";
import { automationStack } from "../../support/automationStack";
import { LocalAzureForTests } from "../../support/localAzure";
import { DevStack } from "./support/deployment";
import { LimitedDeployer } from "./support/limitedDeployer";
import { place } from "./support/stackRights";

jest.setTimeout(300_000);

/** What a platform team keeps apart from the daemons. */
const platform = resourceGroupId(resourceGroups.machineLearning);
const network = `${platform}/providers/Microsoft.Network/virtualNetworks/vnet-hub`;
const zone = (name: string): string => `${platform}/providers/Microsoft.Network/privateDnsZones/privatelink.${name}`;
const logs = `${platform}/providers/Microsoft.OperationalInsights/workspaces/log-platform`;

/** Everything that needs a right beside the plain stack's. */
function program(): Promise<void> {
  const home = { resourceGroupName: resourceGroups.daemons, location: "westeurope" };
  const guarded = { ...home, diagnostics: { workspaceId: logs }, lock: true, allowedIpRanges: ["203.0.113.0/24"] };
  const subnetId = `${network}/subnets/snet-endpoints`;
  const vault = new CredentialVault("kv-daemons", {
    ...guarded,
    allowedSubnetIds: [`${network}/subnets/snet-agents`],
    privateEndpoint: { subnetId, privateDnsZoneId: zone("vaultcore.azure.net") },
  });
  const lake = new DataLake("stdaemons", {
    ...guarded,
    fileSystems: ["forecasts"],
    privateEndpoint: { subnetId, dfsPrivateDnsZoneId: zone("dfs.core.windows.net") },
    lifecycle: [{ name: "old", fileSystem: "forecasts", deleteAfterDays: 365 }],
    softDeleteDays: 7,
  });
  new DaemonAccess("loader", {
    secret: { endDate: "2099-01-01T00:00:00Z" },
    asOf: "2026-03-01T00:00:00Z",
    lake: { account: lake, fileSystem: "forecasts" },
    vault,
    readers: [{ objectId: identities.consumer.objectId }],
  });
  const identity = new DaemonManagedIdentity("batch", home);
  new GraphGrant("batch", { principal: identity, permissions: ["User.Read.All"] });
  new MachineLearningRole("trainer", { workspaceId, job: "train" });
  return Promise.resolve();
}

type Json = Readonly<Record<string, unknown>>;
interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  readonly inputs: Json;
  readonly outputs: Json;
}

let azure: LocalAzureForTests;
let list: RightsList;
let deployer: LimitedDeployer;
let deployed: DevStack;
let stack: Stack;

beforeAll(async () => {
  const recording = await recordProgram(program, { project: "guarded", stack: "test", config: {}, place });
  list = rightsOf(recording, "test", ["preview", "up", "refresh", "remove", "destroy"]);
  azure = await LocalAzureForTests.open({ startsAt: "system" });
  const administrator = new Administrator(azure);
  const subnet = (name: string, addressPrefix: string): object => ({
    name,
    properties: { addressPrefix, serviceEndpoints: [{ service: "Microsoft.KeyVault" }] },
  });
  await administrator.arm("PUT", network, "2024-05-01", {
    location: "westeurope",
    properties: {
      addressSpace: { addressPrefixes: ["10.20.0.0/16"] },
      subnets: [subnet("snet-endpoints", "10.20.1.0/24"), subnet("snet-agents", "10.20.2.0/24")],
    },
  });
  for (const name of ["vaultcore.azure.net", "dfs.core.windows.net"]) {
    await administrator.arm("PUT", zone(name), "2020-06-01", { location: "global" });
  }
  await administrator.arm("PUT", logs, "2022-10-01", { location: "westeurope", properties: {} });
  deployer = await LimitedDeployer.make(administrator, list);
  deployed = await DevStack.openAs(azure, deployer.credentials);
  const { debugProviders } = deployed.providers;
  const backend = join(azure.stateDirectory, "guarded");
  stack = await automationStack({ project: "guarded", stack: "test", program, backend, debugProviders });
});
afterAll(async () => {
  await deployed.close();
  await azure.close();
});

async function changesOf(operation: (onEvent: (event: EngineEvent) => void) => Promise<unknown>): Promise<string[]> {
  let changes: readonly string[] = [];
  await operation(({ summaryEvent }) => {
    if (summaryEvent !== undefined) changes = Object.keys(summaryEvent.resourceChanges);
  });
  return [...changes];
}

/** Asks the provider to do what an operation does with a resource. */
async function attempt(resource: Resource, action: string, operation: Operation): Promise<void> {
  const engine = EngineClient.of(deployed.providers.debugProviders, "azure-native");
  const { type, id, outputs } = resource;
  const inputs = type.endsWith(":Secret") ? { ...resource.inputs, properties: { value: "another" } } : resource.inputs;
  try {
    if (operation === "refresh") await engine.read(type, id, { inputs, outputs });
    else if (operation !== "up") await engine.delete(type, id, { inputs, outputs });
    else if (action.endsWith("/read")) await engine.create(type, "again", inputs);
    // Asked only where a subnet is let in anew.
    else if (action.includes("joinViaServiceEndpoint")) {
      await engine.create(type, "again", { ...inputs, vaultName: "kv-again" });
    } else await engine.update(type, id, { inputs, outputs }, inputs);
  } finally {
    engine.close();
  }
}

it("a deployer with just the listed rights makes and reads what is guarded", async () => {
  expect(await changesOf((onEvent) => stack.up({ onEvent }))).toEqual(["create"]);
  expect(await changesOf((onEvent) => stack.refresh({ onEvent }))).toEqual(["same"]);
});

it("each Azure action is refused, by its name, once it is taken away", async () => {
  const { deployment } = (await stack.exportStack()) as { readonly deployment: { readonly resources: Resource[] } };
  const custom = deployment.resources.filter(({ type }) => type.startsWith("azure-native:"));
  const kept: string[] = [];
  for (const { scope, actions } of list.azure) {
    for (const { action, kind, operations, neededBy } of actions) {
      const resource = custom.find(({ urn }) => neededBy.some((by) => urn.endsWith(`::${by.split(" ")[1] ?? ""}`)));
      const restore = await deployer.withdrawAction(scope, action);
      for (const operation of operations) {
        const refused = await attempt(resource ?? (custom[0] as Resource), action, operation).then(
          () => "done",
          (error: unknown) => String(error),
        );
        const words = kind === "dataAction" ? "ForbiddenByRbac" : action;
        if (!refused.toLowerCase().includes(words.toLowerCase())) kept.push(`${operation} ${action}: ${refused}`);
      }
      await restore();
    }
  }
  expect(kept).toEqual([]);
});

it("takes everything down again", async () => {
  expect(await changesOf((onEvent) => stack.destroy({ onEvent }))).toEqual(["delete"]);
});
