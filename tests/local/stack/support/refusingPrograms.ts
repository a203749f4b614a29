import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import * as azuread from "@pulumi/azuread";
import * as managedidentity from "@pulumi/azure-native/managedidentity";
import * as resources from "@pulumi/azure-native/resources";
import { DaemonAccess, existingVault } from "../../../../components/index";
import {
  resourceGroupId,
  resourceGroups,
  subscription,
  tenant,
  workspace,
} from "../../../../local/azure/landingZone/layout";

const never = new Promise<string>(() => undefined);
const nothing = Promise.resolve({});

class Child extends pulumi.ComponentResource {
  constructor(name: string, declare: (parent: Child) => void) {
    super("test:index:Child", name);
    declare(this);
    this.registerOutputs({});
  }
}

/** A resource that waits for something, and another that waits for that one: both would wait for ever. */
function waitingFor(location: pulumi.Input<string>, parent?: pulumi.Resource): void {
  const group = new resources.ResourceGroup("waits", { location }, { ...(parent && { parent }) });
  new resources.ResourceGroup("waits-too", { location: group.location }, { ...(parent && { parent }) });
}

const refused = (why = "the region is refused"): pulumi.Output<string> =>
  pulumi.output("northeurope").apply((): string => {
    throw new pulumi.RunError(why);
  });

const made = (): managedidentity.UserAssignedIdentity =>
  new managedidentity.UserAssignedIdentity("made", {
    location: "westeurope",
    resourceGroupName: resourceGroups.daemons,
    resourceName: "id-made",
  });

/** Programs of anybody. All but the last would keep an inline program's run waiting for ever. */
export const programs = {
  "an input that nothing settles": () => {
    waitingFor(never);
    return nothing;
  },
  "a promise of the program that nothing settles": async () => {
    made();
    await never;
    return {};
  },
  "an apply that a resource waits for": () => {
    waitingFor(refused());
    return nothing;
  },
  "an apply within a component": () => {
    new Child("child", (child) => {
      waitingFor(refused(), child);
    });
    return nothing;
  },
  "a component's constructor": () => {
    waitingFor(never);
    new Child("child", () => {
      throw new Error("the child is refused");
    });
    return nothing;
  },
  "a look-up that a provider refuses": () => {
    waitingFor(azuread.getServicePrincipalOutput({ clientId: tenant.id }).displayName);
    return nothing;
  },
  "a promise that nothing awaits": () => {
    waitingFor(never);
    void Promise.reject(new Error("nobody awaits this"));
    return nothing;
  },
  "a timer": () => {
    waitingFor(never);
    setImmediate(() => {
      throw new Error("thrown by a timer");
    });
    return nothing;
  },
  "a child process, whose error has a code as a call of the engine has": async () => {
    waitingFor(never);
    await promisify(execFile)(process.execPath, ["-e", "process.exit(1)"]);
    return {};
  },
  "an output of the stack": () => Promise.resolve({ region: refused() }),
  "a value that is no error": () => {
    waitingFor(never);
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- any program may
    void Promise.reject({ some: "object" });
    return nothing;
  },
  "two components at once": () => {
    for (const name of ["one", "two"]) {
      new Child(name, (parent) => {
        new resources.ResourceGroup(name, { location: refused(`${name} is refused`) }, { parent });
      });
    }
    return nothing;
  },
  "two look-ups at once": () => {
    for (const clientId of [tenant.id, subscription.id]) azuread.getServicePrincipalOutput({ clientId });
    return nothing;
  },
  "what waits for a resource": () => {
    waitingFor(made().name.apply(() => refused()));
    return nothing;
  },
  "an existing application whose ID another resource tells": () => {
    const resource = made();
    new DaemonAccess(
      "loader",
      {
        existing: { clientId: resource.name.apply(() => tenant.id) },
        secret: { endDate: "2999-01-01T00:00:00Z" },
        vault: existingVault(
          `${resourceGroupId(resourceGroups.machineLearning)}/providers/Microsoft.KeyVault/vaults/${workspace.vault}`,
        ),
      },
      { dependsOn: resource },
    );
    return nothing;
  },
  nothing: () => {
    made();
    return nothing;
  },
} satisfies Readonly<Record<string, pulumi.automation.PulumiFn>>;

export type ProgramName = keyof typeof programs;
