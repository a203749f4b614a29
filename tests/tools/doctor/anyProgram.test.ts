import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { subscription, tenant } from "../../../local/azure/landingZone/layout";
import { readProjectFile } from "../../../tools/doctor/program/projectFile";
import { recordInProcess } from "../../../tools/doctor/program/recordInProcess";
import { readStackProgram } from "../../../tools/doctor/program/stackProgram";
import { rightsOf } from "../../../tools/doctor/rights/rightsList";
import type { Recording } from "../../../tools/doctor/program/recording";

const root = join(__dirname, "..", "..", "..");
const place = { ARM_TENANT_ID: tenant.id, ARM_SUBSCRIPTION_ID: subscription.id };

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "any-program-"));
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
  write("Pulumi.yaml", "name: any\nruntime: nodejs\n");
  write("Pulumi.dev.yaml", "config: {}\n");
});

afterEach(() => {
  rmSync(project, { recursive: true });
});

const write = (name: string, text: string): void => {
  writeFileSync(join(project, name), text);
};

const recorded = async (): Promise<Recording> =>
  (await readStackProgram(project, "dev", { ...process.env, ...place })).recording;

const declared = ({ resources }: Recording): string[] => resources.map(({ row, name }) => `${row.type} ${name}`);

describe("doctor reads the program that Pulumi.yaml names", () => {
  it("in TypeScript, with the program's own packages", async () => {
    write(
      "index.ts",
      `import * as resources from "@pulumi/azure-native/resources";
import * as storage from "@pulumi/azure-native/storage";
const resourceGroupName: string = new resources.ResourceGroup("group") && "rg-daemons";
new storage.StorageAccount("lake", { resourceGroupName, kind: "StorageV2", sku: { name: "Standard_LRS" } });
`,
    );
    const recording = await recorded();
    expect(declared(recording)).toEqual(["azure-native:storage:StorageAccount lake"]);
    expect(recording.unlisted).toEqual(["azure-native:resources:ResourceGroup"]);
    const { azure, unlisted } = rightsOf(recording, "dev", ["up"]);
    expect(azure.flatMap(({ actions }) => actions.map(({ action }) => action))).toContain(
      "Microsoft.Storage/storageAccounts/write",
    );
    expect(unlisted).toEqual(["azure-native:resources:ResourceGroup"]);
  });

  it("in JavaScript, which exports a function, where main says", async () => {
    write("Pulumi.yaml", "name: any\nruntime:\n  name: nodejs\n  options:\n    typescript: false\nmain: program.js\n");
    write(
      "program.js",
      'const { Application } = require("@pulumi/azuread");\nmodule.exports = async () => { new Application("a", { displayName: "A" }); };\n',
    );
    expect(declared(await recorded())).toEqual(["azuread:index/application:Application a"]);
  });

  it("with the arguments of Node.js that it asks for, its settings, and a placeholder for an encrypted one", async () => {
    write("Pulumi.yaml", "name: any\nruntime:\n  name: nodejs\n  options:\n    nodeargs: --require ./first.js\n");
    write("Pulumi.dev.yaml", "config:\n  any:name: loader\n  any:key:\n    secure: v1:a:b\n");
    write("first.js", 'globalThis.suffix = "1";\n');
    write(
      "index.ts",
      `import { Application } from "@pulumi/azuread";
import { Config } from "@pulumi/pulumi";
const config = new Config();
new Application(config.require("name") + (globalThis as unknown as { suffix: string }).suffix, { displayName: config.requireSecret("key") });
`,
    );
    expect(declared(await recorded())).toEqual(["azuread:index/application:Application loader1"]);
  });
});

describe("doctor tells why a program can't be read", () => {
  it.each([
    ["it throws", 'throw new Error("broken here");', "fails before anything is deployed:\nbroken here"],
    [
      "it rejects",
      'import { Application } from "@pulumi/azuread";\nnew Application("a", { displayName: Promise.reject(new Error("rejected here")) });',
      "fails before anything is deployed:\nrejected here",
    ],
    ["it ends by itself", "process.exit(3);", "The program exited before it finished."],
    ["it is no program", "const = 1;", "fails before anything is deployed:\n"],
  ])("where %s", async (_, program, reason) => {
    write("index.ts", `${program}\n`);
    await expect(recorded()).rejects.toThrow(reason);
  });

  it("where it is of another language, or there is none", async () => {
    write("Pulumi.yaml", "name: any\nruntime: python\n");
    await expect(recorded()).rejects.toThrow("runtime is python; doctor reads programs of nodejs.");
    write("Pulumi.yaml", "name: any\nruntime: nodejs\nmain: source\n");
    await expect(recorded()).rejects.toThrow(`main names ${project}/source, which does not exist.`);
  });
});

it("a program that never ends is ended", async () => {
  write("index.ts", "setInterval(() => 0, 1000);\nexport default () => new Promise(() => 0);\n");
  const settings = { project: "any", stack: "dev", config: {}, place: { tenantId: "", subscriptionId: "" } };
  const recording = recordInProcess(readProjectFile(project), settings, process.env, 1_500);
  await expect(recording).rejects.toThrow("The program has not ended after 0.025 minutes, without a cloud.");
});

describe("doctor reads the program of settings that stand alone", () => {
  beforeEach(() => {
    copyFileSync(join(root, "Pulumi.dev.yaml"), join(project, "Pulumi.dev.yaml"));
  });
  const ours = readFileSync(join(root, "Pulumi.yaml"), "utf8");

  it.each([
    ["which have this repository's Pulumi.yaml", ours],
    ["whose main names it", ours.replace("main: infra/", `main: ${join(root, "infra")}`)],
  ])("%s", async (_, text) => {
    write("Pulumi.yaml", text);
    expect(declared(await recorded())).toContainEqual(expect.stringMatching(/^azure-native:keyvault:Vault /));
  });
});
