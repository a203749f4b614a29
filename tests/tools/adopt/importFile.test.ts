import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AzureReader } from "../../../tools/adopt/azureReader";
import { complete } from "../../../tools/adopt/estate/completion";
import type { ImportFile, Planned } from "../../../tools/adopt/estate/importFile";
import { subscription } from "../../../local/azure/landingZone/layout";
import { type Ended, signedInAs } from "../../support/command";
import { runToolCommand } from "../../support/toolCommand";
import { GraphClient } from "../../support/graphClient";
import { LocalAzureForTests } from "../../support/localAzure";
import { UNKNOWN, markedSecret } from "../../support/engineMarks";

jest.setTimeout(120_000);

const application = "azuread:index/application:Application";
const password = "azuread:index/applicationPassword:ApplicationPassword";
const role = "azure-native:authorization:RoleAssignment";

/** An Azure with these answers, and nothing else. */
const azure = (answers: Readonly<Record<string, unknown>> = {}): AzureReader =>
  new AzureReader((_service, url) => {
    const known = Object.entries(answers).find(([path]) => decodeURIComponent(url).includes(path));
    return Promise.resolve(known ? { status: 200, body: JSON.stringify(known[1]) } : { status: 404, body: "" });
  });

const entry = (type: string, name: string, more: object = {}): ImportFile["resources"][number] => ({
  type,
  name,
  id: "<PLACEHOLDER>",
  ...more,
});
const component = (name: string, parent?: string): ImportFile["resources"][number] => ({
  type: "azure-daemon-access:index:DaemonAccess",
  name,
  component: true,
  ...(parent !== undefined && { parent }),
});

const plan = (type: string, name: string, inputs: Planned["inputs"], parent = ""): Planned => ({
  urn: `urn:pulumi:dev::p::${parent}${type}::${name}`,
  type,
  name,
  inputs,
});

