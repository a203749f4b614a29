import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { Stack } from "@pulumi/pulumi/automation";
import {
  ClientSecret,
  DaemonAccess,
  DaemonApplication,
  existingVault,
  MachineLearningAccess,
} from "../../components/index";
import { identities, resourceGroupId, resourceGroups, tenant, workspaceId } from "../../local/azure/landingZone/layout";
import { Deployment } from "../local/providers/deployment";
import { Administrator } from "../support/delivery";

jest.setTimeout(300_000);

const scope = "https://graph.microsoft.com/.default";
const rotation = { startsAt: "2026-01-01T00:00:00Z" };
const vaultId = `${resourceGroupId(resourceGroups.daemons)}/providers/Microsoft.KeyVault/vaults/kv-options`;

describe("the options of a component, on the engine", () => {
  let deployment: Deployment;
  let administrator: Administrator;

  beforeAll(async () => {
    deployment = await Deployment.open();
    administrator = new Administrator(deployment.local);
    const sku = { family: "A", name: "standard" };
    await administrator.arm("PUT", vaultId, "2024-11-01", {
      location: "westeurope",
      properties: { tenantId: tenant.id, sku, enableRbacAuthorization: true },
    });
    const { objectId: principalId } = identities.administrator;
    const roleDefinitionId = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7";
    deployment.local.azure.cloud.access.seed({ principalId, roleDefinitionId, scope: vaultId });
  });
  afterAll(() => deployment.close());

  interface Held {
    readonly clientId: string;
    readonly value: string;
  }

  /** An application with a secret; gives what a daemon signs in with. */
  const secretStack = async (
    name: string,
  ): Promise<(asOf: string, opts: ComponentResourceOptions, more?: object) => Promise<Held>> => {
    const stack = await deployment.stack(name, () => Promise.resolve({}));
    return async (asOf, opts, more = {}) => {
      const { outputs } = await stack.up({
        color: "never",
        program: () => {
          const application = new DaemonApplication(name, { displayName: name });
          const secret = new ClientSecret(name, { application, rotation, asOf, ...more }, opts);
          return Promise.resolve({ clientId: application.clientId, value: secret.value });
        },
      });
      return { clientId: String(outputs["clientId"]?.value), value: String(outputs["value"]?.value) };
    };
  };

  const signIn = async ({ clientId, value }: Held): Promise<string> => {
    try {
      await deployment.local.tokenFor({ clientId, clientSecret: value, scope });
      return "signed in";
    } catch (error) {
      return /AADSTS\d+/.exec(String(error))?.[0] ?? String(error);
    }
  };

  it("a leaked secret signs nobody in after rotateNow, whatever retainOnDelete says", async () => {
    const up = await secretStack("retained");
    const leaked = await up("2026-03-01T09:00:00Z", { retainOnDelete: true });
    expect(await signIn(leaked)).toBe("signed in");
    const anew = await up("2026-03-01T10:00:00Z", { retainOnDelete: true }, { rotateNow: "2026-03-01T09:30:00Z" });
    expect([await signIn(leaked), await signIn(anew)]).toEqual(["AADSTS7000215", "signed in"]);
  });

  it("the generation before goes when its overlap ends, whatever protect says", async () => {
    const up = await secretStack("protected");
    const first = await up("2026-03-01T09:00:00Z", { protect: true });
    await up("2026-04-05T09:00:00Z", { protect: true });
    expect(await signIn(first)).toBe("signed in");
    const second = await up("2026-04-20T09:00:00Z", { protect: true });
    expect([await signIn(first), await signIn(second)]).toEqual(["AADSTS7000215", "signed in"]);
  });

  describe("a rename with an alias", () => {
    const opts = (name: string): ComponentResourceOptions =>
      name === "before" ? {} : { aliases: [{ name: "before" }] };
    const program = (name: string) => () => {
      const application = new DaemonApplication(name, { displayName: "Renamed" }, opts(name));
      const secret = new ClientSecret(name, { application, rotation, asOf: "2026-03-01T09:00:00Z" }, opts(name));
      const access = new MachineLearningAccess(name, { principal: application, workspaceId, job: "read" }, opts(name));
      return Promise.resolve({ keyId: secret.keyId, role: access.role });
    };
    let stack: Stack;

    it("keeps everything, a secret included", async () => {
      stack = await deployment.stack("renamed", program("before"));
      const { outputs: before } = await stack.up({ color: "never" });
      const { outputs, summary } = await stack.up({ color: "never", program: program("after") });
      expect(Object.keys(summary.resourceChanges ?? {})).toEqual(["same"]);
      expect(outputs["keyId"]?.value).toBe(before["keyId"]?.value);
      const { changeSummary } = await stack.preview({ color: "never", program: program("after") });
      expect(Object.keys(changeSummary)).toEqual(["same"]);
    });
  });

  it("a daemon that is renamed with an alias keeps its application, its secret and its roles; its secret in the vault follows its name", async () => {
    const program = (name: string) => () => {
      const daemon = new DaemonAccess(
        name,
        {
          displayName: "Daemon",
          secret: { rotation },
          asOf: "2026-03-01T09:00:00Z",
          machineLearning: { workspaceId, job: "read" },
          vault: existingVault(vaultId),
        },
        name === "loader" ? {} : { aliases: [{ name: "loader" }] },
      );
      return Promise.resolve({ clientId: daemon.clientId });
    };
    const stack = await deployment.stack("daemon", program("loader"));
    const before = await stack.up({ color: "never" });
    const after = await stack.up({ color: "never", program: program("fetcher") });
    expect(after.outputs).toEqual(before.outputs);
    expect(after.summary.resourceChanges).toMatchObject({ replace: 1 });
    expect(after.summary.resourceChanges).not.toHaveProperty("create");
  });

  it("a transform reaches the component and every resource below it", async () => {
    const reached = new Set<string>();
    const stack = await deployment.stack("transformed", () => {
      const daemon = new DaemonAccess(
        "loader",
        {
          displayName: "Transformed",
          secret: { rotation },
          asOf: "2026-03-01T09:00:00Z",
          graph: { permissions: ["User.Read.All"], consent: "grant" },
          machineLearning: { workspaceId, job: "read" },
          vault: existingVault(vaultId),
        },
        {
          transforms: [
            ({ name }) => {
              reached.add(name);
              return undefined;
            },
          ],
        },
      );
      return Promise.resolve({ clientId: daemon.clientId });
    });
    const planned = new Set<string>();
    await stack.preview({
      color: "never",
      onEvent: ({ resourcePreEvent }) => {
        const name = resourcePreEvent?.metadata.urn.split("::").at(-1) ?? "";
        if (name.startsWith("loader")) planned.add(name);
      },
    });
    expect(planned).toContain("loader-machine-learning-role");
    expect(reached).toEqual(planned);
  });

  it("warns at the preview where the owners change places, as they do where somebody else deploys", async () => {
    const owned = (owner: string) => () => {
      new DaemonApplication("owned", { displayName: "owned", owners: [owner] });
      return Promise.resolve({});
    };
    const stack = await deployment.stack("owned", owned(identities.consumer.objectId));
    await stack.up({ color: "never" });
    const warnings: string[] = [];
    await stack.preview({
      color: "never",
      program: owned(identities.stranger.objectId),
      onEvent: ({ diagnosticEvent }) => {
        if (diagnosticEvent?.severity === "warning") warnings.push(diagnosticEvent.message);
      },
    });
    expect(warnings.join("")).toContain(
      `owned: ${identities.consumer.objectId} will no longer own the application, and ${identities.stranger.objectId} will.`,
    );
    await stack.destroy({ color: "never" });
  });
});
