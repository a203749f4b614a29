import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newPasswordValue, recordPassword } from "../../../../local/azure/entra/credentials/password";
import { identities } from "../../../../local/azure/landingZone/layout";
import { landingZoneSecret } from "../../../../local/azure/landingZone/secret";
import { StateKey } from "../../../../local/azure/store/stateKey";
import { LocalAzureForTests } from "../../../support/localAzure";

const directories: string[] = [];
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

const vaultScope = "https://vault.azure.net/.default";
const derived = (key: StateKey): string => key.derive("landing-zone/consumer");

/** A state directory whose key gives a dash where the consumer's secret begins: one in 64 does. */
function directoryWithDash(): { readonly directory: string; readonly key: StateKey } {
  for (;;) {
    const directory = mkdtempSync(join(tmpdir(), "dash-"));
    directories.push(directory);
    const key = StateKey.open(join(directory, "state.key"));
    if (derived(key).startsWith("-")) return { directory, key };
  }
}

it("never starts a client secret with a dash, which a command line takes for an option", () => {
  expect(landingZoneSecret(directoryWithDash().key, "consumer")).toMatch(/^_[\w-]{42}$/);
  const made = Array.from({ length: 2000 }, newPasswordValue);
  expect(made.filter((value) => value.startsWith("-"))).toEqual([]);
});

it("signs in where an earlier landing zone had a secret that starts with a dash", async () => {
  const { directory, key } = directoryWithDash();
  const azure = await LocalAzureForTests.open({ copyOf: directory });
  try {
    const { directory: entra, store } = azure.azure.cloud;
    const application = entra.applications.byAppId(identities.consumer.clientId);
    if (application === undefined) throw new Error("the landing zone has no consumer");
    const passwords = application.passwords.map((each) => recordPassword(each, derived(key)));
    entra.applications.put({ ...application, passwords });
    store.collection<number>("landingZone").set("version", 4);
    await azure.restart();
    expect(await azure.token("consumer", vaultScope)).toEqual(expect.any(String));
  } finally {
    await azure.close();
  }
});
