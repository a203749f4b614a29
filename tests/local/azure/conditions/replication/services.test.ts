import { identities, resourceGroupId, resourceGroups, tenant } from "../../../../../local/azure/landingZone/layout";
import { LocalAzureForTests } from "../../../../support/localAzure";

const graphScope = "https://graph.microsoft.com/.default";
const vaultScope = "https://vault.azure.net/.default";
const group = resourceGroupId(resourceGroups.daemons);
const secretsUser = "4633458b-17de-408a-b874-0445c86b69e6";
const usersReadAll = "df021288-bdef-4463-88db-98f22de89214";

type Json = Readonly<Record<string, unknown>>;
interface Reply {
  readonly status: number;
  readonly body: Json;
}
interface Named {
  readonly id: string;
  readonly appId: string;
}

let local: LocalAzureForTests;

beforeAll(async () => {
  // The delays are a hundred times Azure's, so that only the clock of the test ends them.
  const conditions = { replication: { profile: "azure", factor: 100 }, seed: 2 } as const;
  local = await LocalAzureForTests.open({ conditions });
});
afterAll(() => local.close());
beforeEach(() => {
  settle();
});

const ask = async (method: string, path: string, body?: unknown): Promise<Reply> =>
  (await local.call("administrator", graphScope, method, `https://graph.microsoft.com/v1.0${path}`, body)) as Reply;

const arm = async (method: string, path: string, body?: unknown, version = "2022-04-01"): Promise<Reply> => {
  const url = `https://management.azure.com${path}?api-version=${version}`;
  return (await local.call("administrator", "https://management.azure.com/.default", method, url, body)) as Reply;
};

/** The different answers to the same read, made many times. */
async function answers<T>(read: () => Promise<T>, times = 40): Promise<Set<T>> {
  const all = new Set<T>();
  for (let count = 0; count < times; count += 1) {
    all.add(await read());
  }
  return all;
}

const statusOf = async (path: string): Promise<number> => (await ask("GET", path)).status;
const codeOf = ({ body }: Reply): string => String((body["error"] as Json | undefined)?.["code"]);
const messageOf = ({ body }: Reply): string => String((body["error"] as Json | undefined)?.["message"]);
const countOf = async (path: string): Promise<number> =>
  ((await ask("GET", path)).body["value"] as readonly unknown[]).length;

/** Moves the clock to where every change so far is everywhere. */
const settle = (): void => {
  local.clock.advance({ days: 1 });
};

async function create(path: string, body: Json): Promise<Named> {
  const reply = await ask("POST", path, body);
  expect(reply.status).toBe(201);
  return reply.body as unknown as Named;
}

/** A client of the daemon's own. */
async function daemon(): Promise<Named & { readonly principalId: string }> {
  const application = await create("/applications", { displayName: "loader" });
  settle();
  const { id: principalId } = await create("/servicePrincipals", { appId: application.appId });
  return { ...application, principalId };
}

const signInCode = async (clientId: string, clientSecret: string, scope = graphScope): Promise<string> => {
  try {
    await local.tokenFor({ clientId, clientSecret, scope });
    return "signed in";
  } catch (error) {
    return /AADSTS\d+/.exec(String(error))?.[0] ?? String(error);
  }
};

describe("Microsoft Graph's replicas", () => {
  it("find a new application by turns, list none of its kind by filter, and agree in the end", async () => {
    const { id, appId } = await create("/applications", { displayName: "loader" });
    expect(await answers(() => statusOf(`/applications/${id}`))).toEqual(new Set([200, 404]));
    expect(await answers(() => countOf(`/applications?$filter=appId eq '${appId}'`))).toEqual(new Set([0, 1]));
    settle();
    expect(await answers(() => statusOf(`/applications/${id}`))).toEqual(new Set([200]));
  });

  it("show the old value of a changed property, and a deleted application, until they have heard of it", async () => {
    const { id } = await create("/applications", { displayName: "loader" });
    settle();
    expect((await ask("PATCH", `/applications/${id}`, { displayName: "mailer" })).status).toBe(204);
    const name = async (): Promise<unknown> => (await ask("GET", `/applications/${id}`)).body["displayName"];
    expect(await answers(name)).toEqual(new Set(["loader", "mailer"]));
    settle();
    expect(await answers(name)).toEqual(new Set(["mailer"]));
    expect((await ask("DELETE", `/applications/${id}`)).status).toBe(204);
    expect(await answers(() => statusOf(`/applications/${id}`))).toEqual(new Set([200, 404]));
    settle();
    expect(await answers(() => statusOf(`/applications/${id}`))).toEqual(new Set([404]));
  });

  it("lose no change to an object that they show as it was", async () => {
    const { id } = await create("/applications", { displayName: "loader" });
    settle();
    const names = Array.from({ length: 20 }, (_, index) => `secret ${index}`);
    for (const displayName of names) {
      const added = await ask("POST", `/applications/${id}/addPassword`, { passwordCredential: { displayName } });
      expect(added.status).toBe(200);
    }
    const count = async (): Promise<number> =>
      ((await ask("GET", `/applications/${id}`)).body["passwordCredentials"] as readonly unknown[]).length;
    expect((await answers(count)).size).toBeGreaterThan(1);
    settle();
    expect(await answers(count)).toEqual(new Set([names.length]));
  });

  it("refuse changes of what they have not heard of", async () => {
    const { id } = await create("/applications", { displayName: "loader" });
    const change = async (): Promise<string> => {
      const { status, body } = await ask("PATCH", `/applications/${id}`, { displayName: "mailer" });
      return status === 204 ? "done" : `${status} ${codeOf({ status, body })}`;
    };
    expect(await answers(change)).toEqual(new Set(["done", "404 Request_ResourceNotFound"]));
  });

  it("refuse the service principal of an application that they have not heard of", async () => {
    const early = await answers(async () => {
      const { appId } = await create("/applications", { displayName: "loader" });
      const { status, body } = await ask("POST", "/servicePrincipals", { appId });
      if (status === 201) {
        return "done";
      }
      const { code, message, details } = body["error"] as { code: string; message: string; details: readonly Json[] };
      return `${status} ${code} ${String(details[0]?.["code"])}: ${message.replace(appId, "<appId>")}`;
    });
    expect(early).toEqual(
      new Set([
        "done",
        "400 Request_BadRequest NoBackingApplicationObject: The appId '<appId>' of the service principal does not reference a valid application object.",
      ]),
    );
  });

  it("refuse an app role for a principal that they have not heard of", async () => {
    const [graph] = (await ask("GET", "/servicePrincipals?$filter=displayName eq 'Microsoft Graph'")).body[
      "value"
    ] as readonly Named[];
    const resourceId = graph?.id ?? "";
    const early = await answers(async () => {
      const grant = { principalId: (await daemon()).principalId, resourceId, appRoleId: usersReadAll };
      const { status, body } = await ask("POST", `/servicePrincipals/${resourceId}/appRoleAssignedTo`, grant);
      return status === 201 ? "done" : `${status} ${messageOf({ status, body })}`;
    });
    expect(early).toEqual(new Set(["done", "400 Not a valid reference update."]));
  });
});

