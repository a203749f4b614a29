import { join } from "node:path";
import { credentialFormats } from "../../components/vault/credentialFormats";
import type { Environment } from "../../examples/clients/runner/environments/environment";
import { identities, subscription, tenant } from "../../local/azure/landingZone/layout";
import { onLocalAzure, run, signedInAs, type Ended } from "../support/command";
import { Administrator, vaultUrl, type Delivery } from "../support/delivery";
import { LocalAzureForTests } from "../support/localAzure";
import { environmentFor } from "./support/environments";

jest.setTimeout(240_000);

const program = (name: string): string => join(__dirname, "programs", name);
const secretName = "forecast-loader-credential";

let azure: LocalAzureForTests;
let administrator: Administrator;
let loader: Delivery;

/** The variables of a daemon, as the format azure-identity-env has them. */
const asDaemon = ({ credential }: Delivery): Record<string, string> => ({
  ...onLocalAzure(azure),
  AZURE_TENANT_ID: credential.tenantId,
  AZURE_CLIENT_ID: credential.clientId,
  AZURE_CLIENT_SECRET: credential.clientSecret,
});

beforeAll(async () => {
  azure = await LocalAzureForTests.open();
  administrator = new Administrator(azure);
  await administrator.layOut();
  loader = await administrator.deliver({ daemon: "forecast-loader", consent: "grant" });
});

afterAll(() => azure.close());

describe("a Python program on msal and requests", () => {
  let python: Environment | undefined;

  beforeAll(async () => {
    python = await environmentFor("python-msal");
  });

  /** Runs the program on settings in the vault, or gives undefined where there is no Python to run it with. */
  async function listUsers({ credential }: Delivery, authority: string): Promise<Ended | undefined> {
    const { daemon: name, clientId, clientSecret } = credential;
    const facts = { daemon: name, tenantId: authority, clientId, clientSecret, subscriptionId: subscription.id };
    const settings = credentialFormats.get("msal-parameters")?.render(facts);
    const daemon = `${name}-${authority.replaceAll(".", "-")}`;
    await administrator.storeFor("consumer", `${daemon}-msal-parameters`, settings ?? "");
    if (python === undefined) return undefined;
    const { command, args } = await python.launch(azure.azure, azure.stateDirectory);
    return await run(command, args, { ...signedInAs(azure, "consumer"), VAULT_URL: vaultUrl, DAEMON: daemon });
  }

  it.each([tenant.id, tenant.domain, tenant.initialDomain])(
    "lists users with %s in the authority",
    async (authority) => {
      const ended = await listUsers(loader, authority);
      if (ended !== undefined) expect(ended).toEqual({ code: 0, stdout: "6 users\n", stderr: "" });
    },
  );

  it("does the same as in the page, with what it needs in its environment", async () => {
    if (python === undefined) return;
    const { command } = await python.launch(azure.azure, azure.stateDirectory);
    const ended = await run(command, ["-B", program("list_users.py")], asDaemon(loader));
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toMatch(/^200 \{.*"userPrincipalName": ?"[^"]+@contoso\.example"/);
  });

  it("gets Azure's 403 before consent, and the users after it", async () => {
    const mailer = await administrator.deliver({ daemon: "report-mailer", consent: "request" });
    const before = await listUsers(mailer, tenant.id);
    await administrator.consent(mailer.servicePrincipalId);
    const after = await listUsers(mailer, tenant.id);
    if (before !== undefined && after !== undefined) {
      expect(before.stderr).toMatch(
        /^403 \{"error": ?\{"code": ?"Authorization_RequestDenied", ?"message": ?"Insufficient privileges to complete the operation\."/,
      );
      expect(after.stdout).toBe("6 users\n");
    }
  });
});

describe("curl", () => {
  const readSecret = (identity: "consumer" | "stranger"): Promise<Ended> =>
    run("sh", [program("read_secret.sh")], {
      ...signedInAs(azure, identity),
      SECRET_URI: `${vaultUrl}/secrets/${secretName}`,
    });

  it("follows the vault's challenge to a token and the secret", async () => {
    const { code, stdout, stderr } = await readSecret("consumer");
    const [challenge, secret, status] = stdout.split("\n");
    expect({ code, stderr, challenge, status }).toEqual({
      code: 0,
      stderr: "",
      challenge: `challenge: 401 Bearer authorization="https://login.microsoftonline.com/${tenant.id}", resource="https://vault.azure.net"`,
      status: "200",
    });
    const { value, contentType } = JSON.parse(secret ?? "") as Record<string, string>;
    expect([JSON.parse(value ?? ""), contentType]).toEqual([loader.credential, "application/json"]);
  });

  it("gets Azure's 403 as an identity without a role", async () => {
    const { stdout } = await readSecret("stranger");
    const [, body, status] = stdout.split("\n");
    expect(status).toBe("403");
    expect(JSON.parse(body ?? "")).toMatchObject({
      error: {
        code: "Forbidden",
        innererror: { code: "ForbiddenByRbac" },
        message: expect.stringContaining(`oid=${identities.stranger.objectId}`) as unknown,
      },
    });
  });
});

describe("the Azure SDKs for JavaScript", () => {
  const sdk = (env: Record<string, string>): Promise<Ended> => run(process.execPath, [program("azure_sdk.mjs")], env);

  it("read the secret as the consumer", async () => {
    expect(await sdk({ ...signedInAs(azure, "consumer"), VAULT_URL: vaultUrl, SECRET_NAME: secretName })).toEqual({
      code: 0,
      stdout: `secret ${secretName} application/json\n`,
      stderr: "",
    });
  });

  it("write, read and delete a file as the daemon", async () => {
    const { url = "", fileSystem = "" } = loader.credential.lake ?? {};
    expect(await sdk({ ...asDaemon(loader), LAKE_URL: url, FILE_SYSTEM: fileSystem })).toEqual({
      code: 0,
      stdout: "file from the SDK\nexists false\n",
      stderr: "",
    });
  });
});
