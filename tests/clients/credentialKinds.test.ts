import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Client } from "../../examples/clients/runner/catalogue";
import { isMissing, type Environment } from "../../examples/clients/runner/environments/environment";
import { environmentOf } from "../../examples/clients/runner/environments/index";
import { machineUrl, machineWith } from "../../local/azure/instanceMetadata/machine";
import { identities, tenant } from "../../local/azure/landingZone/layout";
import type { Credential } from "../../tools/verify/credential";
import type { JsonReport } from "../../tools/verify/report";
import { issueCertificate, type TestCertificate } from "../support/certificates";
import { onLocalAzure, run, signedInAs } from "../support/command";
import { Administrator, vaultUrl, type ManagedIdentityIds } from "../support/delivery";
import { GraphClient } from "../support/graphClient";
import { LocalAzureForTests } from "../support/localAzure";
import { TestIssuer } from "../support/tokenIssuer";
import { workshop } from "./support/environments";

jest.setTimeout(240_000);

const kinds = ["secret", "certificate", "federated", "managedIdentity"] as const;
type Kind = (typeof kinds)[number];

const issuer = "https://token.actions.githubusercontent.com";
const subject = "repo:contoso/forecasts:ref:refs/heads/main";
const audience = "api://AzureADTokenExchange";
const secretsUser = "4633458b-17de-408a-b874-0445c86b69e6";
const day = 24 * 60 * 60 * 1000;
const inDays = (days: number): string => `${new Date(Date.now() + days * day).toISOString().slice(0, 19)}Z`;
const program = (name: string): string => join(__dirname, "programs", name);

let directory: string;
let gitHub: TestIssuer;
let azure: LocalAzureForTests;
let administrator: Administrator;
let clientId: string;
let clientSecret: string;
let certificate: TestCertificate;
let identity: ManagedIdentityIds;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "credential-kinds-"));
  gitHub = await TestIssuer.open({ issuer });
  azure = await LocalAzureForTests.open({ startsAt: "system", issuers: { [issuer]: gitHub.url } });
  administrator = new Administrator(azure);
  await administrator.layOut();
  const graph = new GraphClient(azure, "administrator");
  const daemon = await graph.createDaemon("of every kind");
  clientId = daemon.appId;
  clientSecret = await graph.addPassword(daemon.id);
  certificate = await issueCertificate({ notBefore: inDays(-1), notAfter: inDays(30) });
  await administrator.graph("PATCH", `/applications/${daemon.id}`, {
    keyCredentials: [
      { type: "AsymmetricX509Cert", usage: "Verify", key: Buffer.from(certificate.pem).toString("base64") },
    ],
  });
  await administrator.graph("POST", `/applications/${daemon.id}/federatedIdentityCredentials`, {
    name: "main-branch",
    issuer,
    subject,
    audiences: [audience],
  });
  identity = await administrator.managedIdentity("id-loader");
  await administrator.consent(daemon.principalId);
  await administrator.consent(identity.principalId);
  await writeFile(join(directory, "token"), await gitHub.token({ sub: subject }));
  await writeFile(join(directory, "key.pem"), certificate.privateKeyPem);
  await writeFile(join(directory, "both.pem"), `${certificate.privateKeyPem}\n${certificate.pem}`);
});

afterAll(async () => {
  await azure.close();
  await gitHub.close();
  await rm(directory, { recursive: true, force: true });
});

const thumbprint = (): string => Buffer.from(certificate.sha1, "base64url").toString("hex");

const machine = (): string => {
  const { cloud, proxyUrl } = azure.azure;
  return machineUrl(proxyUrl, machineWith(cloud.stateKey, [identity.clientId]));
};

/** What a daemon with one kind of credential finds in its environment, and what its programs for MSAL are told. */
function environment(kind: Kind): Record<string, string> {
  const application = { AZURE_CLIENT_ID: clientId, AZURE_TENANT_ID: tenant.id };
  const told = { KIND: kind, CLIENT_ID: clientId, TENANT_ID: tenant.id };
  const own: Record<Kind, Record<string, string>> = {
    secret: { ...application, ...told, AZURE_CLIENT_SECRET: clientSecret, CLIENT_SECRET: clientSecret },
    certificate: {
      ...application,
      ...told,
      AZURE_CLIENT_CERTIFICATE_PATH: join(directory, "both.pem"),
      PRIVATE_KEY_FILE: join(directory, "key.pem"),
      THUMBPRINT: thumbprint(),
    },
    federated: { ...application, ...told, AZURE_FEDERATED_TOKEN_FILE: join(directory, "token") },
    managedIdentity: {
      KIND: kind,
      CLIENT_ID: identity.clientId,
      AZURE_CLIENT_ID: identity.clientId,
      AZURE_POD_IDENTITY_AUTHORITY_HOST: machine(),
    },
  };
  return { ...onLocalAzure(azure), ...own[kind] };
}

const listed = { code: 0, stdout: "200\n", stderr: "" };

