import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { guidOf, SUBSCRIPTION_ID, TENANT_ID, WORKSPACE_ID } from "../../support/azureMocks";
import { typeScriptOptions } from "../../support/typeScriptOptions";

jest.setTimeout(60_000);

const principal = { clientId: guidOf("client"), objectId: guidOf("principal"), tenantId: TENANT_ID };
const elsewhere = WORKSPACE_ID.replace(SUBSCRIPTION_ID, guidOf("another subscription"));
const inGroup = (type: string, name: string): string =>
  elsewhere.replace(/providers\/.*/, `providers/Microsoft.${type}/${name}`);

/** What a program rejected, and what it asked for or made by resource group and name. */
interface Ended {
  readonly messages: readonly string[];
  readonly asked: readonly string[];
}

/** In a process of its own: Pulumi's SDK has it fail for the promises that such an end leaves. */
const program = `
  const [messages, asked] = [[], []];
  process.on("unhandledRejection", ({ message }) => messages.push(message));
  process.on("exit", () => require("node:fs").writeSync(1, JSON.stringify({ messages, asked })));
  const ask = (token) => /^azure-native:(?!authorization)/.test(token) && asked.push(token);
  require("@pulumi/pulumi").runtime.setMocks({
    newResource: ({ name, type, inputs }) => (ask(type), { id: name, state: inputs }),
    call: ({ token }) => (ask(token), { subscriptionId: "${SUBSCRIPTION_ID}" }),
  });
  const library = require("./components/index");
  const principal = ${JSON.stringify(principal)};
  const workspaceId = "${elsewhere}";
  new library.MachineLearningAccess("access", { principal, workspaceId, job: "train", linkedResources: { lookUp: ["vault"] } });
  new library.MachineLearningCompute("cluster", { workspaceId, location: "westeurope" });
  const accountId = "${inGroup("Storage", "storageAccounts/stother")}";
  new library.DataLake("lake", { accountId, fileSystems: ["reports"] });
  const vault = library.existingVault("${inGroup("KeyVault", "vaults/kv-other")}");
  const secret = { value: "value", generation: 0, notBefore: "2030-01-01T00:00:00Z", expiresOn: "2031-01-01T00:00:00Z" };
  new library.CredentialExport("export", { daemon: "loader", vault, principal, secret });`;

let end: Ended;
beforeAll(async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [...typeScriptOptions, "--eval", program]).catch(
    (error: unknown) => error as { readonly stdout: string },
  );
  end = JSON.parse(stdout) as Ended;
});

it.each([
  ["a look-up", 'MachineLearningAccess "access"', "linkedResources.lookUp"],
  ["a cluster", 'MachineLearningCompute "cluster"', "workspaceId"],
  ["a file system", 'DataLake "lake"', "accountId"],
  ["a credential", 'Daemon "loader"', "vault.vaultId"],
])("%s by its name in another subscription than the ID's is refused", (_what, component, input) => {
  const [, lines = ""] = end.messages.find((message) => message.includes(`${component} cannot`))?.split("\n") ?? [];
  expect(lines).toContain(`  ${input}: got "/subscriptions/${guidOf("another subscription")}/`);
  expect(lines).toContain(`needed one in the subscription that this program deploys to, ${SUBSCRIPTION_ID}.`);
});

it("nothing is asked for or made there then", () => {
  expect(end.asked).toEqual([]);
});
