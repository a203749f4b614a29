import type { CommandContext } from "../../../local/commands/command";
import { disableExpired } from "../../../local/commands/disableExpired";
import { Console } from "../../../local/output/console";
import type { OperationResult } from "../../../local/output/operationResult";
import { Administrator, vaultUrl } from "../../support/delivery";
import { LocalAzureForTests } from "../../support/localAzure";

const uri = `${vaultUrl}/secrets/loader-credential`;
const now = new Date("2027-04-10T00:00:00Z");

let azure: LocalAzureForTests;

/** Calls the vault as the deployer. */
const vault = async (method: string, address: string, body?: object): Promise<unknown> => {
  const scope = "https://vault.azure.net/.default";
  return (await azure.call("deployer", scope, method, `${address}?api-version=7.4`, body)).body;
};

/** Writes a version of the stack's secret. @returns its version */
async function write(end: string): Promise<string> {
  const tags = { "managed-by": "azure-daemon-access", format: "credential" };
  const body = { value: "a value", tags, attributes: { exp: Date.parse(end) / 1_000 } };
  const { id } = (await vault("PUT", uri, body)) as { readonly id: string };
  azure.clock.advance({ days: 1 });
  return id;
}

beforeEach(async () => {
  azure = await LocalAzureForTests.open();
  await new Administrator(azure).layOut();
});

afterEach(() => azure.close());

it("disables what has ended after an update that has changed nothing, as the one after a kill does", async () => {
  const [older, newest] = [await write("2027-04-09T00:00:00Z"), await write("2027-07-09T00:00:00Z")];
  const context = { console: new Console({ json: true, verbose: false }), clock: { now: () => now } };
  const session = {
    proxyUrl: azure.azure.proxyUrl,
    caFile: azure.azure.caFile,
    attached: true,
    secretOf: azure.secretOf.bind(azure),
    derive: () => "",
    close: () => Promise.resolve(),
  };
  const unchanged = { ok: true, steps: [], outputs: { vaultUri: vaultUrl, "loader.secretUri": uri } };
  await disableExpired(context as unknown as CommandContext, session, unchanged as unknown as OperationResult);
  const enabled = async (version: string): Promise<unknown> =>
    ((await vault("PATCH", version, {})) as { attributes: { enabled: boolean } }).attributes.enabled;
  expect([await enabled(older), await enabled(newest)]).toEqual([false, true]);
});
