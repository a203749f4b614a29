import { GraphGrant } from "../../../components/index";
import { graphPermissions } from "../../../components/graph/permissions";
import { azure, GRAPH_OBJECT_ID, guidOf, TENANT_ID } from "../../support/azureMocks";
import { record } from "../../support/mocks";
import { problemsOf } from "../../support/refusals";

const principal = { clientId: guidOf("client"), objectId: guidOf("principal"), tenantId: TENANT_ID };
const ASSIGNMENT = "azuread:index/appRoleAssignment:AppRoleAssignment";
const URL = `https://login.microsoftonline.com/${TENANT_ID}/adminconsent?client_id=${principal.clientId}`;

describe("a Graph grant", () => {
  it("assigns each permission's app role on Microsoft Graph, named after the permission", async () => {
    const permissions = ["User.Read.All", "Mail.Send"];
    const run = await record(azure, () => new GraphGrant("loader", { principal, permissions }));
    expect(run.names(ASSIGNMENT)).toEqual(["loader-graph-User.Read.All", "loader-graph-Mail.Send"]);
    expect(run.resource("loader-graph-User.Read.All").inputs).toEqual({
      appRoleId: "df021288-bdef-4463-88db-98f22de89214",
      principalObjectId: principal.objectId,
      resourceObjectId: GRAPH_OBJECT_ID,
    });
  });

  it("looks Microsoft Graph up once and never owns it", async () => {
    const run = await record(azure, () => [
      new GraphGrant("loader", { principal, permissions: ["User.Read.All"] }).adminConsentUrl,
      new GraphGrant("mailer", { principal, permissions: ["Mail.Send"] }).adminConsentUrl,
    ]);
    expect(run.calls).toEqual(["azuread:index/getServicePrincipal:getServicePrincipal"]);
    expect(run.names("azuread:index/servicePrincipal:ServicePrincipal")).toEqual([]);
  });

  it("asks again in the next run of the same process", async () => {
    const grant = () => record(azure, () => new GraphGrant("loader", { principal, permissions: ["User.Read.All"] }));
    await grant();
    expect((await grant()).calls).toHaveLength(1);
  });

  it.each(["request", "external"])(
    "assigns nothing when consent is %s, and tells where it can be given",
    async (consent) => {
      const run = await record(azure, () => {
        const grant = new GraphGrant("loader", { principal, permissions: ["User.Read.All"], consent });
        return { url: grant.adminConsentUrl, consent: grant.consent, permissions: grant.permissions };
      });
      expect(run.names(ASSIGNMENT)).toEqual([]);
      expect(run.calls).toEqual([]);
      expect(run.outputs).toEqual({ url: URL, consent, permissions: ["User.Read.All"] });
    },
  );

  it("tells where consent can be given when it grants, too", async () => {
    const { outputs } = await record(azure, () => {
      const grant = new GraphGrant("loader", { principal, permissions: ["User.Read.All"] });
      return { url: grant.adminConsentUrl, consent: grant.consent };
    });
    expect(outputs).toEqual({ url: URL, consent: "grant" });
  });

  it("tells every problem of its arguments at once", async () => {
    const args = {
      principal: { ...principal, objectId: "forecast-loader" },
      permissions: ["user.read.all", "Mail.Send", "Mail.Send", "Xyzzy"],
      consent: "granted",
    };
    expect(await problemsOf(() => new GraphGrant("loader", args))).toEqual([
      'permissions[0]: got "user.read.all"; needed an application permission of Microsoft Graph. Did you mean "User.Read.All"?',
      'permissions[3]: got "Xyzzy"; needed an application permission of Microsoft Graph. Write it as the documentation of Graph does, for example "User.Read.All".',
      'permissions[2]: got "Mail.Send"; needed each permission once. Remove one of them.',
      'consent: got "granted"; needed a consent mode: "grant", "request", "external". Did you mean "grant"?',
      'principal.objectId: got "forecast-loader"; needed an object ID, which is a GUID. Write, for example, "2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84".',
    ]);
  });

  it("wants a permission", async () => {
    expect(await problemsOf(() => new GraphGrant("loader", { principal, permissions: [] }))).toEqual([
      'permissions: got nothing; needed one application permission or more. Write, for example, "User.Read.All".',
    ]);
  });

  it("knows the application permissions of Microsoft Graph by name", () => {
    expect(graphPermissions.length).toBeGreaterThan(500);
    expect(graphPermissions).toEqual(expect.arrayContaining(["User.Read.All", "User.ReadBasic.All", "Files.Read.All"]));
  });
});
