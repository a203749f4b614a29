import { writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import * as storage from "@pulumi/azure-native/storage";
import * as azuread from "@pulumi/azuread";
import type { EngineEvent, PulumiFn, Stack } from "@pulumi/pulumi/automation";
import { CredentialVault, DaemonAccess } from "../../components/index";
import { program as ownStack } from "../../infra/program";
import { resourceGroups } from "../../local/azure/landingZone/layout";
import { policyPackPaths } from "../../policy/run";
import { program as handWritten } from "../fixtures/handWritten/program";
import { Deployment } from "../local/providers/deployment";
import { projectFile } from "../support/stackSettings";
import { inDays } from "./support/compliant";

const { packs, pathEntries } = policyPackPaths();
let deployment: Deployment;
let previewed: Stack | undefined;

beforeAll(async () => {
  deployment = await Deployment.open();
}, 60_000);

afterAll(async () => {
  await deployment.close();
});

interface Outcome {
  readonly failed: boolean;
  readonly violations: { readonly rule: string; readonly level: string; readonly message: string }[];
  readonly fixed: string[];
}

/** What a preview of a program says, on one stack for all of them. */
async function judgedProgram(program: PulumiFn, configuration: object = {}): Promise<Outcome> {
  previewed ??= await deployment.stack("previewed", program);
  previewed.workspace.program = program;
  return await judged(previewed, "preview", configuration);
}

async function judged(stack: Stack, operation: "preview" | "up", configuration: object = {}): Promise<Outcome> {
  // The engine finds the pack's launcher by PATH.
  stack.workspace.envVars["PATH"] = [...pathEntries, process.env["PATH"] ?? ""].join(delimiter);
  const file = join(deployment.local.stateDirectory, `${stack.name}-policy.json`);
  writeFileSync(file, JSON.stringify(configuration));
  const events: EngineEvent[] = [];
  const options = {
    policyPacks: packs,
    policyPackConfigs: [file],
    onEvent: (event: EngineEvent) => events.push(event),
  };
  const failed = await (operation === "up" ? stack.up(options) : stack.preview(options)).then(
    () => false,
    () => true,
  );
  return {
    failed,
    violations: events.flatMap(({ policyEvent }) =>
      policyEvent
        ? [{ rule: policyEvent.policyName, level: policyEvent.enforcementLevel, message: policyEvent.message }]
        : [],
    ),
    fixed: events.flatMap((event) => ("policyRemediationEvent" in event ? remediationOf(event) : [])),
  };
}

/** The Automation API's types know no remediations. */
const remediationOf = (event: object): string[] => {
  const { policyRemediationEvent } = event as { policyRemediationEvent?: { policyName: string } };
  return policyRemediationEvent ? [policyRemediationEvent.policyName] : [];
};

/** The settings that advisories name; "" for one that names none. */
const named = ({ violations }: Outcome): string[] =>
  [
    ...new Set(
      violations.map(({ message }) => /In a stack of azure-daemon-access: (\S+)\.\s*$/.exec(message)?.[1] ?? ""),
    ),
  ].sort();

const subnetId =
  "/subscriptions/8e1b0a4c-7d39-4c52-b6f3-2f9d1e5a7c60/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-hub/subnets/snet-endpoints";
const logs = {
  workspaceId:
    "/subscriptions/8e1b0a4c-7d39-4c52-b6f3-2f9d1e5a7c60/resourceGroups/rg-platform/providers/Microsoft.OperationalInsights/workspaces/log-platform",
};

/** What meets each advisory of the dev stack, by the setting that the advisory names. */
const settingsThatMeet = {
  "vault.diagnostics": { diagnostics: logs },
  "vault.privateEndpoint": { privateEndpoint: { subnetId } },
  "vault.protect": { protect: true },
  "lake.diagnostics": { diagnostics: logs },
  "lake.infrastructureEncryption": { infrastructureEncryption: true },
  "lake.privateEndpoint": { privateEndpoint: { subnetId } },
  "lake.protect": { protect: true },
  "lake.softDeleteDays": { softDeleteDays: 14 },
  "daemons[].federated": {
    federated: [{ name: "main", gitHub: { repository: "contoso/forecasts", branch: "main" } }],
  },
  "daemons[].graph.permissions": { permissions: ["User.ReadBasic.All"] },
  "daemons[].owners": { owners: ["5c7d9e1f-2a3b-4c5d-8e6f-7a8b9c0d1e2f"] },
} as const;

const mandatory = ({ violations }: Outcome): string[] =>
  violations.filter(({ level }) => level === "mandatory").map(({ rule }) => rule);

/** A lake that is compliant but for its TLS version. */
const oldTls: PulumiFn = () => {
  new storage.StorageAccount("lake", {
    resourceGroupName: resourceGroups.daemons,
    kind: storage.Kind.StorageV2,
    sku: { name: storage.SkuName.Standard_ZRS },
    isHnsEnabled: true,
    minimumTlsVersion: storage.MinimumTlsVersion.TLS1_0,
    allowBlobPublicAccess: false,
    allowSharedKeyAccess: false,
    networkRuleSet: { defaultAction: storage.DefaultAction.Deny },
  });
  return Promise.resolve({});
};

describe("the real engine with the pack", () => {
  it("stops a program that was written by hand, at preview", async () => {
    const outcome = await judgedProgram(handWritten);

    expect(outcome.failed).toBe(true);
    expect(mandatory(outcome).sort()).toEqual([
      "application-single-tenant",
      "client-secret-has-end-date",
      "client-secret-kept-in-vault",
      "client-secret-no-relative-end-date",
      "role-contributor-at-resource-only",
      "role-not-privileged-at-wide-scope",
      "role-scope-narrow",
      "storage-firewall",
      "storage-hierarchical-namespace",
      "storage-no-public-blobs",
      "storage-no-shared-key",
      "storage-tls-version",
      "vault-firewall",
      "vault-purge-protection",
      "vault-rbac",
    ]);
    expect(outcome.violations.find(({ rule }) => rule === "storage-tls-version")?.message).toContain(
      'minimumTlsVersion is not set. Fix: set minimumTlsVersion to "TLS1_2".',
    );
  }, 120_000);

  describe("on the project's own stack", () => {
    let stack: Stack;
    let settings: Record<string, unknown>;

    const judgedWith = async (changed: Readonly<Record<string, unknown>>): Promise<Outcome> => {
      await stack.workspace.saveStackSettings("dev", { config: { ...settings, ...changed } });
      return judged(stack, "preview");
    };

    beforeAll(async () => {
      stack = await deployment.stack("dev", ownStack);
      settings = (projectFile("Pulumi.dev.yaml") as { config: Record<string, unknown> }).config;
    }, 60_000);

    it("passes it, leaves no rule undecided at its first preview, and names a setting in every advisory", async () => {
      const outcome = await judgedWith({});

      expect(mandatory(outcome)).toEqual([]);
      expect(outcome.violations.filter(({ message }) => message.includes("can't run policy"))).toEqual([]);
      expect(outcome.failed).toBe(false);

      expect(named(outcome)).toEqual([...Object.keys(settingsThatMeet)].sort());
    }, 120_000);

    it("finds nothing once those settings are set", async () => {
      const { lake, vault } = settings as Record<string, object>;
      const daemons = (settings["azure-daemon-access:daemons"] as Record<string, object>[]).map(
        ({ graph, ...daemon }) => ({
          ...daemon,
          secret: undefined,
          ...settingsThatMeet["daemons[].owners"],
          ...settingsThatMeet["daemons[].federated"],
          graph: { ...graph, ...settingsThatMeet["daemons[].graph.permissions"] },
        }),
      );
      const shared = (group: string): object =>
        Object.assign(
          {},
          ...Object.entries(settingsThatMeet).flatMap(([name, value]) => (name.startsWith(group) ? [value] : [])),
        ) as object;
      const outcome = await judgedWith({
        "azure-daemon-access:lake": { ...lake, ...shared("lake.") },
        "azure-daemon-access:vault": { ...vault, ...shared("vault.") },
        "azure-daemon-access:daemons": daemons,
      });

      expect(outcome).toEqual({ failed: false, violations: [], fixed: [] });
    }, 120_000);
  });

  it("shows a finding that is waived, with the reason, and goes on", async () => {
    const waiver = { resource: "lake", reason: "an old reader until it moves", expires: "2999-01-31" };
    const configuration = { "storage-tls-version": { waivers: [waiver] } };

    const outcome = await judgedProgram(oldTls, configuration);

    expect(outcome.failed).toBe(false);
    expect(outcome.violations.find(({ rule }) => rule === "storage-tls-version")).toMatchObject({
      level: "advisory",
      message: expect.stringContaining("Waived until 2999-01-31: an old reader until it moves") as string,
    });
  }, 120_000);

  it("stops for a waiver that has run out", async () => {
    const waiver = { resource: "elsewhere", reason: "an old reader until it moves", expires: "2020-01-31" };
    const configuration = { "vault-rbac": { waivers: [waiver] }, "storage-tls-version": "advisory" };

    const outcome = await judgedProgram(oldTls, configuration);

    expect(mandatory(outcome)).toEqual(["waivers-in-order"]);
    expect(outcome.failed).toBe(true);
  }, 120_000);

  describe("with waivers in code", () => {
    const granting =
      (
        expires: string,
        rules = ["grant-not-dangerous", "grant-has-reason", "application-requests-no-dangerous-permission"],
      ): PulumiFn =>
      () => {
        const reason = "moves people between teams until March";
        new DaemonAccess("mover", {
          secret: { endDate: inDays(30) },
          asOf: inDays(0),
          graph: { permissions: ["RoleManagement.ReadWrite.Directory"] },
          vault: new CredentialVault("kv-waived", { resourceGroupName: resourceGroups.daemons }),
          waivers: rules.map((rule) => ({ rule, reason, expires })),
        });
        return Promise.resolve({});
      };

    it("stops for what nobody waives", async () => {
      const outcome = await judgedProgram(granting("2999-01-31", []));

      expect(mandatory(outcome)).toEqual(
        expect.arrayContaining(["application-requests-no-dangerous-permission", "grant-not-dangerous"]),
      );
    }, 120_000);

    it("shows what a component waives in its own resources, with the reason, and goes on", async () => {
      const outcome = await judgedProgram(granting("2999-01-31"));

      expect(mandatory(outcome)).toEqual([]);
      expect(outcome.failed).toBe(false);
      expect(outcome.violations.find(({ rule }) => rule === "grant-not-dangerous")).toMatchObject({
        level: "advisory",
        message: expect.stringContaining("Waived until 2999-01-31: moves people between teams until March") as string,
      });
    }, 120_000);

    it("stops for one that has run out, or that names no rule", async () => {
      const program = granting("2020-01-31", ["grant-not-dangerous", "grant-not-dangerus"]);
      const outcome = await judgedProgram(program);

      const told = outcome.violations.filter(({ rule }) => rule === "waivers-in-order").map(({ message }) => message);
      expect(told.join("\n")).toContain('grant-not-dangerous: the waiver for "*" expired on 2020-01-31');
      expect(told.join("\n")).toContain('grant-not-dangerus: the waiver for "*" is for an unknown rule');
      expect(mandatory(outcome)).toEqual(expect.arrayContaining(["grant-not-dangerous", "waivers-in-order"]));
    }, 120_000);
  });

  it("fixes the TLS version where a team lets it", async () => {
    const configuration = { "storage-tls-version": "remediate" };

    const outcome = await judgedProgram(oldTls, configuration);

    expect(outcome.fixed).toEqual(["storage-tls-version"]);
    expect(mandatory(outcome)).toEqual([]);
    expect(outcome.failed).toBe(false);
  }, 120_000);

  it("finds a client secret among the stack's outputs, once its value is known", async () => {
    const leaking: PulumiFn = () => {
      const application = new azuread.Application("leaky", { displayName: "Leaky" });
      const secret = new azuread.ApplicationPassword("leaky", { applicationId: application.id, endDate: inDays(30) });
      return Promise.resolve({ "leaky.secret": secret.value });
    };
    const configuration = { "client-secret-kept-in-vault": "advisory" };

    const outcome = await judged(await deployment.stack("leaky", leaking), "up", configuration);

    expect(mandatory(outcome)).toEqual(["client-secret-not-in-outputs"]);
  }, 120_000);
});
