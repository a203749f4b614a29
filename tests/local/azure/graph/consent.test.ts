import { GraphClient } from "../../../support/graphClient";
import { LocalAzureForTests } from "../../../support/localAzure";

const graphAppId = "00000003-0000-0000-c000-000000000000";
const readUsers = "df021288-bdef-4463-88db-98f22de89214";
const userRead = "e1fe6dd8-ba31-4d61-89e7-88639da4683d";
const consentScope = "74658136-14ec-4630-ad9b-26e160ff0fc6/.default";

let azure: LocalAzureForTests;
let graph: GraphClient;
let graphPrincipal: string;
beforeAll(async () => {
  azure = await LocalAzureForTests.open();
  graph = new GraphClient(azure, "administrator");
  graphPrincipal = (await graph.get(`/servicePrincipals(appId='${graphAppId}')?$select=id`)).body.id ?? "";
});
afterAll(() => azure.close());

describe("delegated permissions", () => {
  it("are granted once for a client and an API, changed, listed and revoked", async () => {
    const { principalId } = await graph.createDaemon("delegated");
    const body = {
      clientId: principalId,
      consentType: "AllPrincipals",
      resourceId: graphPrincipal,
      scope: "User.Read",
    };
    const made = await graph.post("/oauth2PermissionGrants", body);
    expect([made.status, made.body]).toMatchObject([201, { ...body, principalId: null }]);
    const again = await graph.post("/oauth2PermissionGrants", body);
    expect([again.status, again.body.error?.message]).toEqual([409, "Permission entry already exists."]);

    const path = `/oauth2PermissionGrants/${made.body.id ?? ""}`;
    expect((await graph.patch(path, { scope: "User.Read Mail.Read" })).status).toBe(204);
    expect((await graph.get(path)).body["scope"]).toBe("User.Read Mail.Read");
    for (const list of [
      `/servicePrincipals/${principalId}/oauth2PermissionGrants`,
      `/oauth2PermissionGrants?$filter=clientId eq '${principalId}'`,
    ]) {
      expect((await graph.get(list)).body.value?.map(({ id }) => id)).toEqual([made.body.id]);
    }
    expect((await graph.delete(path.replace("oauth2", "oAuth2"))).status).toBe(204);
    expect((await graph.get(path)).status).toBe(404);
  });

  it("are for somebody who is there, on an API that is there", async () => {
    const { principalId } = await graph.createDaemon("delegated to nobody");
    const body = { clientId: principalId, consentType: "Principal", resourceId: graphPrincipal, scope: "User.Read" };
    expect((await graph.post("/oauth2PermissionGrants", body)).body.error?.details?.[0]?.target).toBe("principalId");
    const nobody = { ...body, principalId: "00000000-0000-0000-0000-000000000001" };
    expect((await graph.post("/oauth2PermissionGrants", nobody)).status).toBe(404);
    expect((await new GraphClient(azure, "deployer").post("/oauth2PermissionGrants", body)).status).toBe(403);
  });
});

describe("admin consent as the Azure CLI asks for it", () => {
  const consent = async (
    appId: string,
    as: "administrator" | "stranger" = "administrator",
    query = "onBehalfOfAll=true",
  ) => {
    const url = `https://main.iam.ad.ext.azure.com/api/RegisteredApplications/${appId}/Consent?${query}`;
    return azure.call(as, consentScope, "POST", url);
  };
  const wanting = (...resourceAccess: readonly object[]) => ({
    requiredResourceAccess: [{ resourceAppId: graphAppId, resourceAccess }],
  });

  it("grants what the application asks for, and what is granted stays", async () => {
    const access = wanting({ id: readUsers, type: "Role" }, { id: userRead, type: "Scope" });
    const { appId, principalId } = await graph.createDaemon("consented", access);
    for (const status of [204, 204]) {
      expect((await consent(appId)).status).toBe(status);
      const roles = await graph.get(`/servicePrincipals/${principalId}/appRoleAssignments`);
      expect(roles.body.value?.map(({ appRoleId }) => appRoleId)).toEqual([readUsers]);
      const grants = await graph.get(`/servicePrincipals/${principalId}/oauth2PermissionGrants`);
      expect(grants.body.value).toEqual([
        expect.objectContaining({ consentType: "AllPrincipals", resourceId: graphPrincipal, scope: "User.Read" }),
      ]);
    }
  });

  it("makes the service principal that is missing", async () => {
    const { body } = await graph.post("/applications", {
      displayName: "alone",
      ...wanting({ id: readUsers, type: "Role" }),
    });
    expect((await consent(String(body.appId))).status).toBe(204);
    expect((await graph.get(`/servicePrincipals(appId='${String(body.appId)}')`)).body["displayName"]).toBe("alone");
  });

  it("is refused to who may not grant, and grants nothing where it can't grant all", async () => {
    const unknownScope = { id: "00000000-0000-0000-0000-000000000001", type: "Scope" };
    const { appId, principalId } = await graph.createDaemon(
      "half",
      wanting({ id: readUsers, type: "Role" }, unknownScope),
    );
    expect((await consent(appId, "stranger")).status).toBe(403);
    expect((await consent(appId)).status).toBe(501);
    expect((await consent(appId, "administrator", "onBehalfOfAll=false")).status).toBe(501);
    expect((await graph.get(`/servicePrincipals/${principalId}/appRoleAssignments`)).body.value).toEqual([]);
  });

  it("knows the Azure CLI and the portal's part by their own application IDs", async () => {
    for (const appId of ["04b07795-8ddb-461a-bbee-02f9e1bf7b46", "74658136-14ec-4630-ad9b-26e160ff0fc6"]) {
      expect((await graph.get(`/servicePrincipals(appId='${appId}')`)).status).toBe(200);
    }
  });
});
