import { identities, subscription, tenant } from "../../../../local/azure/landingZone/layout";
import { LocalAzureForTests } from "../../../support/localAzure";
import { Arm, errorOf, group, management } from "./armClient";

const daemons = group("rg-daemons");

describe("the front door of Azure Resource Manager", () => {
  let azure: LocalAzureForTests;
  let arm: Arm;

  beforeAll(async () => {
    azure = await LocalAzureForTests.open();
    arm = new Arm(azure);
  });
  afterAll(() => azure.close());

  it("tells the cloud's endpoints to anyone", async () => {
    const response = await azure.fetch(`${management}/metadata/endpoints?api-version=2022-09-01`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      name: "AzureCloud",
      resourceManager: management,
      microsoftGraphResourceId: "https://graph.microsoft.com/",
      suffixes: { keyVaultDns: "vault.azure.net", storage: "core.windows.net" },
    });
  });

  it("challenges a request without a token", async () => {
    const response = await azure.fetch(`${management}/subscriptions?api-version=2022-12-01`);
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toContain(
      `Bearer authorization_uri="https://login.windows.net/${tenant.id}", error="invalid_token"`,
    );
    expect(await response.json()).toEqual({
      error: {
        code: "AuthenticationFailed",
        message: "Authentication failed. The 'Authorization' header is missing.",
      },
    });
  });

  it("refuses a token that was issued for another audience", async () => {
    const reply = await azure.call(
      "deployer",
      "https://graph.microsoft.com/.default",
      "GET",
      arm.url("/subscriptions"),
    );
    expect([reply.status, errorOf(reply).code]).toEqual([401, "InvalidAuthenticationTokenAudience"]);
  });

  it("takes a token for the classic management audience too", async () => {
    const reply = await azure.call(
      "administrator",
      "https://management.core.windows.net//.default",
      "GET",
      arm.url("/subscriptions"),
    );
    expect(reply.status).toBe(200);
  });

  it("asks for an api-version, and for a date in it", async () => {
    const missing = await arm.raw("administrator", "GET", `${management}/subscriptions`);
    expect([missing.status, errorOf(missing)]).toEqual([
      400,
      {
        code: "MissingApiVersionParameter",
        message: "The api-version query parameter (?api-version=) is required for all requests.",
      },
    ]);
    const broken = await arm.raw("administrator", "GET", `${management}/subscriptions?api-version=latest`);
    expect([broken.status, errorOf(broken).code]).toEqual([400, "InvalidApiVersionParameter"]);
  });

  it("tells a malformed subscription from an unknown one", async () => {
    const malformed = await arm.get("administrator", "/subscriptions/mine/resourceGroups");
    expect([malformed.status, errorOf(malformed)]).toEqual([
      400,
      {
        code: "InvalidSubscriptionId",
        message: "The provided subscription identifier 'mine' is malformed or invalid.",
      },
    ]);
    const unknown = "00000000-0000-0000-0000-0000000000aa";
    const absent = await arm.get("administrator", `/subscriptions/${unknown}/resourceGroups`);
    expect([absent.status, errorOf(absent)]).toEqual([
      404,
      { code: "SubscriptionNotFound", message: `The subscription '${unknown}' could not be found.` },
    ]);
  });

  it("answers a path in any letter case in the canonical one", async () => {
    const reply = await arm.get("deployer", daemons.toUpperCase());
    expect(reply.body).toMatchObject({ id: daemons, name: "rg-daemons", type: "Microsoft.Resources/resourceGroups" });
  });

  it("says who may not do what, and where, in Azure's sentence", async () => {
    const { clientId, objectId } = identities.stranger;
    const reply = await arm.get("stranger", `${daemons}/providers/microsoft.keyvault/vaults/kv`);
    expect([reply.status, reply.body]).toEqual([
      403,
      {
        error: {
          code: "AuthorizationFailed",
          message: `The client '${clientId}' with object id '${objectId}' does not have authorization to perform action 'Microsoft.KeyVault/vaults/read' over scope '${daemons}/providers/Microsoft.KeyVault/vaults/kv' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
        },
      },
    ]);
  });

  it("does not tell a stranger whether a resource group exists", async () => {
    const reply = await arm.get("stranger", `${group("rg-nowhere")}/providers/Microsoft.KeyVault/vaults/kv`);
    expect([reply.status, errorOf(reply).code]).toEqual([403, "AuthorizationFailed"]);
  });

  it("misses an unknown resource group", async () => {
    const reply = await arm.get("administrator", `${group("rg-nowhere")}/providers/Microsoft.KeyVault/vaults/kv`);
    expect([reply.status, errorOf(reply)]).toEqual([
      404,
      { code: "ResourceGroupNotFound", message: "Resource group 'rg-nowhere' could not be found." },
    ]);
    expect(reply.headers.get("x-ms-failure-cause")).toBe("gateway");
  });

  it("misses an unknown resource", async () => {
    const path = `${daemons}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-none`;
    const reply = await arm.get("deployer", path);
    expect([reply.status, errorOf(reply)]).toEqual([
      404,
      {
        code: "ResourceNotFound",
        message:
          "The Resource 'Microsoft.ManagedIdentity/userAssignedIdentities/id-none' under resource group 'rg-daemons' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix",
      },
    ]);
  });

  it("misses the parent of a nested resource, and the resource of an action", async () => {
    const vault = `${daemons}/providers/Microsoft.KeyVault/vaults/kv-none`;
    const nested = await arm.put("administrator", `${vault}/secrets/one`, { properties: { value: "x" } });
    expect([nested.status, errorOf(nested).code]).toEqual([404, "ParentResourceNotFound"]);
    const account = `${daemons}/providers/Microsoft.Storage/storageAccounts/stnone`;
    const action = await arm.send("administrator", "POST", `${account}/listKeys`);
    expect([action.status, errorOf(action).code]).toEqual([404, "ResourceNotFound"]);
  });

  it("tells unknown namespaces, unknown types and what it lacks apart", async () => {
    const namespace = await arm.get("administrator", `${daemons}/providers/Microsoft.Nothing/things/one`);
    expect([namespace.status, errorOf(namespace)]).toEqual([
      404,
      { code: "InvalidResourceNamespace", message: "The resource namespace 'Microsoft.Nothing' is invalid." },
    ]);
    const type = await arm.get("administrator", `${daemons}/providers/Microsoft.KeyVault/safes/one`);
    expect([type.status, errorOf(type)]).toEqual([
      404,
      {
        code: "InvalidResourceType",
        message:
          "The resource type 'safes' could not be found in the namespace 'Microsoft.KeyVault' for api version '2024-03-01'.",
      },
    ]);
    const lacking = await arm.get("administrator", `${daemons}/providers/Microsoft.KeyVault/managedHSMs/one`);
    expect(lacking.status).toBe(501);
    expect(errorOf(lacking).message).toContain(
      `Local Azure does not support GET ${daemons}/providers/Microsoft.KeyVault/managedHSMs/one.`,
    );
  });

  it("refuses a body that is not JSON", async () => {
    const reply = await arm.raw("administrator", "PUT", arm.url(group("rg-broken")), "{location:");
    expect([reply.status, errorOf(reply).code]).toEqual([400, "InvalidRequestContent"]);
    expect(errorOf(reply).message).toMatch(/^The request content was invalid and could not be deserialized: '/);
  });

  it("refuses tags that Azure does not take", async () => {
    const put = (tags: object) => arm.put("administrator", group("rg-tagged"), { location: "westeurope", tags });
    const reserved = await put({ "cost<centre>": "1", team: "forecast" });
    expect([reserved.status, errorOf(reserved)]).toEqual([
      400,
      {
        code: "InvalidTagNameCharacters",
        message: "The tag names 'cost<centre>' have reserved characters '<,>,%,&,\\,?,/' or control characters.",
      },
    ]);
    const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, ""]));
    expect((await put(tags(51))).status).toBe(400);
    expect((await put(tags(50))).status).toBe(201);
  });

  it("asks for the location of a regional resource, and that it be a region and stay one", async () => {
    const identity = `${daemons}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-place`;
    const none = await arm.put("administrator", identity, {});
    expect([none.status, errorOf(none).code]).toEqual([400, "LocationRequired"]);
    const nowhere = await arm.put("administrator", identity, { location: "atlantis" });
    expect([nowhere.status, errorOf(nowhere).code]).toEqual([400, "LocationNotAvailableForResourceType"]);
    expect((await arm.put("administrator", identity, { location: "West Europe" })).status).toBe(201);
    const moved = await arm.put("administrator", identity, { location: "northeurope" });
    expect([moved.status, errorOf(moved)]).toEqual([
      409,
      {
        code: "InvalidResourceLocation",
        message:
          "The resource 'id-place' already exists in location 'westeurope' in resource group 'rg-daemons'. A resource with the same name cannot be created in location 'northeurope'. Please select a new resource name.",
      },
    ]);
  });

  it("carries ARM's headers, and the client's request ID where it was asked for", async () => {
    const reply = await arm.raw("administrator", "GET", arm.url("/subscriptions"), undefined, {
      "x-ms-client-request-id": "request-of-mine",
      "x-ms-return-client-request-id": "true",
    });
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-cache",
      "x-ms-client-request-id": "request-of-mine",
      "x-ms-request-id": expect.any(String) as unknown,
      "x-ms-correlation-request-id": expect.any(String) as unknown,
      "x-ms-routing-request-id": expect.stringMatching(/^WESTEUROPE:\d{8}T\d{6}Z:/) as unknown,
      "strict-transport-security": "max-age=31536000; includeSubDomains",
      "x-content-type-options": "nosniff",
    });
    const inSubscription = await arm.get("administrator", daemons);
    expect(inSubscription.headers.get("x-ms-ratelimit-remaining-subscription-reads")).toBe("249");
  });

  it("refuses a namespace until the subscription is registered for it", async () => {
    const site = `${daemons}/providers/Microsoft.Web/sites/app-daemons`;
    const provider = `/subscriptions/${subscription.id}/providers/microsoft.web`;
    const before = await arm.get("administrator", site);
    expect([before.status, errorOf(before)]).toEqual([
      409,
      {
        code: "MissingSubscriptionRegistration",
        message:
          "The subscription is not registered to use namespace 'Microsoft.Web'. See https://aka.ms/rps-not-found for how to register subscriptions.",
      },
    ]);
    expect((await arm.get("administrator", provider)).body).toMatchObject({
      namespace: "Microsoft.Web",
      registrationState: "NotRegistered",
    });
    expect((await arm.send("administrator", "POST", `${provider}/register`)).body).toMatchObject({
      registrationState: "Registering",
    });
    expect((await arm.get("administrator", provider)).body).toMatchObject({ registrationState: "Registered" });
    expect((await arm.get("administrator", site)).status).toBe(501);
  });

  it("lets only those register a namespace who may", async () => {
    const path = `/subscriptions/${subscription.id}/providers/Microsoft.Sql/register`;
    const reply = await arm.send("deployer", "POST", path);
    expect([reply.status, errorOf(reply).code]).toEqual([403, "AuthorizationFailed"]);
    expect(errorOf(reply).message).toContain("action 'Microsoft.Sql/register/action'");
  });
});
