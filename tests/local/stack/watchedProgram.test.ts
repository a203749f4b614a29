import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import * as azuread from "@pulumi/azuread";
import * as resources from "@pulumi/azure-native/resources";
import { identities, subscription, tenant } from "../../../local/azure/landingZone/layout";
import { engineOfThisMachine } from "../../../local/engine/ensureEngine";
import { silent } from "../../../local/output/operationLog";
import { startProviders, type RunningProviders } from "../../../local/providers/startProviders";
import { CreationJournal } from "../../../local/stack/creationJournal";
import { openStack, type DrivenStack } from "../../../local/stack/drivenStack";
import { runOperation, type OperationResult } from "../../../local/stack/operation";
import { noPolicies } from "../../../local/stack/policies";
import { stateDirectory } from "../../../local/stateDirectory";
import { familyOf } from "../../engine/support/processes";
import { LocalAzureForTests } from "../../support/localAzure";

let azure: LocalAzureForTests;
let project: string;
let providers: RunningProviders;
let driven: DrivenStack;
let program: pulumi.automation.PulumiFn;

beforeAll(async () => {
  azure = await LocalAzureForTests.open({ startsAt: "system" });
  project = mkdtempSync(join(tmpdir(), "watched-program-"));
  writeFileSync(join(project, "Pulumi.yaml"), "name: watched\nruntime: nodejs\n");
  writeFileSync(join(project, "Pulumi.dev.yaml"), "config: {}\n");
  providers = await startProviders({
    proxyUrl: azure.azure.proxyUrl,
    caFile: azure.azure.caFile,
    deployer: {
      tenantId: tenant.id,
      clientId: identities.deployer.clientId,
      clientSecret: azure.secretOf("deployer"),
    },
    subscriptionId: subscription.id,
  });
  driven = await openStack({
    engine: await engineOfThisMachine(process.env, () => undefined),
    state: stateDirectory({ LOCAL_AZURE_DIRECTORY: azure.stateDirectory }),
    project,
    stack: "dev",
    passphrase: "of a test",
    debugProviders: providers.debugProviders,
    config: [],
    program: () => program(),
  });
});

afterAll(async () => {
  await providers.close();
  await azure.close();
  rmSync(project, { recursive: true, force: true });
});

async function run(kind: "preview" | "up", declared: pulumi.automation.PulumiFn): Promise<OperationResult> {
  program = declared;
  return await runOperation(driven.stack, kind, {
    listener: silent,
    signal: new AbortController().signal,
    program: driven.program,
    journal: new CreationJournal(join(azure.stateDirectory, "journal")),
    policies: noPolicies,
  });
}

const messages = ({ errors }: OperationResult): string[] => errors.map(({ message }) => message);
const done = Promise.resolve({});

class Child extends pulumi.ComponentResource {
  constructor(name: string, refuse: (parent: Child) => void) {
    super("test:index:Child", name);
    refuse(this);
    this.registerOutputs({});
  }
}

/** A resource that waits for what is refused, and another that waits for that one: both would wait for ever. */
function waitingFor(refused: pulumi.Input<string>, parent?: pulumi.Resource): void {
  const group = new resources.ResourceGroup("waits", { location: refused }, { ...(parent && { parent }) });
  new resources.ResourceGroup("waits-too", { location: group.location }, { ...(parent && { parent }) });
}

const rejected = (): pulumi.Output<string> =>
  pulumi.output("northeurope").apply((): string => {
    throw new Error("the region is refused");
  });

