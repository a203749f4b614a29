import { DaemonAccess, DaemonApplication, type DaemonApplicationArgs } from "../../../components/index";
import { problemLine } from "../../../components/checks/argumentError";
import { findApplication } from "../../../components/identity/existingApplication";
import { azure, DEPLOYER_ID, GROUP_ID, guidOf, TENANT_ID } from "../../support/azureMocks";
import { type Mocks, record } from "../../support/mocks";
import { problemsOf } from "../../support/refusals";

jest.setTimeout(60_000);

const clientId = guidOf("made by hand");
const graph = "00000003-0000-0000-c000-000000000000";
const existing = { clientId };
const vault = {
  vaultId: `${GROUP_ID}/providers/Microsoft.KeyVault/vaults/kv-forecasts`,
  vaultName: "kv-forecasts",
  vaultUri: "https://kv-forecasts.vault.azure.net/",
  resourceGroupName: "rg-daemons",
};
const secret = { endDate: "2031-01-01T00:00:00Z" };

interface Directory {
  /** What the application asks for of Microsoft Graph. */
  readonly asksFor?: readonly { readonly id: string; readonly type: string }[];
  readonly application?: string;
  readonly servicePrincipal?: string;
}

/** A tenant with the application made by hand. A text in place of an object is the provider's refusal. */
function tenant({ asksFor = [], application, servicePrincipal }: Directory = {}): Mocks {
  return {
    ...azure,
    calls: {
      ...azure.calls,
      "azuread:index/getApplication:getApplication": (inputs) => {
        if (application !== undefined) throw refusedBy(application);
        return {
          ...inputs,
          id: `/applications/${guidOf("the object")}`,
          displayName: "Loader of old",
          requiredResourceAccesses: [{ resourceAppId: graph, resourceAccesses: asksFor }],
        };
      },
      "azuread:index/getServicePrincipal:getServicePrincipal": (inputs) => {
        if (servicePrincipal !== undefined && inputs["clientId"] === clientId) throw refusedBy(servicePrincipal);
        return { ...inputs, objectId: guidOf(`principal of ${String(inputs["clientId"])}`) };
      },
    },
  };
}

/** The SDK reads the words of a gRPC error from its details. */
const refusedBy = (details: string): Error => Object.assign(new Error(details), { details });

/** What the look-up of an application comes to: its client ID, the problem, or another failure's words. */
async function outcome(mocks: Mocks, permissions: readonly string[] = []): Promise<unknown> {
  const { outputs } = await record(mocks, () =>
    findApplication(clientId, permissions, {}).then(
      ({ application, problem }) =>
        application?.clientId ?? (problem && problemLine(problem.of, problem.given, problem.refusal)),
      (error: unknown) => String(error),
    ),
  );
  return outputs;
}

