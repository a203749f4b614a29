import { parse } from "yaml";
import { lakeRoles, machineLearningRoles, type RoleTable } from "../../components/access/roles";
import { DEFAULT_LAKE_SKU, lakeSkus } from "../../components/data/lakeSkus";
import { DEFAULT_GEN1_PERMISSIONS, lakeStoreRoles } from "../../components/data/dataLakeGen1Access";
import { DEFAULT_LAKE_ROLE } from "../../components/data/fileSystemRole";
import { consentModes, DEFAULT_CONSENT } from "../../components/graph/consent";
import { DEFAULT_OVERLAP_DAYS, DEFAULT_ROTATION_DAYS } from "../../components/identity/rotationSchedule";
import { workspaceJobs } from "../../components/ml/jobs";
import { DEFAULT_MACHINE_LEARNING_ROLE } from "../../components/ml/machineLearningAccess";
import { credentialFormats, DEFAULT_FORMAT } from "../../components/vault/credentialFormats";
import { DEFAULT_RETENTION_DAYS } from "../../components/vault/credentialVault";
import { DEFAULT_READER_TYPE, readerTypes } from "../../components/vault/exportChecks";
import { readConfiguration } from "../../infra/config";
import { DEFAULT_ROLE_MAKING, roleMakings } from "../../infra/roleMaking";
import { leavesOf, settingsSchema } from "../../infra/reference/schemaLeaves";
import { asPulumiHasThem } from "../support/stackSettings";
import { blocksIn, codesIn, place, read, sectionNamed, tableIn } from "./pages";

const now = new Date("2027-02-01T00:00:00Z");
const namespace = "azure-daemon-access:";

interface Row {
  readonly setting: string;
  readonly fallback: string;
  readonly allowed: string;
  readonly example: unknown;
}

const rows: readonly Row[] = tableIn(sectionNamed("docs/reference/settings.md", "configuration")).map(
  ([setting = "", fallback = "", , allowed = "", example = ""]) => ({
    setting: codesIn(setting)[0] ?? "",
    fallback,
    allowed,
    example: parse(codesIn(example)[0] ?? "") as unknown,
  }),
);
const row = (setting: string): Row => {
  const found = rows.find((candidate) => candidate.setting === setting);
  if (found === undefined) throw new Error(`the reference has no ${setting}`);
  return found;
};

const leaves = leavesOf(settingsSchema());

/** A workload of each kind. */
const workloads: Readonly<Record<string, Record<string, unknown>>> = {
  gitHub: { repository: "contoso/forecasts", branch: "main" },
  azureDevOps: {
    organizationId: "0ca3ddd9-f0b0-4635-a98c-5866526961b6",
    serviceConnectionId: "64171687-7a59-4fce-b2c8-823278dcf176",
  },
  kubernetes: { issuer: "https://oidc.contoso.example", namespace: "forecasting", serviceAccount: "loader" },
  managedIdentity: { principalId: "8031ad64-4f52-4eb9-a18a-b26d9f504e37" },
  custom: { issuer: "https://id.contoso.example", subject: "job-7" },
};

/** What stands in another field's place, or has to stand beside it. */
const instead: Readonly<Record<string, Record<string, unknown>>> = {
  tag: { branch: undefined },
  environment: { branch: undefined },
  pullRequest: { branch: undefined },
  serviceConnection: { serviceConnectionId: undefined },
  ownerId: { repositoryId: 456789 },
  repositoryId: { ownerId: 123456 },
};

/** A daemon's workload with one of its fields as the reference's example has it. */
function workloadWith(kind: string, field: string, example: unknown): Record<string, unknown> {
  return { name: "one", [kind]: { ...workloads[kind], ...instead[field], [field]: example } };
}

/** Blocks that show the whole configuration of a stack. */
const configurations = blocksIn("yaml").filter(({ text }) => text.includes(namespace));

function settingsOf(text: string): Record<string, unknown> {
  const { config } = parse(text) as { config: Record<string, unknown> };
  const ours = Object.entries(config).filter(([key]) => key.startsWith(namespace));
  return Object.fromEntries(ours.map(([key, value]) => [key.slice(namespace.length), value]));
}

