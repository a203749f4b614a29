import {
  resourceGroupId,
  resourceGroups,
  workspace,
  type IdentityName,
} from "../../../../local/azure/landingZone/layout";
import { identities } from "../../../../local/azure/landingZone/layout";
import { LocalAzureForTests } from "../../../support/localAzure";
import { Arm, errorOf } from "../arm/armClient";

const host = `https://${workspace.containerRegistry}.azurecr.io`;
const id = `${resourceGroupId(resourceGroups.machineLearning)}/providers/Microsoft.ContainerRegistry/registries/${workspace.containerRegistry}`;
const acrPull = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
const acrPush = "8311e382-0749-4cb8-b61a-304f252e45ec";

describe("container registries", () => {
  let azure: LocalAzureForTests;

  beforeEach(async () => {
    azure = await LocalAzureForTests.open();
  });
  afterEach(() => azure.close());

  const post = async (path: string, form: Record<string, string>): Promise<Record<string, string>> => {
    const response = await azure.fetch(`${host}${path}`, { method: "POST", body: new URLSearchParams(form) });
    return (await response.json()) as Record<string, string>;
  };
  /** What a client of a registry does before it pulls or pushes. */
  const accessToken = async (as: IdentityName, scope: string): Promise<string> => {
    const entra = await azure.token(as, "https://containerregistry.azure.net/.default");
    const { refresh_token = "" } = await post("/oauth2/exchange", { grant_type: "access_token", access_token: entra });
    const { access_token = "" } = await post("/oauth2/token", { grant_type: "refresh_token", refresh_token, scope });
    return access_token;
  };
  const status = async (method: string, path: string, token = ""): Promise<number> =>
    (await azure.fetch(`${host}${path}`, { method, headers: { authorization: `Bearer ${token}` } })).status;
  const pull = (token: string) => status("GET", "/v2/forecast/tags/list", token);
  const push = (token: string) => status("POST", "/v2/forecast/blobs/uploads/", token);
  const give = (roleDefinitionId: string) => {
    azure.azure.cloud.access.seed({ principalId: identities.stranger.objectId, roleDefinitionId, scope: id });
  };
  const both = "repository:forecast:pull,push";

  it("let one pull with AcrPull, and not push", async () => {
    give(acrPull);
    const token = await accessToken("stranger", both);
    expect([await pull(token), await push(token)]).toEqual([404, 401]);
  });

  it("let one push with AcrPush", async () => {
    give(acrPush);
    const token = await accessToken("stranger", both);
    expect([await pull(token), await push(token)]).toEqual([404, 501]);
  });

  it("let nobody in without a role, and tell where tokens are had", async () => {
    const token = await accessToken("stranger", both);
    expect([await pull(token), await push(token)]).toEqual([401, 401]);
    const { status: refused, headers } = await azure.fetch(`${host}/v2/`);
    expect([refused, headers.get("www-authenticate")]).toEqual([
      401,
      expect.stringContaining(`realm="${host}/oauth2/token"`),
    ]);
    expect(await post("/oauth2/exchange", { grant_type: "access_token", access_token: "none" })).toMatchObject({
      errors: [{ code: "UNAUTHORIZED" }],
    });
  });

  it("are made, read and deleted through ARM, under a name that is free", async () => {
    const arm = new Arm(azure);
    const made = `${resourceGroupId(resourceGroups.daemons)}/providers/Microsoft.ContainerRegistry/registries/crdaemons`;
    const body = { location: "westeurope", sku: { name: "Basic" } };
    expect((await arm.put("administrator", made, body)).body).toMatchObject({
      id: made,
      properties: { loginServer: "crdaemons.azurecr.io", provisioningState: "Succeeded" },
    });
    const taken = await arm.put("administrator", made.replace("crdaemons", workspace.containerRegistry), body);
    expect([taken.status, errorOf(taken).code]).toEqual([409, "AlreadyInUse"]);
    expect((await arm.send("administrator", "DELETE", made)).status).toBe(200);
    expect((await arm.get("administrator", made)).status).toBe(404);
  });
});
