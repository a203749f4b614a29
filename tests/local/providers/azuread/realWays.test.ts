import { randomUUID } from "node:crypto";
import type { ServiceError } from "@grpc/grpc-js";
import { identities } from "../../../../local/azure/landingZone/layout";
import { Deployment } from "../deployment";
import { EngineClient } from "../engineClient";

const applicationType = "azuread:index/application:Application";
const principalType = "azuread:index/servicePrincipal:ServicePrincipal";
const passwordType = "azuread:index/applicationPassword:ApplicationPassword";
const callerId = identities.administrator.objectId;

let deployment: Deployment;
let engine: EngineClient;

beforeAll(async () => {
  deployment = await Deployment.open();
  engine = EngineClient.of(deployment.providers.debugProviders, "azuread");
});

afterAll(async () => {
  engine.close();
  await deployment.close();
});

async function application(displayName: string, more: Record<string, unknown> = {}) {
  const { inputs } = await engine.check(applicationType, "app", { displayName, owners: [callerId], ...more });
  return { inputs, ...(await engine.create(applicationType, "app", inputs)) };
}

const role = (value: string, id: string = randomUUID()): Record<string, unknown> => ({
  allowedMemberTypes: ["Application"],
  description: `May ${value}`,
  displayName: value,
  enabled: true,
  id,
  value,
});

const refusal = (details: string): object => ({ details });
/** The URN that the client gives. */
const urn = (type: string, name: string): string => `urn:pulumi:dev::project::component:index:Any$${type}::${name}`;

describe("a preview", () => {
  it("refuses a name that is taken, where the program asks for that", async () => {
    const { id, inputs } = await application("taken");
    const preview = engine.create(applicationType, "app", { ...inputs, preventDuplicateNames: true }, true);
    const found = `An existing "azuread_application" with name "taken" (ID: "${id.slice("/applications/".length)}")`;
    await expect(preview).rejects.toMatchObject(
      refusal(
        `diffing ${urn(applicationType, "app")}: 1 error occurred:\n\t* ${found} was found and ` +
          "`prevent_duplicate_names` was specified. To be managed via Terraform, this resource needs to be imported " +
          'into the State. Please see the resource documentation for "azuread_application" for more information.\n\n',
      ),
    );
  });

  it("refuses two roles of one value, and two of one ID", async () => {
    const id = randomUUID();
    for (const [appRoles, what] of [
      [[role("Read"), role("Read")], 'value found: "Read"'],
      [[role("Read", id), role("Write", id)], `ID found: "${id}"`],
    ] as const) {
      await expect(
        engine.create(applicationType, "app", { displayName: "roles", appRoles }, true),
      ).rejects.toMatchObject({ details: expect.stringContaining(`validation failed: duplicate ${what}`) as string });
    }
  });
});

it("names a role's bad ID by its path", async () => {
  const { failures } = await engine.check(applicationType, "app", {
    displayName: "app",
    appRoles: [role("Read"), role("Write", "write")],
    api: { oauth2PermissionScopes: [{ id: "scope" }] },
  });
  expect(failures).toEqual([
    `expected "api.0.oauth2_permission_scope.0.id" to be a valid UUID, got scope. Examine values at 'app.api.oauth2PermissionScopes'.`,
    `expected "app_role.1.id" to be a valid UUID, got write. Examine values at 'app.appRoles'.`,
  ]);
});

it("says which attribute names an application that is not there", async () => {
  const gone = randomUUID();
  await expect(
    engine.create(passwordType, "password", { applicationId: `/applications/${gone}` }),
  ).rejects.toMatchObject(
    refusal(`1 error occurred:\n\t* [application_id] Application (Application: "${gone}") was not found\n\n`),
  );
});

it("refuses to import a password", async () => {
  const { id: applicationId } = await application("password-import");
  const { id } = await engine.create(passwordType, "password", { applicationId });
  await expect(engine.read(passwordType, id)).rejects.toMatchObject(
    refusal(
      `unmarshaling ${urn(passwordType, "read")}'s instance state: generating new ID: ` +
        `password ID expected to be in the format {objectId}/{keyId} - but got "${id}"`,
    ),
  );
});

it("disables the app roles that an update changes or removes, and only then writes the new ones", async () => {
  const [kept, changed, removed] = [role("Keep"), role("Change"), role("Remove")];
  const { id, inputs, outputs } = await application("roles", { appRoles: [kept, changed, removed] });
  const bodies: unknown[] = [];
  const stop = deployment.local.azure.requests.listen(({ method }, { body }) => {
    if (method === "PATCH") bodies.push((JSON.parse(body.toString("utf8")) as { appRoles?: unknown }).appRoles);
  });
  const next = { ...changed, description: "May change it all" };
  const updated = await engine.update(applicationType, id, { inputs, outputs }, { ...inputs, appRoles: [kept, next] });
  stop();
  const enabled = (roles: unknown): Record<string, boolean> =>
    Object.fromEntries(
      (roles as { value: string; isEnabled: boolean }[]).map(({ value, isEnabled }) => [value, isEnabled]),
    );
  expect(bodies.map(enabled)).toEqual([
    { Keep: true, Change: false, Remove: false },
    { Keep: true, Change: true },
  ]);
  expect(updated["appRoles"]).toEqual(expect.arrayContaining([kept, next]));
});

describe("the state", () => {
  it("has no empty lists of plain values where the program states none", async () => {
    const { outputs } = await application("plain");
    expect(outputs).not.toHaveProperty("identifierUris");
    expect(outputs).not.toHaveProperty("groupMembershipClaims");
    expect(outputs).toMatchObject({ appRoles: [], requiredResourceAccesses: [], tags: [] });
    const principal = await engine.create(principalType, "principal", { clientId: outputs["clientId"] });
    for (const name of ["alternativeNames", "notificationEmailAddresses", "useExisting"]) {
      expect(principal.outputs).not.toHaveProperty(name);
    }
    expect(principal.outputs["features"]).toEqual([
      { customSingleSignOnApp: false, enterpriseApplication: false, galleryApplication: false, visibleToUsers: true },
    ]);
  });

  it("keeps an empty list that the program states", async () => {
    const { outputs } = await application("stated", { identifierUris: [] });
    expect(outputs).toMatchObject({ identifierUris: [] });
  });

  it("turns a service principal's features under their old names into the same tags", async () => {
    const { outputs } = await application("features");
    const principal = await engine.create(principalType, "principal", {
      clientId: outputs["clientId"],
      features: [{ enterpriseApplication: true, visibleToUsers: false }],
    });
    expect(principal.outputs).toMatchObject({
      featureTags: [{ enterprise: true, hide: true, gallery: false, customSingleSignOn: false }],
      tags: ["WindowsAzureActiveDirectoryIntegratedApp", "HideApp"],
    });
  });
});

it("leaves defaults and what is empty out of an import's inputs", async () => {
  const { id } = await application("imported", { notes: "Loads forecasts." });
  const { inputs } = await engine.read(applicationType, id);
  expect(inputs).toEqual({ displayName: "imported", notes: "Loads forecasts.", owners: [callerId] });
});

it("hands the engine an application whose creation fails after Entra ID has made it", async () => {
  const body = { error: { code: "Authorization_RequestDenied", message: "Not now." } };
  deployment.local.azure.faults.add({ matches: ({ method }) => method === "PATCH", answer: { status: 403, body } });
  const failure = (await application("half-made").catch((error: unknown) => error)) as ServiceError;
  expect(failure.details).toContain("Failed to patch application with object ID");
  const [detail] = failure.metadata.get("grpc-status-details-bin");
  expect(String(detail)).toContain("/applications/");
});
