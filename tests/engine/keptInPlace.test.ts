import { identities } from "../../local/azure/landingZone/layout";
import { group, layOut, there } from "./settings/base";
import { inventory } from "./settings/inventory";
import { HostedStack } from "./support/hostedStack";

jest.setTimeout(300_000);

const retired = (accountName: string): string => JSON.stringify({ allowRetiredService: true, accountName });

/** Of each kind one that another region or resource group makes anew, beside a vault and lakes that stay where they are. */
const deployed: Readonly<Record<string, string>> = {
  "vault.privateEndpoint.subnetId": there.subnets[0],
  "lake.privateEndpoint.subnetId": there.subnets[0],
  dataLakeGen1: retired("dldaemons"),
  "daemons[2]": JSON.stringify({ name: "machine", managedIdentity: {}, machineLearning: { job: "read" } }),
};
/** A change of much else. */
const others = {
  "daemons[1].displayName": "Mail",
  "daemons[0].notes": "x",
};

const asOptions = (settings: object): string[] =>
  Object.entries(settings).flatMap(([key, value]) => ["--config", `${key}=${String(value)}`]);

describe("an update without a preview, on a deployed stack", () => {
  let stack: HostedStack;
  let before: string[];

  beforeAll(async () => {
    stack = await HostedStack.open({ allowsRetiredServices: true });
    await layOut(stack.local);
    // Contributor: nothing less makes an account of the retired service.
    const roleDefinitionId = "b24988ac-6180-42a0-ab88-20f7382dd24c";
    const { objectId: principalId } = identities.deployer;
    stack.local.azure.cloud.access.seed({ principalId, roleDefinitionId, scope: group });
    await stack.succeed("up", ...asOptions(deployed));
    before = await inventory(stack.local);
  });
  afterAll(() => stack.close());

  it.each<[what: string, more: object, refused: RegExp]>([
    ["the region", { ...others, location: "northeurope" }, /:location: got "northeurope"; needed westeurope, because/],
    [
      "the resource group",
      { ...others, tags: '{"owner":"planning"}', resourceGroupName: "rg-machine-learning" },
      /error: azure-native\.keyvault\.Vault kv-daemons: CredentialVault "kv-daemons" cannot take its arguments:\n +azure-daemon-access:resourceGroupName: got "rg-machine-learning"; needed rg-daemons, because/,
    ],
    [
      "the lake's name",
      { "daemons[1].displayName": "Mail", "lake.accountName": "stother" },
      /needed stdaemons\w*, because/,
    ],
    [
      "the retired lake's name",
      { "daemons[1].displayName": "Mail", dataLakeGen1: retired("dlother") },
      /dataLakeGen1\.accountName: got "dlother"; needed dldaemons, because/,
    ],
  ])("changes nothing where %s is refused, whatever else is changed with it", async (_what, more, refused) => {
    const { code, stdout, stderr } = await stack.cli.run("up", ...asOptions({ ...deployed, ...more }));
    expect(`${stdout}${stderr}`).toMatch(refused);
    expect(code).not.toBe(0);
    expect(await inventory(stack.local)).toEqual(before);
  });

  it("is unchanged in the end", async () => {
    const { changes } = await stack.documentOf("up", ...asOptions(deployed));
    expect(Object.keys(changes)).toEqual(["unchanged"]);
  });
});
