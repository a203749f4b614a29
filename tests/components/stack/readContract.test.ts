import { StackReferenceError } from "../../../components/index";
import { readContract } from "../../../components/stack/readContract";
import { loader, mailer, ownersOutputs, STACK, VAULT_ID, VAULT_URI } from "./ownersOutputs";

const read = (change: Record<string, unknown> = {}, wanted?: string[], secretNames: string[] = []) =>
  readContract(STACK, { outputs: { ...ownersOutputs, ...change }, secretNames }, wanted);

function problems(...args: Parameters<typeof read>): readonly string[] {
  try {
    read(...args);
  } catch (error) {
    if (error instanceof StackReferenceError) return error.problems;
    throw error;
  }
  throw new Error("The outputs were taken.");
}

const REMEDY = "Ask the stack's owners to run pulumi up with a current azure-daemon-access.";

describe("reading a stack's contract", () => {
  it("gives everything that the stack tells, and leaves out what it doesn't", () => {
    expect(read()).toEqual({
      contractVersion: 1,
      vaultId: VAULT_ID,
      vaultName: "kv-daemons",
      vaultUri: VAULT_URI,
      lakeUrl: "https://stdaemons.dfs.core.windows.net/",
      daemons: { "forecast-loader": loader, "report-mailer": mailer },
    });
    expect(read({ lakeUrl: undefined })).not.toHaveProperty("lakeUrl");
  });

  it("gives the wanted daemons alone, and does not judge the others", () => {
    expect(read({ "forecast-loader.clientId": "broken" }, ["report-mailer"]).daemons).toEqual({
      "report-mailer": mailer,
    });
  });

  it("takes a daemon whose credential has no end and no generation, as a federated one hasn't", () => {
    const change = { "report-mailer.expiresOn": undefined, "report-mailer.generation": undefined };
    const { expiresOn, generation, ...rest } = mailer;
    expect([expiresOn, generation]).not.toContain(undefined);
    expect(read(change).daemons["report-mailer"]).toEqual(rest);
  });

  it("takes outputs that it does not know", () => {
    expect(read({ "forecast-loader.colour": "green" }).daemons).toEqual(read().daemons);
  });

  it("names the nearest daemons for one that is missing", () => {
    expect(problems({}, ["forecast-loder", "report-mailer", "invoices"])).toEqual([
      'daemon "forecast-loder": is not in this stack. Did you mean "forecast-loader"?',
      'daemon "invoices": is not in this stack. There are "forecast-loader", "report-mailer".',
    ]);
    expect(problems({ daemons: [] }, ["invoices"])).toEqual([
      'daemon "invoices": is not in this stack. There are none.',
    ]);
  });

  it("tells whose turn it is where the contract is older or newer", () => {
    expect(problems({ contractVersion: 0 })).toEqual([
      "keeps version 0 of the contract, and this program reads version 1. Ask its owners to run pulumi up with a current azure-daemon-access, or use an older one here.",
    ]);
    expect(problems({ contractVersion: 2, vaultUri: undefined })).toEqual([
      "keeps version 2 of the contract, and this program reads version 1. Update azure-daemon-access in this program.",
    ]);
  });

  it("tells a stack of something else from one that was not deployed", () => {
    expect(problems({ contractVersion: undefined })).toEqual([
      expect.stringContaining("has no output contractVersion, so it isn't a stack of azure-daemon-access"),
    ]);
    expect(() => readContract(STACK, { outputs: {}, secretNames: [] })).toThrow(
      "has no outputs: it was not deployed yet, or destroyed. Ask its owners to run pulumi up.",
    );
  });

  it("tells every output that is not as the contract says, at once", () => {
    const change = {
      vaultId: "kv-daemons",
      vaultUri: "http://kv-daemons.vault.azure.net/",
      "forecast-loader.clientId": "loader",
      "forecast-loader.secretUri": `${VAULT_URI}secrets/forecast-loader-credential/0a1b`,
      "forecast-loader.generation": "0",
      "forecast-loader.permissions": "User.Read.All",
      "report-mailer.expiresOn": "soon",
    };
    expect(problems(change)).toEqual([
      `output vaultId: got "kv-daemons"; needed the resource ID of a key vault. ${REMEDY}`,
      `output vaultUri: got "http://kv-daemons.vault.azure.net/"; needed an https:// address with nothing after its host. ${REMEDY}`,
      `output forecast-loader.generation: got "0"; needed a whole number. ${REMEDY}`,
      `output forecast-loader.clientId: got "loader"; needed an application (client) ID, which is a GUID. ${REMEDY}`,
      `output forecast-loader.secretUri: got "${VAULT_URI}secrets/forecast-loader-credential/0a1b"; needed the URI of a Key Vault secret without a version. ${REMEDY}`,
      `output forecast-loader.permissions: got "User.Read.All"; needed a list of texts. ${REMEDY}`,
      `output report-mailer.expiresOn: got "soon"; needed a date and time with its zone, as RFC 3339 writes it. ${REMEDY}`,
    ]);
  });

  it("refuses a secret where the contract has none, and does not show it", () => {
    expect(problems({ "report-mailer.clientId": "hidden value" }, undefined, ["report-mailer.clientId"])).toEqual([
      `output report-mailer.clientId: is a secret, and the contract has none. ${REMEDY}`,
    ]);
  });

  it("takes a stack that has a secret of its own beside the contract", () => {
    expect(read({ password: "hidden value" }, undefined, ["password"]).daemons).toEqual(read().daemons);
  });

  it("says which stack it is about", () => {
    expect(() => read({}, ["invoices"])).toThrow(`Stack "${STACK}" cannot be read:\n  daemon "invoices"`);
  });
});
