import { credentialFormats } from "../../components/vault/credentialFormats";
import { clients } from "../../examples/clients/runner/catalogue";
import type { ClientResult } from "../../examples/clients/runner/clientRun";
import { Deployment } from "../../examples/clients/runner/deployment";
import { defaultCache } from "../../examples/clients/runner/environments/cache";
import { makeReady, type Ready } from "../../examples/clients/runner/runAll";
import { dataLakeStoreId, identities, subscription } from "../../local/azure/landingZone/layout";
import { Administrator, userReadAll } from "../support/delivery";
import { LocalAzureForTests } from "../support/localAzure";
import { soaking } from "../support/soak";
import { clientNamed, machine } from "./support/environments";

// The first run on a machine installs the packages of every client.
jest.setTimeout(900_000);

const apiVersion = "2022-04-01";
const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
const shortLived = "node-adal";

interface Assignment {
  readonly id: string;
  readonly properties: {
    readonly roleDefinitionId: string;
    readonly principalId: string;
    readonly principalType: string;
  };
}

/** Takes something away from a daemon; gives what puts it back, where that is possible. */
type Loss = (daemon: string) => Promise<() => Promise<unknown>>;

let local: LocalAzureForTests;
let administrator: Administrator;
let ready: Ready;

beforeAll(async () => {
  local = await LocalAzureForTests.open({ startsAt: new Date().toISOString() });
  administrator = new Administrator(local);
  const rotation = `daemons[${chosen.findIndex(({ name }) => name === shortLived)}].secret.rotation`;
  ready = await makeReady(Deployment.on(local.azure, local.stateDirectory), {
    clients: chosen,
    cache: defaultCache(machine),
    machine,
    config: [`${rotation}.everyDays=1`, `${rotation}.overlapDays=1`],
    signal: new AbortController().signal,
    say: () => undefined,
  });
});

afterAll(async () => {
  await ready.close();
  await local.close();
});

async function applicationOf(daemon: string): Promise<{ readonly appId: string; readonly objectId: string }> {
  const reply = await administrator.graph("GET", `/applications?$filter=displayName eq '${daemon}'`);
  const [application] = reply["value"] as unknown as readonly { readonly appId: string }[];
  const appId = application?.appId ?? "";
  const { id: objectId = "" } = await administrator.graph("GET", `/servicePrincipals(appId='${appId}')`);
  return { appId, objectId };
}

/** Removes the role assignments of a principal whose scopes match. */
async function withoutRoles(principalId: string, scope: RegExp): Promise<() => Promise<unknown>> {
  const all = `/subscriptions/${subscription.id}/providers/Microsoft.Authorization/roleAssignments`;
  const filter = encodeURIComponent(`principalId eq '${principalId}'`);
  const { value } = (await administrator.arm("GET", all, `${apiVersion}&$filter=${filter}`)) as {
    readonly value: readonly Assignment[];
  };
  const taken = value.filter(({ id }) => scope.test(id));
  expect(taken).not.toEqual([]);
  for (const { id } of taken) await administrator.removeAssignment(id);
  return () =>
    Promise.all(
      taken.map(({ id, properties: { roleDefinitionId, principalId: to, principalType } }) =>
        administrator.arm("PUT", id, apiVersion, {
          properties: { roleDefinitionId, principalId: to, principalType },
        }),
      ),
    );
}

const roleOn =
  (scope: RegExp): Loss =>
  async (daemon) =>
    withoutRoles((await applicationOf(daemon)).objectId, scope);