const certificate = () => ({
  name: "first",
  pem: read("tests/fixtures/certificate.pem"),
  secretUri: "https://kv-daemons.vault.azure.net/secrets/loader-certificate-first",
});

/** A configuration that is accepted, with every group that a setting can lie in. */
const complete = (): Record<string, unknown> => ({
  location: "westeurope",
  resourceGroupName: "rg-daemons",
  vault: { name: "kv-daemons", privateEndpoint: { subnetId: row("vault.privateEndpoint.subnetId").example } },
  lake: {
    sku: "Standard_LRS",
    privateEndpoint: { subnetId: row("lake.privateEndpoint.subnetId").example },
    lifecycle: [{ name: "old", fileSystem: "forecasts", deleteAfterDays: 36_500 }],
  },
  dataLakeGen1: { allowRetiredService: true, accountName: "oldlake" },
  readers: [{ objectId: "1a7b8c2e-3f54-4609-9d8e-b2c1f0a6d573" }],
  daemons: [
    {
      name: "loader",
      secret: { rotation: { startsAt: "2026-01-01T00:00:00Z" } },
      certificate: { certificates: [certificate()] },
      graph: { permissions: ["User.Read.All"] },
      lake: { fileSystem: "forecasts" },
      machineLearning: {
        workspaceId: row("workspaceId").example,
        job: "train",
        linkedResources: { lookUp: ["vault", "containerRegistry"] },
      },
      dataLakeGen1: { path: "/loader" },
      readers: [{ objectId: "8031ad64-4f52-4eb9-a18a-b26d9f504e37" }],
    },
  ],
});

/** The complete configuration with one setting as the reference's example has it. */
function withExample({ setting, example }: Row): Record<string, unknown> {
  const settings = complete();
  if (setting.startsWith("vault.existing.")) settings["vault"] = {};
  if (setting.startsWith("lake.existing.")) {
    settings["lake"] = { existing: { accountId: row("lake.existing.accountId").example } };
  }
  const [daemon = {}] = settings["daemons"] as Record<string, unknown>[];
  const [, workload = "", field = ""] = /^daemons\[\]\.federated\[\]\.(\w+)\.(\w+)$/.exec(setting) ?? [];
  if (workload !== "") {
    daemon["federated"] = [workloadWith(workload, field, example)];
    return settings;
  }
  if (setting.startsWith("daemons[].federated[]")) daemon["federated"] = [workloadWith("gitHub", "branch", "main")];
  if (setting.startsWith("daemons[].managedIdentity.")) {
    for (const kind of ["secret", "certificate"]) Reflect.deleteProperty(daemon, kind);
  }
  if (setting.startsWith("platform")) takeToEstate(settings, setting);
  const steps = setting.replaceAll("[]", ".0").split(".");
  const last = steps.pop() ?? "";
  let group: unknown = settings;
  for (const step of steps) {
    if (Reflect.get(group as object, step) === undefined) Reflect.set(group as object, step, {});
    group = Reflect.get(group as object, step);
  }
  if (last === "accountId") for (const of of Object.keys(group as object)) Reflect.deleteProperty(group as object, of);
  if (last === "storeName") Reflect.deleteProperty(group as object, "path");
  // A whole certificate would be longer than a page is wide.
  if (last === "pem") expect(certificate().pem).toMatch(new RegExp(`^${String(example)}\n`));
  if (setting === "daemons[].machineLearning.role")
    for (const beside of ["job", "linkedResources"]) Reflect.deleteProperty(group as object, beside);
  if (last === "endpoint") Reflect.deleteProperty(group as object, "linkedResources");
  if (last === "endpoint") Reflect.set(group as object, "job", "call");
  if (/^(containerRegistry|vault)Id$/.test(last)) Reflect.deleteProperty(group as object, "lookUp");
  if (last === "endDate") Reflect.deleteProperty(group as object, "rotation");
  if (last !== "pem") Reflect.set(group as object, last, example);
  return settings;
}

