import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { automationStack } from "../../support/automationStack";
import { type Ended, run } from "../../support/command";
import { loader, mailer, ownersOutputs } from "../../components/stack/ownersOutputs";
import type { Reading } from "./readStack";
import { TransitVault } from "./transitVault";
import { typeScriptOptions } from "../../support/typeScriptOptions";

jest.setTimeout(240_000);

const OWNERS = "organization/azure-daemon-access";
const PASSPHRASE = "the owners' passphrase";
let backend: string;

async function deployOwners(stackName: string, outputs: Readonly<Record<string, unknown>>): Promise<void> {
  const stack = await automationStack({
    project: "azure-daemon-access",
    stack: stackName,
    program: () => Promise.resolve(outputs),
    backend,
    passphrase: PASSPHRASE,
  });
  await stack.up({ color: "never" });
}

const read = (reading: Omit<Reading, "backend">, env: Record<string, string>): Promise<Ended> =>
  run(
    process.execPath,
    [...typeScriptOptions, "tests/examples/consumers/readStack.ts", JSON.stringify({ backend, ...reading })],
    env,
  );

const withPassphrase = { PULUMI_CONFIG_PASSPHRASE: PASSPHRASE };
const daemons = { "forecast-loader": loader, "report-mailer": mailer };
const daemonsOf = ({ stdout, stderr }: Ended): unknown =>
  stdout === "" ? stderr : (JSON.parse(stdout) as { daemons: { value: unknown } }).daemons.value;

beforeAll(async () => {
  backend = await mkdtemp(join(tmpdir(), "backend-"));
  // A secret of the owners' own, so that the state has something that only their passphrase opens.
  await deployOwners("dev", { ...ownersOutputs, password: pulumi.secret("a secret of the owners") });
  await deployOwners("old", { ...ownersOutputs, contractVersion: 0 });
  await deployOwners("new", { ...ownersOutputs, contractVersion: 2 });
});

afterAll(() => rm(backend, { recursive: true, force: true }));

describe("a stack that cannot be read", () => {
  it.each([
    ["old", "keeps version 0 of the contract, and this program reads version 1. Ask its owners to run pulumi up"],
    ["new", "keeps version 2 of the contract, and this program reads version 1. Update azure-daemon-access in this"],
    [
      "absent",
      "is not in this backend. Check organization, project and stack; `pulumi stack ls --all` lists the stacks",
    ],
  ])("stops the program, which says what to do: %s", async (stack, message) => {
    const { code, stderr } = await read({ own: `of-${stack}`, stack: `${OWNERS}/${stack}` }, withPassphrase);
    expect(code).toBe(1);
    expect(stderr).toContain(`Stack "${OWNERS}/${stack}" cannot be read:`);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it("stops it for a daemon that isn't there, with the nearest name", async () => {
    const { code, stderr } = await read(
      { own: "misspelt", stack: `${OWNERS}/dev`, daemons: ["forecast-loder"] },
      withPassphrase,
    );
    expect(code).toBe(1);
    expect(stderr).toContain('daemon "forecast-loder": is not in this stack. Did you mean "forecast-loader"?');
  });
});

describe("a stack that a passphrase protects", () => {
  it("is read with another passphrase, and with an empty one", async () => {
    const stack = `${OWNERS}/dev`;
    const [other, empty] = await Promise.all([
      read({ own: "other", stack }, { PULUMI_CONFIG_PASSPHRASE: "another passphrase" }),
      read({ own: "empty", stack }, { PULUMI_CONFIG_PASSPHRASE: "" }),
    ]);
    expect(daemonsOf(other)).toEqual(daemons);
    expect(daemonsOf(empty)).toEqual(daemons);
  });

  it("is read by a team whose secrets another provider protects, once any passphrase is set", async () => {
    const vault = await TransitVault.open();
    try {
      const reading = { own: "own-provider", stack: `${OWNERS}/dev`, secretsProvider: "hashivault://reporting" };
      const env = { VAULT_ADDR: vault.address, VAULT_TOKEN: "any" };
      const without = await read(reading, env);
      expect(without.stderr).toContain("Set PULUMI_CONFIG_PASSPHRASE; any value will do, even an empty one");
      expect(daemonsOf(await read(reading, { ...env, PULUMI_CONFIG_PASSPHRASE: "" }))).toEqual(daemons);
    } finally {
      vault.close();
    }
  });
});
