import { identities, resourceGroups, workspaceId } from "../../local/azure/landingZone/layout";
import { base, type Facts, layOut, secretUri } from "./settings/base";
import { told } from "./settings/groups";
import { inventory } from "./settings/inventory";
import { ChangingStack, type Run } from "./support/changingStack";

jest.setTimeout(300_000);

const READER = "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7";
const { consumer } = identities;

const trust = (name: string, more: object = {}): object => ({
  name,
  kubernetes: { issuer: "https://aks.example/one", namespace: "jobs", serviceAccount: "loader" },
  ...more,
});

interface Names {
  readonly taken?: object;
  readonly machine?: object;
  readonly trust?: object;
  readonly certificates?: readonly object[];
  readonly role?: string;
}

/** Daemons that Azure knows by what the settings do not name after them. */
function settingsOf({ adopted, vaultName }: Facts, names: Names = {}): object {
  const { role = "Reader", certificates = [], trust: trusted = trust("cluster") } = names;
  return {
    location: "westeurope",
    resourceGroupName: resourceGroups.daemons,
    workspaceId,
    vault: { allowedIpRanges: ["203.0.113.0/24"] },
    dataLakeGen1: base({ adopted, another: "", certificates: [], vaultName: "" })["dataLakeGen1"],
    readers: [{ objectId: consumer.objectId }],
    daemons: [
      {
        name: "taken",
        existing: { clientId: adopted },
        secret: { endDate: "2027-01-01T00:00:00Z" },
        federated: [trusted],
        graph: { permissions: ["User.Read.All"] },
        lake: { fileSystem: "forecasts" },
        machineLearning: { role },
        dataLakeGen1: { path: "/forecasts", accountRole: "Reader" },
        ...names.taken,
      },
      { name: "machine", managedIdentity: { name: "id-machine", federated: [trusted] }, ...names.machine },
      ...(vaultName === "" ? [] : [{ name: "signer", certificate: { certificates } }]),
    ],
  };
}

describe("what is renamed while Azure knows it by something else, on a deployed stack", () => {
  let stack: ChangingStack;
  let facts: Facts;
  let names: Names;

  const certificate = (name: string, at = 0, secret = "signer"): object => ({
    name,
    pem: facts.certificates[at],
    secretUri: secretUri(facts.vaultName, secret),
  });
  const run = async (change: Names): Promise<Run> => {
    names = { ...names, ...change };
    return stack.run("up", settingsOf(facts, names));
  };
  /** The steps of an update, which leaves nothing to change. */
  const up = async (change: Names): Promise<string[]> => {
    const { errors, steps } = await run(change);
    expect(errors).toEqual([]);
    expect((await stack.run("preview", settingsOf(facts, names))).steps).toEqual([]);
    return told(steps);
  };
  const roles = async (): Promise<string[]> =>
    (await inventory(stack.local)).filter((line) => line.startsWith("role of"));

  beforeAll(async () => {
    stack = await ChangingStack.open();
    facts = await layOut(stack.local);
    names = {};
    const { outputs, errors } = await run({});
    expect(errors).toEqual([]);
    facts = { ...facts, vaultName: String(outputs["vaultName"]) };
    await up({ certificates: [certificate("one")] });
  });
  afterAll(() => stack.close());

  it("a certificate's new name leaves the roles on its private key as they are", async () => {
    const before = await roles();
    expect(await up({ certificates: [certificate("two")] })).toEqual([
      "create ApplicationCertificate signer-certificate-two",
      "delete ApplicationCertificate signer-certificate-one",
    ]);
    expect(await roles()).toEqual(before);
  });

  it("the next certificate may be a new version of the same secret, which readers have one role on", async () => {
    const before = await roles();
    const both = [certificate("two"), certificate("three", 1, "SIGNER")];
    expect(await up({ certificates: both })).toEqual([
      "create ApplicationCertificate signer-certificate-three",
      "update Secret signer-credential",
    ]);
    expect(await roles()).toEqual(before);
  });

  it("a role that is given by its ID in place of its name is the same role", async () => {
    const before = await roles();
    expect(await up({ role: READER })).toEqual(["update Secret taken-credential"]);
    expect(await roles()).toEqual(before);
  });

  it("a trust's new name takes the place of the former one", async () => {
    const renamed = trust("runner", { formerName: "cluster" });
    expect(await up({ trust: renamed })).toEqual(
      ["cluster", "runner"]
        .flatMap((name) => [
          `replace ApplicationFederatedIdentityCredential taken-federated-${name}`,
          `replace FederatedIdentityCredential machine-federated-${name}`,
        ])
        .sort(),
    );
    expect((await inventory(stack.local)).filter((line) => /trust .*name = /.test(line)).length).toBeGreaterThan(0);
    expect(await up({ trust: trust("runner") })).toEqual([]);
  });

  it("a daemon's new name keeps its application or identity, and every role that it has", async () => {
    const before = (await roles()).filter((line) => !line.includes("at secrets/"));
    const plan = await up({
      taken: { name: "adopted", formerName: "taken" },
      machine: { name: "engine", formerName: "machine" },
    });
    // The secrets in the vault are named after the daemon.
    expect(plan.filter((step) => !/ (?:Secret|RoleAssignment) .*-credential/.test(step))).toEqual([]);
    expect((await roles()).filter((line) => !line.includes("at secrets/"))).toEqual(before);
    expect(await up({ taken: { name: "adopted" }, machine: { name: "engine" } })).toEqual([]);
  });
});
