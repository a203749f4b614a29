import { HostedStack } from "./support/hostedStack";

jest.setTimeout(300_000);

let stack: HostedStack;

beforeAll(async () => {
  stack = await HostedStack.open();
  await stack.succeed("up", "--config", "vault.retentionDays=30", "--config", "lake.sku=Standard_LRS");
});
afterAll(() => stack.close());

/** What Azure never changes, and making it anew would lose: the settings, and what the preview says. */
const cases: readonly (readonly [settings: readonly string[], told: RegExp])[] = [
  [
    ["location=northeurope"],
    /azure-daemon-access:location: got "northeurope"; needed westeurope, because a change would replace it/,
  ],
  [
    ["resourceGroupName=rg-machine-learning"],
    /resourceGroupName: got "rg-machine-learning"; needed rg-daemons, because/,
  ],
  [
    ["vault.name=kv-other"],
    /azure-daemon-access:vault\.name: got "kv-other"; needed kv-daemons[0-9a-f]{8}, because a change would replace it/,
  ],
  [
    ["lake.accountName=stother"],
    /azure-daemon-access:lake\.accountName: got "stother"; needed stdaemons[0-9a-f]{8}, because a change would replace it/,
  ],
  [
    ["vault.retentionDays=60"],
    /azure-daemon-access:vault\.retentionDays: got 60; needed 30, the value it was created with, because Azure can't/,
  ],
  [
    ["lake.infrastructureEncryption=true"],
    /azure-daemon-access:lake\.infrastructureEncryption: got true; needed false, the value it was created with, because/,
  ],
  [["lake.sku=Standard_ZRS"], /sku: got "Standard_ZRS"; needed one of Standard_LRS, Standard_GRS, Standard_RAGRS/],
];

it.each(cases)("%s is refused at preview", async (settings, told) => {
  const all = ["vault.retentionDays=30", "lake.sku=Standard_LRS", ...settings];
  const { code, stdout, stderr } = await stack.cli.run("preview", ...all.flatMap((each) => ["--config", each]));
  expect(`${stdout}${stderr}`).toMatch(told);
  expect(code).not.toBe(0);
});

it("nothing has changed then", async () => {
  const { changes } = await stack.documentOf(
    "up",
    "--config",
    "vault.retentionDays=30",
    "--config",
    "lake.sku=Standard_LRS",
  );
  expect(Object.keys(changes)).toEqual(["unchanged"]);
});
