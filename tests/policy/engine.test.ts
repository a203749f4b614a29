import { writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import * as storage from "@pulumi/azure-native/storage";
import * as azuread from "@pulumi/azuread";
import type { EngineEvent, PulumiFn, Stack } from "@pulumi/pulumi/automation";
import { program as ownStack } from "../../infra/program";
import { resourceGroups } from "../../local/azure/landingZone/layout";
import { policyPackPaths } from "../../policy/run";
import { program as handWritten } from "../fixtures/handWritten/program";
import { Deployment } from "../local/providers/deployment";
import { projectFile } from "../support/stackSettings";
import { inDays } from "./support/compliant";

const { packs, pathEntries } = policyPackPaths();
let deployment: Deployment;

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
    const outcome = await judged(await deployment.stack("hand-written", handWritten), "preview");

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

  it("passes the project's own stack, and leaves no rule undecided at its first preview", async () => {
    const stack = await deployment.stack("dev", ownStack);
    const { config } = projectFile("Pulumi.dev.yaml") as { config: object };
    const settings = await stack.workspace.stackSettings("dev");
    await stack.workspace.saveStackSettings("dev", { ...settings, config: { ...config } });

    const outcome = await judged(stack, "preview");

    expect(mandatory(outcome)).toEqual([]);
    expect(outcome.violations.filter(({ message }) => message.includes("can't run policy"))).toEqual([]);
    expect(outcome.failed).toBe(false);
  }, 120_000);

  it("shows a finding that is waived, with the reason, and goes on", async () => {
    const waiver = { resource: "lake", reason: "an old reader until it moves", expires: "2999-01-31" };
    const configuration = { "storage-tls-version": { waivers: [waiver] } };

    const outcome = await judged(await deployment.stack("waived", oldTls), "preview", configuration);

    expect(outcome.failed).toBe(false);
    expect(outcome.violations.find(({ rule }) => rule === "storage-tls-version")).toMatchObject({
      level: "advisory",
      message: expect.stringContaining("Waived until 2999-01-31: an old reader until it moves") as string,
    });
  }, 120_000);

  it("stops for a waiver that has run out", async () => {
    const waiver = { resource: "elsewhere", reason: "an old reader until it moves", expires: "2020-01-31" };
    const configuration = { "vault-rbac": { waivers: [waiver] }, "storage-tls-version": "advisory" };

    const outcome = await judged(await deployment.stack("run-out", oldTls), "preview", configuration);

    expect(mandatory(outcome)).toEqual(["waivers-in-order"]);
    expect(outcome.failed).toBe(true);
  }, 120_000);

  it("fixes the TLS version where a team lets it", async () => {
    const configuration = { "storage-tls-version": "remediate" };

    const outcome = await judged(await deployment.stack("fixed", oldTls), "preview", configuration);

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
