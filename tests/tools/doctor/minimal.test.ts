import { randomUUID } from "node:crypto";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { examineThrough } from "../../../tools/doctor/examine";
import type { Recording } from "../../../tools/doctor/program/recording";
import type { Operation } from "../../../tools/doctor/rights/right";
import { rightsOf, type RightsList } from "../../../tools/doctor/rights/rightsList";
import { isWithin } from "../../../tools/doctor/rights/scopes";
import { resourceGroupId, resourceGroups, workspaceId } from "../../../local/azure/landingZone/layout";
import { EngineClient } from "../../local/providers/engineClient";
import { Administrator } from "../../support/delivery";
import { LocalAzureForTests } from "../../support/localAzure";
import { DevStack } from "./support/deployment";
import { devRecording } from "./support/stackRights";
import { LimitedDeployer, type Restore } from "./support/limitedDeployer";
import { LocalApi } from "./support/localApi";
import { deployingAs, reportIn, runDoctor } from "./support/runDoctor";

jest.setTimeout(300_000);

const everything = ["preview", "up", "refresh", "remove", "destroy", "expire", "doctor"] as const;

const group = resourceGroupId(resourceGroups.daemons);

/** Rights that nothing else has to be made for first, so that one run meets every one of them. */
const taken = [
  { scope: group, action: "Microsoft.KeyVault/vaults/secrets/write" },
  { scope: group, action: "Microsoft.Storage/storageAccounts/blobServices/containers/write" },
  { scope: workspaceId, action: "Microsoft.Authorization/roleAssignments/write" },
] as const;
const permission = "AppRoleAssignment.ReadWrite.All";
const right = ({ action, scope }: { readonly action: string; readonly scope: string }): string => `${action} ${scope}`;

let recording: Recording;
let list: RightsList;
let azure: LocalAzureForTests;
let deployer: LimitedDeployer;
let deployed: DevStack;
let resources: readonly Resource[];

type Json = Readonly<Record<string, unknown>>;
interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  readonly inputs: Json;
  readonly outputs: Json;
}

beforeAll(async () => {
  recording = await devRecording();
  list = rightsOf(recording, "dev", everything);
  azure = await LocalAzureForTests.open({ startsAt: "system" });
  deployer = await LimitedDeployer.make(new Administrator(azure), list);
});
afterAll(() => azure.close());

/** Asks the provider, as the engine would, to do with one resource what an operation does. */
async function attempt(providers: string, operation: Operation, neededBy: string): Promise<unknown> {
  const [, name = ""] = neededBy.split(" ");
  const resource = resources.find(({ urn, type }) => urn.endsWith(`::${name}`) && !type.startsWith("azure-daemon"));
  const engine = EngineClient.of(providers, neededBy.startsWith("azuread.") ? "azuread" : "azure-native");
  try {
    if (resource === undefined) throw new Error(`${neededBy} is not deployed`);
    const { type, id, outputs } = resource;
    // The state keeps secrets encrypted; what is written in their place does not matter to who may write.
    const inputs = type.endsWith(":Secret")
      ? { ...resource.inputs, properties: { value: "another" } }
      : resource.inputs;
    switch (operation) {
      case "refresh":
        return await engine.read(type, id, { inputs, outputs });
      case "up":
        return await engine.create(type, name, another(type, inputs));
      default:
        await engine.delete(type, id, { inputs, outputs });
        return undefined;
    }
  } finally {
    engine.close();
  }
}

/** What disabling a secret's version comes down to: finding it, and switching it off. @throws with the vault's refusal */
async function disableOneVersion(neededBy: string): Promise<void> {
  const found = resources.find(({ urn }) => urn.endsWith(`::${neededBy.split(" ")[1] ?? ""}`));
  const { secretUriWithVersion } = found?.outputs["properties"] as { readonly secretUriWithVersion: string };
  const token = await azure.tokenFor({ ...deployer.credentials, scope: "https://vault.azure.net/.default" });
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const ask = async (url: string, init: object): Promise<void> => {
    const response = await azure.fetch(`${url}?api-version=7.4`, { headers, ...init });
    if (response.status >= 400) throw new Error(await response.text());
  };
  await ask(`${secretUriWithVersion.slice(0, secretUriWithVersion.lastIndexOf("/"))}/versions`, {});
  await ask(secretUriWithVersion, { method: "PATCH", body: JSON.stringify({ attributes: { enabled: true } }) });
}

/** The inputs of a second resource of the same kind. */
function another(type: string, inputs: Json): Json {
  const names: Readonly<Record<string, Json>> = {
    "azure-native:keyvault:Vault": { vaultName: "kv-another" },
    "azure-native:keyvault:Secret": { secretName: "another" },
    "azure-native:storage:StorageAccount": { accountName: "stanother" },
    "azure-native:storage:BlobContainer": { containerName: "another" },
    "azure-native:authorization:RoleAssignment": { roleAssignmentName: randomUUID(), principalId: randomUUID() },
    "azuread:index/application:Application": { displayName: "Another" },
  };
  return { ...inputs, ...names[type] };
}