const workspaceRole = roleOn(/\/Microsoft\.MachineLearningServices\/workspaces\//);
/** azureml-core asks first which subscriptions it sees; with a role elsewhere it gets as far as the workspace. */
const workspaceRoleAlone: Loss = async (daemon) => {
  await administrator.assign(dataLakeStoreId, reader, (await applicationOf(daemon)).objectId);
  return workspaceRole(daemon);
};
const lakeRole = roleOn(/\/Microsoft\.Storage\/storageAccounts\//);

const formats = [...credentialFormats.keys()].join("|");
const vaultReader: Loss = (daemon) =>
  withoutRoles(identities.consumer.objectId, new RegExp(`/secrets/${daemon}-(${formats})/`));

const appRole: Loss = async (daemon) => {
  const { objectId } = await applicationOf(daemon);
  const granted = await administrator.graph("GET", `/servicePrincipals/${objectId}/appRoleAssignments`);
  const assignments = granted["value"] as unknown as readonly { readonly id: string; readonly appRoleId: string }[];
  expect(assignments.map(({ appRoleId }) => appRoleId)).toEqual([userReadAll]);
  for (const { id } of assignments) {
    await administrator.graph("DELETE", `/servicePrincipals/${objectId}/appRoleAssignments/${id}`);
  }
  return () => administrator.consent(objectId);
};

const secretRevoked: Loss = async (daemon) => {
  const { appId } = await applicationOf(daemon);
  const { passwordCredentials } = (await administrator.graph("GET", `/applications(appId='${appId}')`)) as unknown as {
    readonly passwordCredentials: readonly { readonly keyId: string }[];
  };
  expect(passwordCredentials).not.toEqual([]);
  for (const { keyId } of passwordCredentials) {
    await administrator.graph("POST", `/applications(appId='${appId}')/removePassword`, { keyId });
  }
  return () => Promise.reject(new Error("a revoked secret does not come back"));
};

const certificateTaken: Loss = async (daemon) => {
  const { appId } = await applicationOf(daemon);
  await administrator.graph("PATCH", `/applications(appId='${appId}')`, { keyCredentials: [] });
  return () => Promise.reject(new Error("the certificate is not put back"));
};

const accessLists: Loss = async () => {
  await ready.setAccessLists("remove");
  return () => ready.setAccessLists("set");
};

/** What each client loses, and what its program then says: the words are Azure's, but for those of a list that is empty. */
const losses: Readonly<Record<string, readonly [what: string, loss: Loss, error: RegExp]>> = {
  "python-msal": [
    "its app role",
    appRole,
    /403 .*Authorization_RequestDenied.*Insufficient privileges to complete the operation\./,
  ],
  "python-adal": ["its role on the workspace", workspaceRole, /403 .*AuthorizationFailed.*MachineLearningServices/],
  "python-azure-identity": ["its role on the lake", lakeRole, /AuthorizationPermissionMismatch/],
  "python-azure-mgmt": ["its reader in the vault", vaultReader, /ForbiddenByRbac|Caller is not authorized/],
  "java-msal4j": ["its role on the workspace", workspaceRole, /403 .*AuthorizationFailed.*MachineLearningServices/],
  "python-azure-datalake-store-0": ["its reader in the vault", vaultReader, /ForbiddenByRbac|Caller is not authorized/],
  "python-azure-mgmt-datalake-store": ["its secret", secretRevoked, /AADSTS7000215/],
  "python-azureml-core": [
    "its role on the workspace",
    workspaceRoleAlone,
    /AuthorizationFailed[\s\S]*MachineLearningServices/,
  ],
  "python-msal-certificate": ["its certificate", certificateTaken, /AADSTS700027/],
  "node-msal": ["its app role", appRole, /403 .*Authorization_RequestDenied.*Insufficient privileges/],
  "node-azure-identity": ["its role on the lake", lakeRole, /AuthorizationPermissionMismatch/],
  "node-azure-arm": ["its secret", secretRevoked, /AADSTS7000215/],
};

/** Outside of a soak two of the clients lose something: each has to be installed, and started time and again. */
const losing = soaking ? Object.keys(losses) : ["python-msal", "node-azure-identity"];
const others = soaking ? ["python-azure-datalake-store"] : [];
const chosen = clients.filter(({ name }) => [...losing, ...others, shortLived].includes(name));

const first = ["python-msal", "python-adal", "python-azure-identity", "python-azure-mgmt", "java-msal4j"];
const firstHalf = losing.filter((name) => first.includes(name));
const secondHalf = losing.filter((name) => !first.includes(name));

const namesOf = (results: readonly ClientResult[], wanted: ClientResult["result"]): string[] =>
  results.filter(({ result }) => result === wanted).map(({ client }) => client);

/** Takes from each of these clients what it has to lose, and expects that just they fail, in Azure's words. */
async function loseAndFail(names: readonly string[]): Promise<(() => Promise<unknown>)[]> {
  const restore: (() => Promise<unknown>)[] = [];
  for (const name of names) {
    const [, loss] = losses[name] ?? [];
    if (loss !== undefined) restore.push(await loss(name));
  }
  const results = await ready.run(chosen);
  const notRun = namesOf(results, "not run");
  expect(namesOf(results, "failed").sort()).toEqual(names.filter((name) => !notRun.includes(name)).sort());
  for (const { client, found } of results.filter(({ result }) => result === "failed")) {
    expect({ client, found }).toEqual({ client, found: expect.stringMatching(losses[client]?.[2] ?? /^$/) as string });
  }
  return restore;
}

describe("a client that loses what its program needs", () => {
  it("fails alone, and works again when it has it back", async () => {
    for (const restore of await loseAndFail(firstHalf)) await restore();
    await loseAndFail(secondHalf);
  });

  if (soaking) {
    it("fails on the retired lake's files alone where it lost its access list", async () => {
      const pair = ["python-azure-datalake-store", "python-adal"].map(clientNamed);
      const restore = await accessLists("python-azure-datalake-store");
      const results = await ready.run(pair);
      await restore();
      const again = await ready.run(pair);
      if (namesOf(results, "not run").length > 0) return;
      expect(results).toMatchObject([
        {
          result: "failed",
          found: expect.stringMatching(/403[\s\S]*AccessControlException|PermissionError/) as string,
        },
        { result: "passed" },
      ]);
      expect(again).toMatchObject([{ result: "passed" }, { result: "passed" }]);
    });
  }

  it("fails alone where its secret has ended", async () => {
    const pair = [shortLived, "python-msal"].map(clientNamed);
    local.clock.advance({ days: 3 });
    const [ended, other] = await ready.run(pair);
    expect(ended).toMatchObject({ result: "failed", found: expect.stringContaining("AADSTS7000222") as string });
    expect(other?.result).not.toBe("failed");
  });
});

it("takes away each kind of thing that a client needs, in every language that has one client at least", () => {
  const kinds = Object.values(losses).map(([what]) => what);
  expect(new Set(kinds)).toEqual(
    new Set([
      "its app role",
      "its role on the workspace",
      "its role on the lake",
      "its reader in the vault",
      "its secret",
      "its certificate",
    ]),
  );
  const languages = clients.filter(({ name }) => name in losses).map(({ language }) => language);
  expect(new Set(languages)).toEqual(new Set(["python", "java", "node"]));
});
