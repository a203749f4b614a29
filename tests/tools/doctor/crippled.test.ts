import type { EngineEvent } from "@pulumi/pulumi/automation";
import { rightsOf } from "../../../tools/doctor/rights/rightsList";
import { isWithin } from "../../../tools/doctor/rights/scopes";
import { resourceGroupId, resourceGroups, workspaceId } from "../../../local/azure/landingZone/layout";
import { Administrator } from "../../support/delivery";
import { LocalAzureForTests } from "../../support/localAzure";
import { DevStack } from "./support/deployment";
import { devRecording } from "./support/stackRights";
import { LimitedDeployer, type Restore } from "./support/limitedDeployer";
import { deployingAs, reportIn, runDoctor } from "./support/runDoctor";

jest.setTimeout(300_000);

const group = resourceGroupId(resourceGroups.daemons);

/** Rights that nothing else has to be made for first, so that one run meets every one of them. */
const taken = [
  { scope: group, action: "Microsoft.KeyVault/vaults/secrets/write" },
  { scope: group, action: "Microsoft.Storage/storageAccounts/blobServices/containers/write" },
  { scope: workspaceId, action: "Microsoft.Authorization/roleAssignments/write" },
] as const;
const permission = "AppRoleAssignment.ReadWrite.All";
const right = ({ action, scope }: { readonly action: string; readonly scope: string }): string => `${action} ${scope}`;

let azure: LocalAzureForTests;
let deployer: LimitedDeployer;
const restores: Restore[] = [];

beforeAll(async () => {
  const recording = await devRecording();
  azure = await LocalAzureForTests.open({ startsAt: "system" });
  deployer = await LimitedDeployer.make(new Administrator(azure), rightsOf(recording, "dev"));
  for (const { scope, action } of taken) restores.push(await deployer.withdrawAction(scope, action));
  restores.push(await deployer.withdrawPermission(permission));
});
afterAll(() => azure.close());

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
