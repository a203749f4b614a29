import { identities, tenant } from "../../../../local/azure/landingZone/layout";
import { GraphClient } from "../../../support/graphClient";
import { LocalAzureForTests } from "../../../support/localAzure";

let azure: LocalAzureForTests;
let deployer: GraphClient;
let administrator: GraphClient;
beforeAll(async () => {
  azure = await LocalAzureForTests.open();
  deployer = new GraphClient(azure, "deployer");
  administrator = new GraphClient(azure, "administrator");
});
afterAll(() => azure.close());

const beta = "https://graph.microsoft.com/beta";

describe("creating an application", () => {
  it("answers with every property, and where the application is", async () => {
    const reply = await deployer.post("/applications", { displayName: "complete", signInAudience: "AzureADMyOrg" });
    expect(reply.status).toBe(201);
    expect(reply.headers.get("location")).toBe(
      `https://graph.microsoft.com/v2/${tenant.id}/directoryObjects/${reply.body.id ?? ""}/Microsoft.DirectoryServices.Application`,
    );
    expect(reply.body).toEqual({
      "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#applications/$entity",
      id: expect.any(String) as string,
      deletedDateTime: null,
      appId: expect.any(String) as string,
      applicationTemplateId: null,
      disabledByMicrosoftStatus: null,
      createdDateTime: "2026-03-01T09:00:00Z",
      displayName: "complete",
      description: null,
      groupMembershipClaims: null,
      identifierUris: [],
      isDeviceOnlyAuthSupported: null,
      isFallbackPublicClient: null,
      notes: null,
      publisherDomain: "contoso.onmicrosoft.com",
      serviceManagementReference: null,
      signInAudience: "AzureADMyOrg",
      tags: [],
      tokenEncryptionKeyId: null,
      samlMetadataUrl: null,
      defaultRedirectUri: null,
      certification: null,
      optionalClaims: null,
      servicePrincipalLockConfiguration: null,
      requestSignatureVerification: null,
      uniqueName: null,
      addIns: [],
      api: {
        acceptMappedClaims: null,
        knownClientApplications: [],
        requestedAccessTokenVersion: null,
        oauth2PermissionScopes: [],
        preAuthorizedApplications: [],
      },
      appRoles: [],
      info: { logoUrl: null, marketingUrl: null, privacyStatementUrl: null, supportUrl: null, termsOfServiceUrl: null },
      keyCredentials: [],
      parentalControlSettings: { countriesBlockedForMinors: [], legalAgeGroupRule: "Allow" },
      passwordCredentials: [],
      publicClient: { redirectUris: [] },
      requiredResourceAccess: [],
      verifiedPublisher: { displayName: null, verifiedPublisherId: null, addedDateTime: null },
      web: {
        homePageUrl: null,
        logoutUrl: null,
        redirectUris: [],
        implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false },
        redirectUriSettings: [],
      },
      spa: { redirectUris: [] },
    });
  });

  it("carries Graph's headers, and echoes the client's request ID", async () => {
    const reply = await deployer.get("/applications?$top=1", { "client-request-id": "from-the-client" });
    expect(reply.headers.get("content-type")).toBe(
      "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
    );
    expect(reply.headers.get("odata-version")).toBe("4.0");
    expect(reply.headers.get("client-request-id")).toBe("from-the-client");
    expect(reply.headers.get("request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(reply.headers.get("x-ms-ags-diagnostic") ?? "")).toHaveProperty("ServerInfo.DataCenter");
  });

  it("makes a caller who may write only what it owns the owner", async () => {
    const { id } = await deployer.createDaemon("owned by its maker");
    const { body } = await deployer.get(`/applications/${id}/owners`);
    expect(body.value).toEqual([
      expect.objectContaining({ "@odata.type": "#microsoft.graph.servicePrincipal", id: identities.deployer.objectId }),
    ]);
  });

  it("takes owners by reference", async () => {
    const user = "https://graph.microsoft.com/v1.0/directoryObjects/5d0e7a31-1c2f-4b86-9e57-8f3a6c2d1b04";
    const { id } = await administrator.createDaemon("with an owner", { "owners@odata.bind": [user] });
    const { body } = await administrator.get(`/applications/${id}/owners?$select=id`);
    expect(body.value).toEqual([
      { "@odata.type": "#microsoft.graph.user", id: "5d0e7a31-1c2f-4b86-9e57-8f3a6c2d1b04" },
    ]);
  });

  it("makes client secrets that the creation asks for", async () => {
    const reply = await deployer.post("/applications", {
      displayName: "at once",
      passwordCredentials: [{ displayName: "a" }],
    });
    expect(reply.body["passwordCredentials"]).toEqual([
      expect.objectContaining({ displayName: "a", secretText: expect.stringMatching(/^.{40}$/) as string }),
    ]);
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    [
      "no display name",
      {},
      "Request_BadRequest",
      "A value is required for property 'displayName' of resource 'Application'.",
    ],
    [
      "an empty display name",
      { displayName: " " },
      "Request_BadRequest",
      "Invalid value specified for property 'displayName' of resource 'Application'.",
    ],
    [
      "a property that does not exist",
      { displayName: "a", color: "red" },
      "Request_BadRequest",
      "Invalid property 'color'.",
    ],
    [
      "a read-only property",
      { displayName: "a", appId: "b" },
      "Request_BadRequest",
      "Property 'appId' is read-only and cannot be set.",
    ],
    [
      "a wrong audience",
      { displayName: "a", signInAudience: "All" },
      "Request_BadRequest",
      "Invalid value specified for property 'signInAudience' of resource 'Application'.",
    ],
    [
      "a permission that is no GUID",
      { displayName: "a", requiredResourceAccess: [{ resourceAppId: "graph", resourceAccess: [] }] },
      "Request_BadRequest",
      "Invalid value specified for property 'requiredResourceAccess' of resource 'Application'.",
    ],
    [
      "a name on someone else's domain",
      { displayName: "a", identifierUris: ["https://fabrikam.example/api"] },
      "HostNameNotOnVerifiedDomain",
      "Values of identifierUris property must use a verified domain of the organization or its subdomain: 'https://fabrikam.example/api'",
    ],
    [
      "an owner that is not there",
      {
        displayName: "a",
        "owners@odata.bind": ["https://graph.microsoft.com/v1.0/directoryObjects/11111111-2222-3333-4444-555555555555"],
      },
      "Request_ResourceNotFound",
      "Resource '11111111-2222-3333-4444-555555555555' does not exist or one of its queried reference-property objects are not present.",
    ],
  ])("refuses %s", async (_what, body, code, message) => {
    const reply = await deployer.post("/applications", body);
    expect(reply.body.error).toMatchObject({ code, message });
  });

  it("refuses a name that another application has, even a deleted one", async () => {
    const first = await deployer.createDaemon("named", { identifierUris: ["api://named"] });
    await deployer.delete(`/applications/${first.id}`);
    const reply = await deployer.post("/applications", { displayName: "named too", identifierUris: ["api://NAMED"] });
    expect(reply.status).toBe(400);
    expect(reply.body.error?.details).toEqual([
      expect.objectContaining({ code: "ObjectConflict", target: "identifierUris" }),
    ]);
  });
});

describe("changing an application", () => {
  it("lays parts of an object over what is there", async () => {
    const { id } = await deployer.createDaemon("merged", { web: { redirectUris: ["https://a.contoso.example"] } });
    const reply = await deployer.patch(`/applications/${id}`, {
      "@odata.type": "#microsoft.graph.application",
      id,
      web: { homePageUrl: "https://contoso.example" },
    });
    expect([reply.status, reply.body]).toEqual([204, {}]);
    expect((await deployer.get(`/applications/${id}`)).body["web"]).toMatchObject({
      homePageUrl: "https://contoso.example",
      redirectUris: ["https://a.contoso.example"],
    });
  });

  it("wants an app role disabled before it goes", async () => {
    const role = {
      id: "7d5d2d6c-1d4e-4c9d-8a55-2f4a7f1f0c11",
      displayName: "Read",
      description: "Reads.",
      value: "Read",
    };
    const appRole = { ...role, isEnabled: true, allowedMemberTypes: ["Application"] };
    const { id } = await deployer.createDaemon("with a role", { appRoles: [appRole] });
    const refused = await deployer.patch(`/applications/${id}`, { appRoles: [] });
    expect(refused.body.error?.code).toBe("CannotDeleteOrUpdateEnabledEntitlement");
    await deployer.patch(`/applications/${id}`, { appRoles: [{ ...appRole, isEnabled: false }] });
    expect((await deployer.patch(`/applications/${id}`, { appRoles: [] })).status).toBe(204);
  });

  it("shows what only beta has on beta alone", async () => {
    const { id } = await deployer.createDaemon("beta");
    const property = { oauth2RequirePostResponse: true };
    expect((await deployer.patch(`/applications/${id}`, property)).status).toBe(400);
    expect((await deployer.patch(`${beta}/applications/${id}`, property)).status).toBe(204);
    const read = await deployer.get(`${beta}/applications/${id}?$select=oauth2RequirePostResponse`);
    expect(read.body["oauth2RequirePostResponse"]).toBe(true);
    expect((await deployer.get(`/applications/${id}`)).body).not.toHaveProperty("oauth2RequirePostResponse");
  });

  it("adds and removes owners by reference", async () => {
    const { id } = await deployer.createDaemon("shared");
    const reference = {
      "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${identities.stranger.objectId}`,
    };
    expect((await deployer.post(`/applications/${id}/owners/$ref`, reference)).status).toBe(204);
    const again = await deployer.post(`/applications/${id}/owners/$ref`, reference);
    expect(again.body.error?.message).toBe(
      "One or more added object references already exist for the following modified properties: 'owners'.",
    );
    expect((await deployer.delete(`/applications/${id}/owners/${identities.stranger.objectId}/$ref`)).status).toBe(204);
    expect((await deployer.get(`/applications/${id}/owners`)).body.value).toHaveLength(1);
  });

  it("answers 501 with a plain sentence to what it lacks", async () => {
    const { id } = await deployer.createDaemon("without a logo");
    const reply = await deployer.send("PUT", `/applications/${id}/logo`, {});
    expect(reply.status).toBe(501);
    expect(reply.body.error?.message).toBe(
      `Local Azure does not support PUT /v1.0/applications/${id}/logo in Microsoft Graph.`,
    );
  });
});
