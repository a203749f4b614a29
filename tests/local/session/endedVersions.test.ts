import { hasEndedVersions } from "../../../local/session/endedVersions";
import { Administrator, vaultUrl } from "../../support/delivery";
import { LocalAzureForTests } from "../../support/localAzure";

const scope = "https://vault.azure.net/.default";
const uri = `${vaultUrl}/secrets/loader-credential`;
const now = new Date("2027-04-10T00:00:00Z");
const ended = Date.parse("2027-04-09T00:00:00Z") / 1_000;
const valid = Date.parse("2027-07-09T00:00:00Z") / 1_000;

let azure: LocalAzureForTests;

/** Writes a version of the secret. @returns its version */
async function write(exp: number | undefined): Promise<string> {
  const body = { value: "a value", attributes: { ...(exp !== undefined && { exp }) } };
  const answer = await azure.call("deployer", scope, "PUT", `${uri}?api-version=7.4`, body);
  azure.clock.advance({ days: 1 });
  return (answer.body as { readonly id: string }).id;
}

const found = (uris: readonly string[]): Promise<boolean> =>
  hasEndedVersions(
    {
      proxyUrl: azure.azure.proxyUrl,
      caFile: azure.azure.caFile,
      attached: true,
      secretOf: (identity) => azure.secretOf(identity),
      derive: () => "",
      close: () => Promise.resolve(),
    },
    uris,
    now,
  );

beforeEach(async () => {
  azure = await LocalAzureForTests.open();
  await new Administrator(azure).layOut();
});

afterEach(() => azure.close());

it("finds an older version that is enabled though it has ended, until it is disabled", async () => {
  const older = await write(ended);
  await write(valid);
  expect(await found([uri])).toBe(true);

  const disabled = { attributes: { enabled: false } };
  await azure.call("deployer", scope, "PATCH", `${older}?api-version=7.4`, disabled);
  expect(await found([uri])).toBe(false);
});

it("finds it among more versions than Key Vault lists at once", async () => {
  for (let count = 0; count < 25; count += 1) await write(valid);
  await write(ended);
  expect(await found([uri])).toBe(false);
  await write(valid);
  expect(await found([uri])).toBe(true);
});

it("leaves the newest version alone, and older ones that are valid", async () => {
  await write(valid);
  await write(undefined);
  await write(ended);
  expect(await found([uri])).toBe(false);
});

it("finds nothing where the secret is not there", async () => {
  expect(await found([uri, `${vaultUrl}/secrets/mailer-credential`])).toBe(false);
});