describe.each(kinds)("a daemon with the credential %s", (kind) => {
  it.each(["token_msal.mjs", "token_identity.mjs"])("lists users in JavaScript, by %s", async (name) => {
    expect(await run(process.execPath, [program(name)], environment(kind))).toEqual(listed);
  });
});

const pythonClient: Client = {
  name: "certificates",
  language: "python",
  directory: ".",
  program: "token_msal.py",
  pins: "certificate-requirements.txt",
  packages: ["msal", "azure-identity", "azure-keyvault-certificates"],
  makes: [],
};

describe("in Python", () => {
  let python: Environment | undefined;

  beforeAll(async () => {
    const made = await environmentOf(pythonClient, { ...workshop, programs: join(__dirname, "programs") });
    if (isMissing(made)) process.stderr.write(`The Python clients are not tested: ${made.missing}\n`);
    else python = made;
  });

  it.each(kinds.flatMap((kind) => ["token_msal.py", "token_identity.py"].map((name) => [kind, name] as const)))(
    "a daemon with the credential %s lists users, by %s",
    async (kind, name) => {
      const launch = await python?.launch(azure.azure, directory, name);
      if (launch) expect(await run(launch.command, launch.args, environment(kind))).toEqual(listed);
    },
  );
});

describe("verify", () => {
  const common = (daemon: string): Omit<Credential, "version" | "clientId"> => ({
    daemon,
    tenantId: tenant.id,
    authority: `https://login.microsoftonline.com/${tenant.id}`,
    graph: { endpoint: "https://graph.microsoft.com/v1.0", permissions: ["User.Read.All"], consent: "grant" },
  });

  const credentials = (): Credential[] => {
    const dates = { notBefore: inDays(-1), expiresOn: inDays(30) };
    const secretUri = `${vaultUrl}/secrets/loader-key`;
    return [
      { ...common("of-secret"), version: 1, clientId, clientSecret, ...dates, generation: 0 },
      {
        ...common("of-certificate"),
        version: 2,
        clientId,
        certificate: { secretUri, thumbprint: thumbprint(), ...dates },
        ...dates,
      },
      { ...common("of-federation"), version: 2, clientId, federated: [{ issuer, subject, audience }] },
      {
        ...common("of-identity"),
        version: 2,
        clientId: identity.clientId,
        managedIdentity: { resourceId: identity.resourceId },
      },
    ];
  };

  const verify = async (env: Record<string, string>): Promise<{ code: number | null; results: string[] }> => {
    const args = ["tools/start.mjs", "verify", "--vault", vaultUrl, "--wait", "0", "--json"];
    const { code, stdout } = await run(process.execPath, args, { ...signedInAs(azure, "consumer"), ...env });
    const { checks } = JSON.parse(stdout) as JsonReport;
    return {
      code,
      results: checks
        .filter(({ check }) => check === "signIn" || check === "graph.users")
        .map(({ daemon, check, result }) => `${daemon ?? ""} ${check} ${result}`),
    };
  };

  beforeAll(async () => {
    for (const credential of credentials()) {
      const id = await administrator.store(credential);
      await administrator.assign(id, secretsUser, identities.consumer.objectId);
    }
    const vaultId = (await administrator.store({ ...credentials()[0], daemon: randomUUID() } as Credential)).replace(
      /\/secrets\/.*/,
      "",
    );
    const keyId = `${vaultId}/secrets/loader-key`;
    await administrator.arm("PUT", keyId, "2023-07-01", {
      properties: { value: `${certificate.privateKeyPem}\n${certificate.pem}`, contentType: "application/x-pem-file" },
    });
    await administrator.assign(keyId, secretsUser, identities.consumer.objectId);
  });

  it.each([
    [
      "where a daemon's token file is",
      ["of-secret", "of-certificate", "of-federation"],
      () => ({ AZURE_FEDERATED_TOKEN_FILE: join(directory, "token") }),
    ],
    [
      "on a daemon's machine",
      ["of-secret", "of-certificate", "of-identity"],
      () => ({ AZURE_POD_IDENTITY_AUTHORITY_HOST: machine() }),
    ],
  ])("signs in and calls with each kind %s", async (_where, daemons, env) => {
    const { results } = await verify(env());
    for (const daemon of daemons) {
      expect(results).toEqual(expect.arrayContaining([`${daemon} signIn passed`, `${daemon} graph.users passed`]));
    }
  });

  it("skips a federated daemon where its token is not, and fails one whose identity the machine doesn't have", async () => {
    const { cloud, proxyUrl } = azure.azure;
    const bare = machineUrl(proxyUrl, machineWith(cloud.stateKey, []));
    const { code, results } = await verify({ AZURE_POD_IDENTITY_AUTHORITY_HOST: bare });
    expect(results).toEqual(
      expect.arrayContaining([
        "of-federation signIn skipped",
        "of-federation graph.users skipped",
        "of-identity signIn failed",
        "of-secret signIn passed",
      ]),
    );
    expect(code).toBe(1);
  });
});