describe("an existing application", () => {
  it("is looked up with its service principal, and nothing is declared", async () => {
    const run = await record(tenant(), () => {
      const application = new DaemonApplication("loader", { existing });
      const { objectId, tenantId, applicationId, displayName } = application;
      return { clientId: application.clientId, objectId, tenantId, applicationId, displayName };
    });
    expect(run.resources.map(({ type }) => type)).toEqual(["azure-daemon-access:index:DaemonApplication"]);
    expect(run.outputs).toEqual({
      clientId,
      objectId: guidOf(`principal of ${clientId}`),
      tenantId: TENANT_ID,
      applicationId: `/applications/${guidOf("the object")}`,
      displayName: "Loader of old",
    });
  });

  it("gets the daemon's secret, grants and roles, and nothing else is declared of it", async () => {
    const run = await record(
      tenant(),
      () => new DaemonAccess("loader", { existing, secret, graph: { permissions: ["User.Read.All"] }, vault }),
    );
    expect(run.resource("loader-generation-0").inputs).toMatchObject({
      applicationId: `/applications/${guidOf("the object")}`,
    });
    expect(run.resource("loader-graph-User.Read.All").inputs).toMatchObject({
      principalObjectId: guidOf(`principal of ${clientId}`),
    });
    expect(run.resources.map(({ name }) => name).sort()).toEqual([
      "loader",
      "loader-credential",
      "loader-generation-0",
      "loader-graph-User.Read.All",
    ]);
  });

  it("may ask for more than is expected of it", async () => {
    const asksFor = [
      { id: "df021288-bdef-4463-88db-98f22de89214", type: "Role" },
      { id: "b633e1c5-b582-4048-a93e-9f11b44c7e96", type: "Role" },
    ];
    expect(await outcome(tenant({ asksFor }), ["User.Read.All"])).toBe(clientId);
  });

  it("is refused what it doesn't ask for, with the ways on", async () => {
    const asksFor = [
      { id: "b633e1c5-b582-4048-a93e-9f11b44c7e96", type: "Role" },
      // A delegated permission of the same ID would be no application permission.
      { id: "df021288-bdef-4463-88db-98f22de89214", type: "Scope" },
    ];
    expect(await outcome(tenant({ asksFor }), ["User.Read.All", "Mail.Send"])).toBe(
      `permissions: got "User.Read.All"; needed permissions that the existing application already requests, because its requests are not changed here. Let its owner add them: az ad app permission add --id ${clientId} --api ${graph} --api-permissions df021288-bdef-4463-88db-98f22de89214=Role; or set consent to grant, which does not need the application to request them, or to external.`,
    );
  });

  it.each([
    "Application not found: No applications found matching filter",
    'reading: Application with client ID "x" was not found',
  ])("must be registered in the tenant: %s", async (application) => {
    expect(await outcome(tenant({ application }))).toBe(
      `clientId: got "${clientId}"; needed an application that is registered in this tenant. See whether it is: az ad app show --id ${clientId}`,
    );
  });

  it("must have a service principal", async () => {
    const servicePrincipal = `No service principal found for client ID: "${clientId}"`;
    expect(await outcome(tenant({ servicePrincipal }))).toBe(
      `clientId: got "${clientId}"; needed an application that has a service principal in this tenant. Make it once: az ad sp create --id ${clientId}`,
    );
  });

  it("leaves other failures of the look-up as they are", async () => {
    const application = "Listing applications: Authorization_RequestDenied: Insufficient privileges";
    expect(await outcome(tenant({ application }))).toBe(`Error: ${application}`);
  });

  it("must be named by a GUID", async () => {
    const line =
      'existing.clientId: got "loader"; needed an application (client) ID, which is a GUID. Write, for example, "2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84".';
    expect(await problemsOf(() => new DaemonApplication("loader", { existing: { clientId: "loader" } }))).toEqual([
      line,
    ]);
  });

  it("is given nothing that would change it", async () => {
    const beside = (input: string, shown: string): string =>
      `${input}: got ${shown}; needed nothing beside existing, because that application is not changed. Remove it, or remove existing.`;
    const args: DaemonApplicationArgs = {
      existing,
      displayName: "Loader",
      owners: [DEPLOYER_ID],
      deployerIsOwner: false,
      preventDuplicateNames: false,
      notes: "Ours now",
      serviceManagementReference: "CHG-7",
      description: "Loads forecasts",
    };
    expect(await problemsOf(() => new DaemonApplication("loader", args))).toEqual([
      beside("displayName", '"Loader"'),
      beside("owners", "a list"),
      beside("deployerIsOwner", "false"),
      beside("preventDuplicateNames", "false"),
      beside("notes", '"Ours now"'),
      beside("serviceManagementReference", '"CHG-7"'),
      beside("description", '"Loads forecasts"'),
    ]);
    expect(
      await problemsOf(() => new DaemonAccess("loader", { existing, displayName: "Loader", secret, vault })),
    ).toEqual([beside("displayName", '"Loader"')]);
  });

  it("has to ask for the permissions only where an administrator grants what it asks for", async () => {
    for (const consent of ["grant", "external"]) {
      const graphAccess = { permissions: ["User.Read.All"], consent };
      const run = await record(
        tenant(),
        () => new DaemonAccess("loader", { existing, secret, graph: graphAccess, vault }),
      );
      expect(run.names("azure-native:keyvault:Secret")).toEqual(["loader-credential"]);
    }
  });
});