describe("a run ends with its program's first rejection, in the program's words,", () => {
  it.each<[string, pulumi.automation.PulumiFn, RegExp]>([
    [
      "thrown in an apply that a resource waits for",
      () => {
        waitingFor(rejected());
        return done;
      },
      /^the region is refused$/,
    ],
    [
      "thrown in an apply within a component",
      () => {
        new Child("child", (child) => {
          waitingFor(rejected(), child);
        });
        return done;
      },
      /^the region is refused$/,
    ],
    [
      "thrown by a component's constructor, beside resources that wait",
      () => {
        waitingFor(new Promise<string>(() => undefined));
        new Child("child", () => {
          throw new pulumi.RunError("the child is refused");
        });
        return done;
      },
      /^the child is refused$/,
    ],
    [
      "a look-up that a provider refuses",
      () => {
        waitingFor(azuread.getServicePrincipalOutput({ clientId: tenant.id }).displayName);
        return done;
      },
      /^invocation of azuread:index\/getServicePrincipal:getServicePrincipal returned an error: /,
    ],
    [
      "a promise that nothing awaits",
      () => {
        waitingFor(new Promise<string>(() => undefined));
        void Promise.reject(new Error("nobody awaits this"));
        return done;
      },
      /^nobody awaits this$/,
    ],
    [
      "thrown outside any promise",
      () => {
        waitingFor(new Promise<string>(() => undefined));
        setImmediate(() => {
          throw new Error("thrown by a timer");
        });
        return done;
      },
      /^thrown by a timer$/,
    ],
    [
      "a child process that ended with 1, whose error has a code as a call of the engine has",
      async () => {
        waitingFor(new Promise<string>(() => undefined));
        await promisify(execFile)(process.execPath, ["-e", "process.exit(1)"]);
        return {};
      },
      /^Command failed: /,
    ],
    ["an output of the stack", () => Promise.resolve({ region: rejected() }), /^the region is refused$/],
    [
      "a value that is no error",
      () => {
        waitingFor(new Promise<string>(() => undefined));
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- any program may
        void Promise.reject({ some: "object" });
        return done;
      },
      /^The program rejected a value that is no error \(object\)\.$/,
    ],
  ])("%s", async (_where, declared, message) => {
    const result = await run("preview", declared);
    expect(messages(result)).toEqual([expect.stringMatching(message)]);
    expect(result).toMatchObject({ ok: false, interrupted: false });
  });

  it("in an update too, which leaves no engine, no lock and no pending operation, and finishes what is in flight", async () => {
    const result = await run("up", () => {
      const made = new resources.ResourceGroup("made", { location: "westeurope", resourceGroupName: "rg-made" });
      waitingFor(made.name.apply(() => rejected()));
      return done;
    });
    expect(messages(result)).toEqual(["the region is refused"]);
    expect(result.steps).toMatchObject([{ name: "made", op: "create", status: "done" }]);

    const locks = readdirSync(join(azure.stateDirectory, "pulumi"), { recursive: true, encoding: "utf8" });
    expect(locks.filter((name) => /locks.*\.json$/.test(name))).toEqual([]);
    expect(familyOf(process.pid).filter(({ command }) => /pulumi up/.test(command))).toEqual([]);

    const next = await run("up", () => {
      new resources.ResourceGroup("made", { location: "westeurope", resourceGroupName: "rg-made" });
      return done;
    });
    expect(next).toMatchObject({ ok: true, steps: [{ name: "made", op: "same" }] });
  });

  it("and tells each daemon's refusal of the same moment, and one of many refused look-ups", async () => {
    const both = await run("preview", () => {
      for (const name of ["one", "two"]) {
        new Child(name, (parent) => {
          const refused = pulumi.output(name).apply((): string => {
            throw new pulumi.RunError(`${name} is refused`);
          });
          new resources.ResourceGroup(name, { location: refused }, { parent });
        });
      }
      return done;
    });
    expect(messages(both)).toEqual(["one is refused", "two is refused"]);

    const lookUps = await run("preview", () => {
      for (const clientId of [tenant.id, subscription.id]) azuread.getServicePrincipalOutput({ clientId });
      return done;
    });
    expect(messages(lookUps)).toHaveLength(1);
  });

  it("and goes to its end where nothing is rejected", async () => {
    const result = await run("preview", () => {
      waitingFor("westeurope");
      return done;
    });
    expect(result).toMatchObject({ ok: true, errors: [], steps: [{ name: "waits" }, { name: "waits-too" }] });
  });
});