/** A platform's settings, or those of a stack on one. */
function takeToEstate(settings: Record<string, unknown>, setting: string): void {
  if (setting.startsWith("platformStack")) {
    for (const name of ["vault", "lake", "machineLearningRoles"]) Reflect.deleteProperty(settings, name);
    settings["platformStack"] = { stack: "organization/azure-daemon-access/platform" };
    return;
  }
  for (const one of ["existing", "name", "recover"]) Reflect.deleteProperty(settings["vault"] ?? {}, one);
  settings["platform"] = {
    vaults: ["daemons"],
    jobRoles: [{ workspaceId: row("workspaceId").example, jobs: ["train"] }],
  };
}

const roleNames = ({ usual, privileged }: RoleTable): string[] => [...Object.keys(usual), ...Object.keys(privileged)];

describe("configurations in the pages", () => {
  it.each(configurations.map((block) => [place(block), block] as const))("%s is accepted", (_, { text }) => {
    expect(() => readConfiguration(asPulumiHasThem(settingsOf(text)), now)).not.toThrow();
  });

  it("are there", () => {
    expect(configurations.length).toBeGreaterThanOrEqual(2);
  });
});

describe("the reference of settings", () => {
  it("lists every setting of the schema, and no other", () => {
    expect(rows.map(({ setting }) => setting).sort()).toEqual(leaves.map(({ path }) => path).sort());
  });

  it("says which are required", () => {
    const either = ["daemons[].secret.rotation.startsAt"];
    for (const { path, required } of leaves.filter(({ path }) => !either.includes(path))) {
      expect([path, row(path).fallback === "required"]).toEqual([path, required]);
    }
  });

  it.each(rows.map((each) => [each.setting, each] as const))("has an example for %s that is accepted", (_, each) => {
    expect(() => readConfiguration(asPulumiHasThem(withExample(each)), now)).not.toThrow();
  });

  it.each([
    ["vault.retentionDays", String(DEFAULT_RETENTION_DAYS)],
    ["lake.sku", DEFAULT_LAKE_SKU],
    ["readers[].principalType", DEFAULT_READER_TYPE],
    ["daemons[].readers[].principalType", DEFAULT_READER_TYPE],
    ["daemons[].secret.rotation.everyDays", String(DEFAULT_ROTATION_DAYS)],
    ["daemons[].secret.rotation.overlapDays", String(DEFAULT_OVERLAP_DAYS)],
    ["daemons[].graph.consent", DEFAULT_CONSENT],
    ["daemons[].lake.role", DEFAULT_LAKE_ROLE],
    ["daemons[].machineLearning.role", DEFAULT_MACHINE_LEARNING_ROLE],
    ["daemons[].dataLakeGen1.permissions", DEFAULT_GEN1_PERMISSIONS],
    ["daemons[].formats", `[${DEFAULT_FORMAT}]`],
    ["machineLearningRoles", DEFAULT_ROLE_MAKING],
  ])("gives %s its default, %s", (setting, fallback) => {
    expect(codesIn(row(setting).fallback)).toEqual([fallback]);
  });

  it.each([
    ["lake.sku", lakeSkus],
    ["readers[].principalType", readerTypes],
    ["daemons[].readers[].principalType", readerTypes],
    ["daemons[].graph.consent", consentModes],
    ["daemons[].formats", [...credentialFormats.keys()]],
    ["daemons[].lake.role", roleNames(lakeRoles)],
    ["daemons[].machineLearning.role", roleNames(machineLearningRoles)],
    ["daemons[].dataLakeGen1.accountRole", roleNames(lakeStoreRoles)],
    ["machineLearningRoles", roleMakings],
    ["daemons[].machineLearning.job", workspaceJobs],
  ] as const)("lists what %s may be", (setting, words) => {
    expect(codesIn(row(setting).allowed).sort()).toEqual([...words].sort());
  });

  it("marks the roles that need allowPrivilegedRole", () => {
    const marked = (setting: string): string[] =>
      [...row(setting).allowed.matchAll(/`([^`]+)` \(privileged\)/g)].map(([, role = ""]) => role).sort();
    expect(marked("daemons[].lake.role")).toEqual(Object.keys(lakeRoles.privileged).sort());
    expect(marked("daemons[].machineLearning.role")).toEqual(Object.keys(machineLearningRoles.privileged).sort());
  });
});
