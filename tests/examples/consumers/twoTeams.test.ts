import type { Stack } from "@pulumi/pulumi/automation";
import { program as consumer } from "../../../examples/consumers/typescript/program";
import { CredentialReader, DaemonAccessReference } from "../../../components/index";
import { program as owners } from "../../../infra/program";
import { identities, resourceGroupId, resourceGroups } from "../../../local/azure/landingZone/layout";
import { Teams } from "./teams";

jest.setTimeout(240_000);

const STACK = "organization/azure-daemon-access/dev";
const vaultScope = "https://vault.azure.net/.default";
const KEY_VAULT_SECRETS_USER = "4633458b-17de-408a-b874-0445c86b69e6";

/** The program of a team that reads with the consumer's identity. */
const reading = (grant: boolean) => (): Promise<Record<string, unknown>> => {
  const access = new DaemonAccessReference("access", { stack: STACK });
  const { vaultId } = access;
  const secretUri = access.secretUri("forecast-loader");
  if (grant) new CredentialReader("reporting", { vaultId, secretUri, objectId: identities.consumer.objectId });
  return Promise.resolve({ secretUri, otherSecretUri: access.secretUri("report-mailer") });
};

describe("a second team on the real engine", () => {
  let teams: Teams;
  let readers: Stack;
  let outputs: Record<string, string>;

  const deploy = async (grant: boolean) => {
    const result = await readers.up({ program: reading(grant), color: "never" });
    outputs = Object.fromEntries(Object.entries(result.outputs).map(([name, { value }]) => [name, String(value)]));
    return result.summary.resourceChanges;
  };
  const secret = (uri: string | undefined) =>
    teams.local.call("consumer", vaultScope, "GET", `${String(uri)}?api-version=7.5`);

  beforeAll(async () => {
    teams = await Teams.open();
    await (await teams.owners("dev", owners, { readers: [] })).up({ color: "never" });
    readers = await teams.readers("prod", reading(false));
  });

  afterAll(() => teams.close());

  it("reads the stack and gets Azure's refusal for a credential that it was not granted", async () => {
    expect(await deploy(false)).toEqual({ create: 2 });
    const { status, body } = await secret(outputs["secretUri"]);
    expect(status).toBe(403);
    expect(body).toMatchObject({ error: { code: "Forbidden", innererror: { code: "ForbiddenByRbac" } } });
  });

  it("grants itself one secret, fetches the credential, and calls Graph with it", async () => {
    expect(await deploy(true)).toEqual({ create: 2, same: 2 });
    const { status, body } = await secret(outputs["secretUri"]);
    expect(status).toBe(200);
    const { value } = body as { value: string };
    const { clientId, clientSecret } = JSON.parse(value) as { clientId: string; clientSecret: string };

    const scope = "https://graph.microsoft.com/.default";
    const token = await teams.local.tokenFor({ clientId, clientSecret, scope });
    const users = await teams.local.fetch("https://graph.microsoft.com/v1.0/users?$select=displayName", {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(users.status).toBe(200);
    expect(((await users.json()) as { value: unknown[] }).value).not.toEqual([]);
  });

  it("may read no other daemon's secret", async () => {
    expect((await secret(outputs["otherSecretUri"])).status).toBe(403);
  });

  it("has no secret in its state", async () => {
    const { value } = (await secret(outputs["secretUri"])).body as { value: string };
    const { clientSecret } = JSON.parse(value) as { clientSecret: string };
    const state = JSON.stringify(await readers.exportStack());
    expect(state).toContain("forecast-loader-credential");
    expect(state).not.toContain(clientSecret);
  });

  it("changes nothing when nothing has changed", async () => {
    expect(await deploy(true)).toEqual({ same: 4 });
  });

  it("runs the example in TypeScript", async () => {
    const stack = await teams.readers("example", consumer);
    await teams.actAs(stack, "administrator");
    await stack.setAllConfig({
      daemonStack: { value: STACK },
      resourceGroupName: { value: resourceGroups.daemons },
    });
    const { outputs: told } = await stack.up({ color: "never" });
    const { secretUri } = outputs;
    const identity = `${resourceGroupId(resourceGroups.daemons)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/`;
    expect(told).toMatchObject({
      secretUri: { value: secretUri, secret: false },
      expiresOn: { value: "2026-04-15T00:00:00Z" },
      appSettings: {
        value: [{ name: "DAEMON_CREDENTIAL", value: `@Microsoft.KeyVault(SecretUri=${secretUri ?? ""})` }],
      },
      containerAppSecret: {
        value: {
          name: "daemon-credential",
          keyVaultUrl: secretUri,
          identity: expect.stringContaining(identity) as string,
        },
      },
    });
    const scope = String(told["scope"]?.value);
    const url = `https://management.azure.com${scope}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01&$filter=atScope()`;
    const { body } = await teams.local.call("deployer", "https://management.azure.com/.default", "GET", url);
    const assignments = (body as { value: { properties: { scope: string; roleDefinitionId: string } }[] }).value;
    const here = assignments.filter(({ properties }) => properties.scope === scope);
    expect(here.map(({ properties }) => properties.roleDefinitionId.split("/").at(-1))).toEqual([
      KEY_VAULT_SECRETS_USER,
      KEY_VAULT_SECRETS_USER,
    ]);
  });
});