/** What doctor finds missing, as "what scope". */
async function foundMissing(): Promise<string[]> {
  const api = new LocalApi(azure, deployer.credentials);
  const { findings } = await examineThrough(api, { recording, rights: list, progress: () => undefined });
  return findings
    .filter(({ result }) => result === "failed")
    .map(({ subject, scope }) => (scope === undefined ? subject : `${subject} ${scope}`));
}

/** The rights that the services' refusals name, each once. */
async function refusedRights(): Promise<string[]> {
  const deployed = await DevStack.openAs(azure, deployer.credentials);
  const messages: string[] = [];
  const onEvent = ({ diagnosticEvent }: EngineEvent): void => {
    if (diagnosticEvent?.severity === "error") messages.push(`${diagnosticEvent.urn ?? ""} ${diagnosticEvent.message}`);
  };
  try {
    const stack = await deployed.stack();
    await stack.up({ onEvent, continueOnError: true }).catch(() => undefined);
  } finally {
    await deployed.close();
  }
  const rights = messages.flatMap((message) => {
    const [, action = "", scope = ""] = /perform action '([^']+)' over scope '([^']+)'/.exec(message) ?? [];
    if (action !== "") {
      return right({ action, scope: [workspaceId, group].find((outer) => isWithin(scope, outer)) ?? scope });
    }
    const isGrant = message.includes("AppRoleAssignment") && message.includes("Authorization_RequestDenied");
    return isGrant ? permission : [];
  });
  return [...new Set(rights)].sort();
}

it("doctor lists every missing right in one run, up fails on exactly those, and neither finds anything once they are back", async () => {
  const restores: Restore[] = [];
  for (const { scope, action } of taken) restores.push(await deployer.withdrawAction(scope, action));
  restores.push(await deployer.withdrawPermission(permission));
  const expected = [...taken.map(right), permission].sort();

  const crippled = await runDoctor(deployingAs(azure, deployer.credentials), "--stack", "dev", "--json");
  const failed = reportIn(crippled).findings.filter(({ result }) => result === "failed");
  expect(failed.map(({ subject, scope }) => (scope === undefined ? subject : `${subject} ${scope}`)).sort()).toEqual(
    expected,
  );
  expect(failed.every(({ remedy }) => remedy?.startsWith("az ") === true)).toBe(true);
  expect(crippled.code).toBe(1);

  expect(await refusedRights()).toEqual(expected);

  for (const restore of restores) await restore();
  const healthy = await runDoctor(deployingAs(azure, deployer.credentials), "--stack", "dev", "--json");
  expect(reportIn(healthy)).toMatchObject({ ok: true, counts: { failed: 0 } });
  expect(healthy.code).toBe(0);
  expect(await refusedRights()).toEqual([]);
});

describe("once the stack is deployed", () => {
  beforeAll(async () => {
    deployed = await DevStack.openAs(azure, deployer.credentials);
    const { deployment } = (await (await deployed.stack()).exportStack()) as {
      readonly deployment: { readonly resources: Resource[] };
    };
    ({ resources } = deployment);
  });
  afterAll(() => deployed.close());

  it("doctor finds nothing missing while every listed right is there", async () => {
    expect(await foundMissing()).toEqual([]);
  });

  it("without any one Azure action doctor lists just that one, and each operation it is listed for is refused for it", async () => {
    for (const { scope, actions } of list.azure) {
      for (const { action, kind, operations, neededBy } of actions) {
        const restore = await deployer.withdrawAction(scope, action);
        const missing = await foundMissing();
        if (action === "Microsoft.Authorization/permissions/read") {
          // Azure then tells nothing of this scope, so that everything there counts as missing.
          expect(missing).toEqual(actions.map((each) => `${each.action} ${scope}`));
        } else {
          expect(missing).toEqual([`${action} ${scope}`]);
        }
        for (const operation of operations.filter((each) => each !== "doctor")) {
          const refused =
            operation === "expire"
              ? disableOneVersion(neededBy[0] ?? "")
              : attempt(deployed.providers.debugProviders, operation, neededBy[0] ?? "");
          await expect(refused).rejects.toThrow(
            kind === "dataAction" ? /ForbiddenByRbac/ : `perform action '${action}'`,
          );
        }
        await restore();
      }
    }
    expect(await foundMissing()).toEqual([]);
  });

  it("without any one Graph permission doctor lists just that one, and each operation it is listed for is refused", async () => {
    for (const { permission, operations, neededBy } of list.graph) {
      const restore = await deployer.withdrawPermission(permission);
      expect(await foundMissing()).toEqual([permission]);
      // Roles are in the token: a new one is asked for.
      const signedInAnew = await DevStack.openAs(azure, deployer.credentials);
      for (const operation of operations) {
        const refused = attempt(signedInAnew.providers.debugProviders, operation, neededBy[0] ?? "");
        await expect(refused).rejects.toThrow(/Authorization_RequestDenied/);
      }
      await signedInAnew.close();
      await restore();
    }
  });
});