describe("the token endpoint", () => {
  it("hears of an application, its service principal and its secret one after the other", async () => {
    const { id, appId } = await create("/applications", { displayName: "loader" });
    expect(await signInCode(appId, "any")).toBe("AADSTS700016");
    settle();
    await create("/servicePrincipals", { appId });
    expect(await signInCode(appId, "any")).toBe("AADSTS7000229");
    settle();
    const { secretText } = (await ask("POST", `/applications/${id}/addPassword`, {})).body;
    expect(await signInCode(appId, String(secretText))).toBe("AADSTS7000215");
    settle();
    expect(await answers(() => signInCode(appId, String(secretText)))).toEqual(new Set(["signed in"]));
  });

  it("takes a removed secret until it has heard of the removal", async () => {
    const { id, appId } = await daemon();
    const added = (await ask("POST", `/applications/${id}/addPassword`, {})).body;
    settle();
    await ask("POST", `/applications/${id}/removePassword`, { keyId: added["keyId"] });
    expect(await signInCode(appId, String(added["secretText"]))).toBe("signed in");
    settle();
    expect(await signInCode(appId, String(added["secretText"]))).toBe("AADSTS7000215");
  });
});

describe("role assignments", () => {
  const assignment = (name: string, scope = group): string =>
    `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;
  const roleDefinitionId = `/subscriptions/x/providers/Microsoft.Authorization/roleDefinitions/${secretsUser}`;

  it("need the principal's type until Azure Resource Manager has heard of the principal", async () => {
    const { principalId } = await daemon();
    const put = (name: string, properties: Json): Promise<Reply> =>
      arm("PUT", assignment(name), { properties: { roleDefinitionId, principalId, ...properties } });
    const name = "5f0a2e0e-6b1c-4f6c-9d9e-0c1f6c1b7a01";
    const early = await put(name, {});
    expect([early.status, codeOf(early)]).toEqual([400, "PrincipalNotFound"]);
    expect(messageOf(early)).toContain(`does not exist in the directory ${tenant.id}`);
    expect((await put(name, { principalType: "ServicePrincipal" })).status).toBe(201);
    expect((await arm("GET", assignment(name))).status).toBe(404);
    settle();
    expect((await arm("GET", assignment(name))).status).toBe(200);
  });

  it("let nobody into a vault before it has heard of them, and let everybody in until it has heard of their end", async () => {
    const vault = `${group}/providers/Microsoft.KeyVault/vaults/kv-lagging`;
    const properties = {
      sku: { family: "A", name: "standard" },
      tenantId: tenant.id,
      enableRbacAuthorization: true,
      accessPolicies: [],
    };
    await arm("PUT", vault, { location: "westeurope", properties }, "2023-07-01");
    const read = (): Promise<Reply> =>
      local.call(
        "consumer",
        vaultScope,
        "GET",
        "https://kv-lagging.vault.azure.net/secrets/none?api-version=7.4",
      ) as Promise<Reply>;
    await expect(read()).rejects.toThrow();
    settle();
    expect(codeOf(await read())).toBe("Forbidden");
    const path = assignment("5f0a2e0e-6b1c-4f6c-9d9e-0c1f6c1b7a02", vault);
    const principalId = identities.consumer.objectId;
    await arm("PUT", path, { properties: { roleDefinitionId, principalId, principalType: "ServicePrincipal" } });
    expect(codeOf(await read())).toBe("Forbidden");
    settle();
    expect(codeOf(await read())).toBe("SecretNotFound");
    expect((await arm("DELETE", path)).status).toBe(200);
    expect(codeOf(await read())).toBe("SecretNotFound");
    settle();
    expect(codeOf(await read())).toBe("Forbidden");
  });
});