describe("the engine's import document", () => {
  it("gets the IDs of what is there, with the components around it alone, and keeps what it doesn't know", async () => {
    const file: ImportFile = {
      nameTable: { outer: "urn:outer" },
      resources: [
        component("loader"),
        component("mailer"),
        entry(application, "loader-application", { parent: "loader", version: "6.9.1" }),
        entry(application, "mailer-application", { parent: "mailer" }),
      ],
    };
    const planned: Planned[] = [
      plan(application, "loader-application", { displayName: "O'Loader" }),
      plan(application, "mailer-application", { displayName: "Mailer" }),
    ];
    const answers = { "displayName eq 'O''Loader'": { value: [{ id: "a1" }] }, "displayName eq": { value: [] } };
    const { file: completed, found, leftOut, waiting } = await complete(file, planned, "s", azure(answers));
    expect(completed).toEqual({
      nameTable: { outer: "urn:outer" },
      resources: [
        component("loader"),
        {
          type: application,
          name: "loader-application",
          id: "/applications/a1",
          parent: "loader",
          version: "6.9.1",
        },
      ],
    });
    expect(found).toEqual([{ type: application, name: "loader-application", id: "/applications/a1" }]);
    expect(leftOut).toEqual([
      { type: application, name: "mailer-application", reason: 'no application is named "Mailer"' },
    ]);
    expect(waiting).toEqual([]);
  });

  it.each([
    [
      "two of a name",
      application,
      { displayName: "A" },
      { value: [{ id: "1" }, { id: "2" }] },
      'more than one application is named "A"',
    ],
    [
      "a secret",
      password,
      {},
      {},
      "a client secret's value can't be read back; up makes a new one beside those that are there",
    ],
    [
      "a kind that nobody looks for",
      "azure-native:web:WebApp",
      {},
      {},
      "this type is not supported; write its ID into the file by hand",
    ],
  ])("leaves out %s, and says why", async (_, type, inputs, answer, reason) => {
    const file: ImportFile = { resources: [entry(type, "one")] };
    const result = await complete(file, [plan(type, "one", inputs)], "s", azure({ displayName: answer }));
    expect(result.leftOut).toEqual([{ type, name: "one", reason }]);
    expect(result.file.resources).toEqual([]);
  });

  it("says what a role waits for, and finds it by scope, role and principal in another spelling", async () => {
    const file: ImportFile = { resources: [entry(role, "lake-role")] };
    const inputs = { scope: "/subscriptions/s/x", roleDefinitionId: "/subscriptions/s/roles/R1", principalId: UNKNOWN };
    const pending = await complete(file, [plan(role, "lake-role", inputs)], "s", azure());
    expect(pending.waiting).toEqual([{ type: role, name: "lake-role", reason: "waits for its principalId" }]);

    const assignment = (id: string, scope: string, roleDefinitionId: string): object => ({
      id,
      properties: { scope, roleDefinitionId, principalId: "p1" },
    });
    const answers = {
      roleAssignments: {
        value: [
          assignment("above", "/subscriptions/s", "/r1"),
          assignment("other", "/subscriptions/s/x", "/r2"),
          assignment("this", "/subscriptions/S/X", "/providers/roles/r1"),
        ],
      },
    };
    const known = { ...inputs, principalId: "P1" };
    const { found } = await complete(file, [plan(role, "lake-role", known)], "s", azure(answers));
    expect(found.map(({ id }) => id)).toEqual(["this"]);
  });

  it("tells a parent that the stack has already from what is imported into it under the same name", async () => {
    const type = "azure-native:keyvault:Vault";
    const outer = "azure-daemon-access:index:CredentialVault";
    const urn = `urn:pulumi:dev::p::${outer}::kv`;
    const file: ImportFile = {
      nameTable: { kv: urn, other: "urn:pulumi:dev::p::a:b:Other::other" },
      resources: [
        entry(type, "kv", { parent: "kv" }),
        entry(type, "kvVault", { parent: "kv", logicalName: "inner" }),
        entry(type, "kvCredentialVault", { parent: "other" }),
      ],
    };
    const found = { resourceGroupName: "rg", vaultName: "found" };
    const planned = [
      plan(type, "kv", found, `${outer}$`),
      plan(type, "inner", found, `${outer}$${type}$`),
      plan(type, "kvCredentialVault", found, "a:b:Other$"),
    ];
    const { file: completed } = await complete(file, planned, "s", azure({ "vaults/found": {} }));
    expect(completed.nameTable).toEqual({ kvCredentialVault2: urn, other: "urn:pulumi:dev::p::a:b:Other::other" });
    expect(completed.resources.map(({ name, parent }) => ({ name, parent }))).toEqual([
      { name: "kv", parent: "kvCredentialVault2" },
      { name: "kvVault", parent: "kv" },
      { name: "kvCredentialVault", parent: "other" },
    ]);
  });

  it("knows a resource that the engine renamed by its name in the program", async () => {
    const type = "azure-native:keyvault:Vault";
    const file: ImportFile = { resources: [entry(type, "kvVault", { logicalName: "kv" })] };
    const inputs = { resourceGroupName: "rg", vaultName: "kv-by-hand" };
    const { found } = await complete(file, [plan(type, "kv", inputs)], "s", azure({ "vaults/kv-by-hand": {} }));
    expect(found).toEqual([
      { type, name: "kv", id: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-by-hand" },
    ]);
  });
});

describe("the commands, with a pulumi command that stands in for the engine", () => {
  let local: LocalAzureForTests;
  let directory: string;
  let objectId: string;
  const urn = `urn:pulumi:dev::p::${application}::loader`;

  /** Answers as pulumi does: a preview with its import document, and a state to read and write. */
  const standIn = `#!/bin/sh
case "$1 $2" in
  "preview "*)
    while [ "$1" != --import-file ]; do shift; done
    cp "$STAND_IN/document.json" "$2"; cat "$STAND_IN/preview.json" ;;
  "stack export") cat "$STAND_IN/state.json" ;;
  "stack import") cat > "$STAND_IN/imported.json" ;;
esac
`;
  const adopt = (...args: string[]): Promise<Ended> =>
    runToolCommand(["adopt", ...args], {
      ...signedInAs(local, "administrator"),
      PATH: `${directory}:${process.env["PATH"] ?? ""}`,
      STAND_IN: directory,
    });
  const write = (name: string, document: unknown): void => {
    writeFileSync(join(directory, name), JSON.stringify(document));
  };

  beforeAll(async () => {
    local = await LocalAzureForTests.open({ startsAt: "system" });
    ({ id: objectId } = await new GraphClient(local, "administrator").createDaemon("Loader"));
    directory = mkdtempSync(join(tmpdir(), "adopt-test-"));
    writeFileSync(join(directory, "pulumi"), standIn);
    chmodSync(join(directory, "pulumi"), 0o755);
    write("document.json", { resources: [entry(application, "loader"), entry(password, "loader-generation-0")] });
  });

  afterAll(async () => {
    rmSync(directory, { recursive: true });
    await local.close();
  });

  it("write the document for pulumi import, and say what comes next", async () => {
    const create = (name: string, type: string, inputs: object): object => ({
      op: "create",
      urn: `urn:pulumi:dev::p::${type}::${name}`,
      newState: { type, inputs },
    });
    write("preview.json", {
      config: { "azure-native:subscriptionId": subscription.id },
      steps: [create("loader", application, { displayName: "Loader" }), create("loader-generation-0", password, {})],
    });
    const out = join(directory, "import.json");
    const { code, stdout, stderr } = await adopt("import-file", "--stack", "dev", "--out", out);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`found:\n  Application loader: /applications/${objectId}\n`);
    expect(stdout).toContain("not found; up would create:\n  ApplicationPassword loader-generation-0: ");
    expect(stdout).toContain(`Next: pulumi import --stack dev --file ${out} --protect=false --generate-code=false`);
    expect(JSON.parse(readFileSync(out, "utf8"))).toEqual({
      resources: [{ type: application, name: "loader", id: `/applications/${objectId}` }],
    });
  });

  it("settle a state, with its secrets as they are", async () => {
    const type = "azure-native:keyvault:Vault";
    const vault = { urn: `urn:pulumi:dev::p::${type}::kv`, type, custom: true };
    const sealed = markedSecret({ ciphertext: "v1:abc" });
    const rest = { urn, type: application, custom: true, inputs: { password: sealed } };
    const inputs = { vaultName: "kv", accessPolicies: [] };
    write("state.json", { version: 3, deployment: { resources: [{ ...vault, inputs }, rest] } });
    write("preview.json", {
      steps: [{ op: "update", urn: vault.urn, newState: { type, inputs: { vaultName: "kv" } } }],
    });
    const { code, stdout } = await adopt("settle", "--stack", "dev");
    expect(code).toBe(0);
    expect(stdout).toBe(`settled ${type} kv\nNext: pulumi preview --stack dev\n`);
    expect(JSON.parse(readFileSync(join(directory, "imported.json"), "utf8"))).toEqual({
      version: 3,
      deployment: { resources: [{ ...vault, inputs: { vaultName: "kv" } }, rest] },
    });
  });

  it("write nothing where nothing is to be settled", async () => {
    rmSync(join(directory, "imported.json"), { force: true });
    write("preview.json", { steps: [] });
    expect((await adopt("settle", "--stack", "dev")).stdout).toBe("Nothing was to be settled.\n");
    expect(() => readFileSync(join(directory, "imported.json"))).toThrow();
  });

  it("need a subscription", async () => {
    write("preview.json", { steps: [] });
    const { ARM_SUBSCRIPTION_ID, ...signedIn } = signedInAs(local, "administrator");
    expect(ARM_SUBSCRIPTION_ID).toBe(subscription.id);
    const { code, stderr } = await runToolCommand(["adopt", "import-file", "--stack", "dev"], {
      ...signedIn,
      PATH: `${directory}:${process.env["PATH"] ?? ""}`,
      STAND_IN: directory,
    });
    expect(code).toBe(2);
    expect(stderr).toBe("Name the subscription: --subscription <id>, or azure-native:subscriptionId of the stack.\n");
  });
});
