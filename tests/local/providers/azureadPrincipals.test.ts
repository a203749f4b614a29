import { identities, tenant } from "../../../local/azure/landingZone/layout";
import { applicationType, callerId, grantType, graphError, graphScope, passwordType, secretOf } from "./azureadInputs";
import { Deployment } from "./deployment";
import { EngineClient } from "./engineClient";

jest.setTimeout(60_000);

const none: ReadonlySet<string> = new Set();
const principalType = "azuread:index/servicePrincipal:ServicePrincipal";
const certificateType = "azuread:index/applicationCertificate:ApplicationCertificate";
const federatedType = "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential";
const graphAppId = "00000003-0000-0000-c000-000000000000";
const userReadAll = "df021288-bdef-4463-88db-98f22de89214";

describe("the stand-in for azuread", () => {
  let deployment: Deployment;
  let engine: EngineClient;
  const application = async (displayName: string, more: Record<string, unknown> = {}) => {
    const { inputs } = await engine.check(applicationType, "app", { displayName, owners: [callerId], ...more });
    return { inputs, ...(await engine.create(applicationType, "app", inputs)) };
  };
  const graph = (method: string, path: string, body?: unknown) =>
    deployment.local.call("administrator", graphScope, method, `https://graph.microsoft.com/v1.0${path}`, body);
  const graphResource = async (): Promise<string> =>
    String(
      (await engine.invoke("azuread:index/getServicePrincipal:getServicePrincipal", { clientId: graphAppId }))[
        "objectId"
      ],
    );

  beforeAll(async () => {
    deployment = await Deployment.open();
    engine = EngineClient.of(deployment.providers.debugProviders, "azuread");
  });

  afterEach(() => {
    deployment.local.azure.faults.clear();
  });

  afterAll(async () => {
    engine.close();
    await deployment.close();
  });
  describe("a service principal", () => {
    it("waits until its application has reached every replica", async () => {
      const app = await application("principal-late");
      const clientId = app.outputs["clientId"];
      const message = `The appId '${String(clientId)}' of the service principal does not reference a valid application object.`;
      deployment.local.azure.faults.add({
        matches: ({ method, path }) => method === "POST" && path.endsWith("/servicePrincipals"),
        answer: { status: 400, headers: { "retry-after": "0" }, body: graphError("Request_BadRequest", message) },
        times: 2,
      });
      const { id, outputs } = await engine.create(principalType, "principal", { clientId, description: "Loads." });
      expect(id).toMatch(/^\/servicePrincipals\/[0-9a-f-]{36}$/);
      expect(outputs).toMatchObject({
        clientId,
        description: "Loads.",
        displayName: "principal-late",
        accountEnabled: true,
      });
      expect(await deployment.providers.findPending(principalType, { clientId }, none)).toEqual({ id });
    });

    it("is taken over where the program asks for that, and else refused", async () => {
      const { outputs } = await application("principal-existing");
      const inputs = { clientId: outputs["clientId"] };
      const { id } = await engine.create(principalType, "principal", inputs);
      await expect(engine.create(principalType, "principal", inputs)).rejects.toMatchObject({
        details: expect.stringContaining("already exists") as string,
      });
      const again = await engine.create(principalType, "principal", {
        ...inputs,
        useExisting: true,
        notes: "Taken over.",
      });
      expect(again).toMatchObject({ id, outputs: { useExisting: true, notes: "Taken over." } });
    });
  });

  describe("a password", () => {
    it("has a secret value that only the state remembers", async () => {
      const app = await application("password");
      const inputs = { applicationId: app.id, displayName: "generation-0", endDate: "2026-06-01T00:00:00Z" };
      const { id, outputs } = await engine.create(passwordType, "password", inputs);
      expect(id).toBe(`${app.id.slice("/applications/".length)}/password/${String(outputs["keyId"])}`);
      expect(outputs["endDate"]).toBe("2026-06-01T00:00:00Z");
      expect(outputs["value"]).toMatchObject(secretOf(expect.any(String) as never) as object);
      const found = await engine.read(passwordType, id, { inputs, outputs });
      expect(found.outputs).toEqual(outputs);
      expect(found.inputs).toEqual(inputs);
    });

    it("waits until the application lists it", async () => {
      const app = await application("password-late");
      const { body } = await graph("GET", app.id);
      let reads = 0;
      // The first read is the provider's own look at the application.
      deployment.local.azure.faults.add({
        matches: ({ method, path }) => method === "GET" && path.endsWith(app.id) && (reads += 1) > 1,
        answer: { status: 200, body },
        times: 2,
      });
      const { outputs } = await engine.create(passwordType, "password", { applicationId: app.id });
      expect(outputs["keyId"]).toMatch(/^[0-9a-f-]{36}$/);
      // Its own, and two that did not list the password; those that did were no fault's to count.
      expect(reads).toBe(3);
    });

    it("drops a relative end date, as the real provider does", async () => {
      const app = await application("password-relative");
      const inputs = { applicationId: app.id, endDateRelative: "240h" };
      const { outputs } = await engine.create(passwordType, "password", inputs);
      expect(outputs["endDate"]).toMatch(/^2028-/);
    });

    it("is created one at a time for each application", async () => {
      const app = await application("passwords");
      const names = ["one", "two", "three", "four"];
      const paths: string[] = [];
      const stop = deployment.local.azure.requests.listen(({ path }) =>
        paths.push(path.slice(path.lastIndexOf("/") + 1)),
      );
      await Promise.all(
        names.map((displayName) => engine.create(passwordType, displayName, { applicationId: app.id, displayName })),
      );
      stop();
      const objectId = app.id.slice("/applications/".length);
      const agreeing = Array.from({ length: 5 });
      expect(paths).toEqual(names.flatMap(() => [objectId, "addPassword", ...agreeing.map(() => objectId)]));
    });

    it("is removed after a kill, since nobody knows its value", async () => {
      const app = await application("password-pending");
      const inputs = { applicationId: app.id, displayName: "generation-0", endDate: "2026-06-01T00:00:00Z" };
      const orphan = await engine.create(passwordType, "password", inputs);
      const kept = await engine.create(passwordType, "other", { ...inputs, displayName: "generation-1" });
      const known = new Set([orphan.id]);
      expect(await deployment.providers.findPending(passwordType, inputs, known)).toBeUndefined();
      expect(await deployment.providers.findPending(passwordType, inputs, none)).toBe("removed");
      expect(await deployment.providers.findPending(passwordType, inputs, none)).toBeUndefined();
      const { body } = await graph("GET", app.id);
      expect(body).toMatchObject({ passwordCredentials: [{ keyId: kept.outputs["keyId"] }] });
    });

    it("may be deleted twice, and after its application", async () => {
      const app = await application("password-gone");
      const inputs = { applicationId: app.id };
      const { id, outputs } = await engine.create(passwordType, "password", inputs);
      await engine.delete(passwordType, id, { inputs, outputs });
      await expect(engine.delete(passwordType, id, { inputs, outputs })).resolves.toBeUndefined();
      expect(await engine.read(passwordType, id, { inputs, outputs })).toMatchObject({ id: "" });
      await engine.delete(applicationType, app.id, app);
      await expect(engine.delete(passwordType, id, { inputs, outputs })).resolves.toBeUndefined();
    });
  });

  it("refuses a certificate with a start and a relative end, as the real provider does", async () => {
    const app = await application("certificate");
    const inputs = { applicationId: app.id, value: "pem", startDate: "2026-03-01T00:00:00Z", endDateRelative: "240h" };
    await expect(engine.create(certificateType, "certificate", inputs)).rejects.toMatchObject({
      details: expect.stringContaining("Unable to parse the provided start date") as string,
    });
  });

  it("changes a federated credential in place, but for its name", async () => {
    const app = await application("federated");
    const inputs = {
      applicationId: app.id,
      audiences: ["api://AzureADTokenExchange"],
      displayName: "pipeline",
      issuer: "https://token.actions.githubusercontent.com",
      subject: "repo:contoso/loader:ref:refs/heads/main",
    };
    const { id, outputs } = await engine.create(federatedType, "federated", inputs);
    const subject = "repo:contoso/loader:environment:production";
    const renamed = { ...inputs, subject, displayName: "other" };
    expect((await engine.diff(federatedType, "federated", { inputs, outputs }, renamed)).detailed).toEqual({
      displayName: "UPDATE_REPLACE",
      subject: "UPDATE",
    });
    expect(await engine.update(federatedType, id, { inputs, outputs }, { ...inputs, subject })).toMatchObject({
      subject,
    });
    expect(await deployment.providers.findPending(federatedType, inputs, none)).toEqual({ id });
  });

  it("grants an app role once the principal has reached every replica", async () => {
    const app = await application("grant");
    const principal = await engine.create(principalType, "principal", { clientId: app.outputs["clientId"] });
    const resourceObjectId = await graphResource();
    const inputs = { appRoleId: userReadAll, principalObjectId: principal.outputs["objectId"], resourceObjectId };
    deployment.local.azure.faults.add({
      matches: ({ method, path }) => method === "POST" && path.endsWith("/appRoleAssignedTo"),
      answer: {
        status: 400,
        headers: { "retry-after": "0" },
        body: graphError("Request_BadRequest", "Not a valid reference update"),
      },
      times: 2,
    });
    const { id, outputs } = await engine.create(grantType, "grant", inputs);
    expect(id.startsWith(`/servicePrincipals/${resourceObjectId}/appRoleAssignedTo/`)).toBe(true);
    expect(outputs).toMatchObject({
      ...inputs,
      principalType: "ServicePrincipal",
      resourceDisplayName: "Microsoft Graph",
    });
    expect(await deployment.providers.findPending(grantType, inputs, none)).toEqual({ id });
    expect((await engine.read(grantType, id)).inputs).toEqual(inputs);
    // What the engine does in the run after one whose creation was not confirmed.
    expect(await engine.update(grantType, id, { inputs, outputs }, inputs)).toEqual(outputs);
  });

  it("answers its functions", async () => {
    const config = await engine.invoke("azuread:index/getClientConfig:getClientConfig");
    const { clientId, objectId } = identities.administrator;
    expect(config).toMatchObject({ clientId, objectId, tenantId: tenant.id });
    const published = await engine.invoke("azuread:index/getApplicationPublishedAppIds:getApplicationPublishedAppIds");
    expect(published).toMatchObject({ result: { MicrosoftGraph: graphAppId } });
    const principal = await engine.invoke("azuread:index/getServicePrincipal:getServicePrincipal", {
      clientId: graphAppId,
    });
    expect(principal).toMatchObject({ displayName: "Microsoft Graph", appRoleIds: { "User.Read.All": userReadAll } });
    await application("looked-up");
    const found = await engine.invoke("azuread:index/getApplication:getApplication", { displayName: "looked-up" });
    expect(found).toMatchObject({ displayName: "looked-up", owners: [callerId], webs: [{ redirectUris: [] }] });
    const users = await engine.invoke("azuread:index/getUsers:getUsers", { returnAll: true });
    const [first] = users["users"] as { objectId: string; userPrincipalName: string }[];
    const user = await engine.invoke("azuread:index/getUser:getUser", { userPrincipalName: first?.userPrincipalName });
    expect(user).toMatchObject({ objectId: first?.objectId });
    await expect(
      engine.invoke("azuread:index/getServicePrincipal:getServicePrincipal", { clientId: tenant.id }),
    ).rejects.toMatchObject({ details: expect.stringContaining("Service principal not found") as string });
  });
});
