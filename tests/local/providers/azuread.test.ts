import { applicationType, callerId, grantType, graphError, graphScope, passwordType, secretOf } from "./azureadInputs";
import { Deployment } from "./deployment";
import { EngineClient } from "./engineClient";
import { UNKNOWN } from "../../support/engineMarks";

jest.setTimeout(60_000);

const none: ReadonlySet<string> = new Set();

describe("the stand-in for azuread", () => {
  let deployment: Deployment;
  let engine: EngineClient;
  const application = async (displayName: string, more: Record<string, unknown> = {}) => {
    const { inputs } = await engine.check(applicationType, "app", { displayName, owners: [callerId], ...more });
    return { inputs, ...(await engine.create(applicationType, "app", inputs)) };
  };
  const graph = (method: string, path: string, body?: unknown) =>
    deployment.local.call("administrator", graphScope, method, `https://graph.microsoft.com/v1.0${path}`, body);

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

  describe("Check", () => {
    it("fills in the provider's defaults", async () => {
      const { inputs, failures } = await engine.check(applicationType, "app", { displayName: "loader" });
      expect(failures).toEqual([]);
      expect(inputs).toEqual({ displayName: "loader", preventDuplicateNames: false, signInAudience: "AzureADMyOrg" });
    });

    it("tells every problem at once, in the real provider's words", async () => {
      const { failures } = await engine.check(passwordType, "password", {
        applicationId: "2f0e9c1a",
        endDate: "next year",
        endDateRelative: "240h",
        displayname: "generation-0",
      });
      expect(failures).toEqual([
        "Invalid or unknown key. Examine values at 'password.displayname'.",
        expect.stringContaining('parsing "2f0e9c1a": application_id must be a resource ID') as string,
        `Conflicting configuration arguments. "end_date": conflicts with end_date_relative. Examine values at 'password.endDate'.`,
        `expected "end_date" to be a valid RFC3339 date, got "next year": parsing time "next year" as "2006-01-02T15:04:05Z07:00": cannot parse "next year" as "2006". Examine values at 'password.endDate'.`,
        `Conflicting configuration arguments. "end_date_relative": conflicts with end_date. Examine values at 'password.endDateRelative'.`,
      ]);
      const missing = await engine.check(grantType, "grant", {
        appRoleId: "User.Read.All",
        principalObjectId: UNKNOWN,
      });
      expect(missing.failures).toEqual([
        `expected "app_role_id" to be a valid UUID, got User.Read.All. Examine values at 'grant.appRoleId'.`,
        `Missing required argument. The argument "resource_object_id" is required, but no definition was found.. Examine values at 'grant.resourceObjectId'.`,
      ]);
    });
  });

  describe("Diff", () => {
    it("ignores the order of a set and the order of permissions' resources", async () => {
      const inputs = { displayName: "loader", owners: ["one", "two"], signInAudience: "AzureADMyOrg" };
      const outputs = { ...inputs, owners: ["two", "one"], description: "", web: { redirectUris: [] } };
      expect(await engine.diff(applicationType, "app", { inputs, outputs }, inputs)).toMatchObject({ changes: "none" });
    });

    it("replaces a password for its dates, without deleting it first", async () => {
      const inputs = { applicationId: "/applications/one", endDate: "2026-06-01T00:00:00Z" };
      const outputs = {
        ...inputs,
        displayName: "",
        startDate: "2026-03-01T00:00:00Z",
        keyId: "key",
        value: secretOf("v"),
      };
      expect(await engine.diff(passwordType, "password", { inputs, outputs }, inputs)).toMatchObject({
        changes: "none",
      });
      const news = { ...inputs, endDate: "2026-07-01T00:00:00Z", rotateWhenChanged: { round: "2" } };
      expect(await engine.diff(passwordType, "password", { inputs, outputs }, news)).toEqual({
        changes: "some",
        replaces: ["endDate", "rotateWhenChanged"],
        deleteBeforeReplace: false,
        detailed: { endDate: "UPDATE_REPLACE", rotateWhenChanged: "ADD_REPLACE" },
      });
    });
  });

  describe("an application", () => {
    it("previews what the inputs tell, and leaves the rest unknown", async () => {
      const { id, outputs } = await engine.create(applicationType, "app", { displayName: "preview" }, true);
      expect(id).toBe("");
      expect(outputs).toMatchObject({ displayName: "preview", clientId: UNKNOWN, objectId: UNKNOWN });
    });

    it("belongs to whom the program names, and to nobody where it names none", async () => {
      const owned = await application("owned");
      expect(owned.outputs["owners"]).toEqual([callerId]);
      const orphan = await application("orphan", { owners: [] });
      expect(orphan.outputs["owners"]).toEqual([]);
    });

    it("waits for replicas that do not know it yet", async () => {
      const missing = { status: 404, body: graphError("Request_ResourceNotFound", "Resource does not exist.") };
      const conflict = { status: 409, headers: { "retry-after": "0" }, body: graphError("Conflict", "Try again.") };
      const isPatch = ({ method }: { method: string }): boolean => method === "PATCH";
      deployment.local.azure.faults.add({
        matches: isPatch,
        answer: { ...missing, headers: { "retry-after": "0" } },
        times: 2,
      });
      deployment.local.azure.faults.add({ matches: isPatch, answer: conflict });
      const { outputs } = await application("replicated");
      expect(outputs["displayName"]).toBe("replicated");
    });

    it("refuses a name that is taken, where the program asks for that", async () => {
      const { id } = await application("taken");
      await expect(application("taken", { preventDuplicateNames: true })).rejects.toMatchObject({
        details: expect.stringContaining(
          `An existing "azuread_application" with name "taken" (ID: "${id.slice("/applications/".length)}") was found`,
        ) as string,
      });
    });

    it("changes in place, and keeps the tags that the program does not mention", async () => {
      const { id, inputs, outputs } = await application("changing");
      await graph("PATCH", id, { tags: ["by-hand"] });
      const present = await engine.read(applicationType, id, { inputs, outputs });
      const news = { ...inputs, notes: "Loads forecasts.", owners: [] };
      const updated = await engine.update(applicationType, id, { inputs, outputs: present.outputs }, news);
      expect(updated).toMatchObject({
        notes: "Loads forecasts.",
        owners: [],
        tags: ["by-hand"],
        displayName: "changing",
      });
    });

    it("is found again after a kill, under its own name and under the temporary one", async () => {
      const inputs = { displayName: "pending", owners: [callerId] };
      expect(await deployment.providers.findPending(applicationType, inputs, none)).toBeUndefined();
      const { id } = await application("pending");
      expect(await deployment.providers.findPending(applicationType, inputs, none)).toEqual({ id });
      await graph("PATCH", id, { displayName: "TERRAFORM_UPDATE_0b5b1a40-0000-4000-8000-000000000000" });
      expect(await deployment.providers.findPending(applicationType, inputs, none)).toEqual({ id });
      expect((await engine.read(applicationType, id)).inputs).toMatchObject({ displayName: "pending" });
    });

    it("is gone after its deletion, and may be deleted twice", async () => {
      const { id, inputs, outputs } = await application("short-lived");
      await engine.delete(applicationType, id, { inputs, outputs });
      expect(await engine.read(applicationType, id, { inputs, outputs })).toMatchObject({ id: "" });
      await expect(engine.delete(applicationType, id, { inputs, outputs })).resolves.toBeUndefined();
    });

    it("passes a refusal on as the real provider prints it", async () => {
      const body = graphError("Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
      deployment.local.azure.faults.add({ matches: ({ method }) => method === "POST", answer: { status: 403, body } });
      await expect(application("denied")).rejects.toMatchObject({
        details:
          "1 error occurred:\n\t* Could not create application: unexpected status 403 (403 Forbidden) with error: " +
          "Authorization_RequestDenied: Insufficient privileges to complete the operation.\n\n",
      });
    });
  });
});
