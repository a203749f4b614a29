import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClientCertificateCredential } from "@azure/identity";
import { SecretClient } from "@azure/keyvault-secrets";
import { StackFile } from "../../tools/credentials/certificate/stackFile";
import {
  identities,
  resourceGroupId,
  resourceGroups,
  tenant,
  type IdentityName,
} from "../../local/azure/landingZone/layout";
import { stateFile } from "../../local/stack/stateFile";
import type { Client } from "../../examples/clients/runner/catalogue";
import { environmentOf } from "../../examples/clients/runner/environments/index";
import { isMissing, type Environment } from "../../examples/clients/runner/environments/environment";
import { workshop } from "../clients/support/environments";
import { run, signedInAs, type Ended } from "../support/command";
import { runVerify } from "../support/toolCommand";
import { SdkClients } from "../support/sdkClient";
import { HostedStack } from "./support/hostedStack";

jest.setTimeout(600_000);

const day = 24 * 60 * 60 * 1000;
const daemon = "certified";
const credentialSecret = `${daemon}-credential`;

let stack: HostedStack;
let clients: SdkClients;
let directory: string;
let vaultUrl: string;

interface Made {
  readonly changed: boolean;
  readonly made: { readonly name: string; readonly secretUri: string; readonly thumbprint: string } | null;
  readonly removed: readonly string[];
}

/** `npx daemon-access credentials certificate`, as whoever may make certificates. */
function command(...args: string[]): Promise<Ended> {
  const words = ["certificate", "--daemon", daemon, "--vault", vaultUrl, "--stack", "dev", "--cwd", directory];
  const env = signedInAs(stack.local, "administrator");
  return run(process.execPath, ["tools/start.mjs", "credentials", ...words, "--json", ...args], env);
}

async function made(...args: string[]): Promise<Made> {
  const { code, stdout, stderr } = await command(...args);
  if (code !== 0) throw new Error(stderr);
  expect(stdout + stderr).not.toContain("PRIVATE KEY");
  return JSON.parse(stdout) as Made;
}

/** The daemon's settings, with the certificates that the command wrote to the file. */
const settings = (): string[] => {
  const { certificates } = StackFile.open(directory, "dev", daemon);
  const own = [
    `daemons[2].name=${daemon}`,
    "daemons[2].graph.permissions[0]=User.Read.All",
    ...certificates.flatMap(({ name, pem, secretUri }, index) => [
      `daemons[2].certificate.certificates[${index}].name=${name}`,
      `daemons[2].certificate.certificates[${index}].pem=${pem}`,
      `daemons[2].certificate.certificates[${index}].secretUri=${secretUri}`,
    ]),
  ];
  return own.flatMap((setting) => ["--config", setting]);
};

const up = (...config: string[]) =>
  stack.documentOf("up", ...settings(), ...config.flatMap((each) => ["--config", each]));

/** The daemon's part of verify, "check result detail". */
async function verified(): Promise<string[]> {
  const secret = `${vaultUrl}/secrets/${credentialSecret}`;
  const { stdout } = await runVerify(stack.local, "consumer", "--secret", secret, "--wait", "0", "--json");
  const { checks } = JSON.parse(stdout) as { checks: { check: string; result: string; detail?: string }[] };
  return checks.map(({ check, result, detail = "" }) => `${check} ${result} ${detail.replace(/as \S+, /, "")}`.trim());
}

/** What the consumer reads of the vault. */
const read = async (uri: string): Promise<string> => {
  const { origin, pathname } = new URL(uri);
  const client = new SecretClient(origin, clients.credential("consumer"), clients.options);
  return (await client.getSecret(pathname.split("/")[2] ?? "")).value ?? "";
};

/** Key credentials of the daemon's application, as Graph has them. */
async function registered(): Promise<string[]> {
  const { value } = (await stack.administrator.graph(
    "GET",
    "/applications?$filter=displayName eq 'certified'",
  )) as unknown as {
    value: { keyCredentials: { customKeyIdentifier: string }[] }[];
  };
  return (value[0]?.keyCredentials ?? []).map(({ customKeyIdentifier }) => customKeyIdentifier.toLowerCase()).sort();
}

const python: Client = {
  name: "certificates",
  language: "python",
  directory: ".",
  program: "sign_in_with_certificate.py",
  pins: "certificate-requirements.txt",
  packages: ["msal", "azure-identity", "azure-keyvault-certificates"],
  makes: [],
};
let environment: Environment | undefined;

/** Runs a program of tests/clients/programs; undefined on a machine without Python, which was told. */
async function inPython(
  program: string,
  identity: IdentityName,
  variables: Readonly<Record<string, string>>,
): Promise<Ended | undefined> {
  const launch = await environment?.launch(stack.local.azure, directory, program);
  return launch && run(launch.command, launch.args, { ...signedInAs(stack.local, identity), ...variables });
}

beforeAll(async () => {
  stack = await HostedStack.open();
  clients = new SdkClients(stack.local);
  const made = await environmentOf(python, { ...workshop, programs: join(__dirname, "../clients/programs") });
  if (isMissing(made)) process.stderr.write(`The Python clients are not tested: ${made.missing}\n`);
  else environment = made;
  directory = mkdtempSync(join(tmpdir(), "certificates-"));
  const file = join(directory, "Pulumi.dev.yaml");
  cpSync("Pulumi.dev.yaml", file);
  writeFileSync(file, `${readFileSync(file, "utf8").trimEnd()}\n    - name: ${daemon}\n`);
  const { outputs } = (await stack.documentOf("up")) as unknown as { outputs: { vaultUri: string } };
  vaultUrl = outputs.vaultUri.replace(/\/$/, "");
});

afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  clients.close();
  await stack.close();
});

it("a daemon lives by certificates: made in the vault, renewed beside the old one, and none of its keys in the program", async () => {
  const first = await made("--months", "1");
  await up();
  expect(await verified()).toEqual([
    expect.stringMatching(/^vault\.read passed expires \d{4}-\d\d-\d\d$/),
    "signIn passed with its certificate",
    "graph.users passed 6 users",
  ]);
  expect(await made("--days-left", "5")).toMatchObject({ changed: false, made: null });

  const second = await made("--renew");
  expect(second.made?.secretUri).not.toBe(first.made?.secretUri);
  // Until the next up, the daemon goes on with what it has.
  expect(await verified()).toContain("signIn passed with its certificate");
  await up();
  expect(await registered()).toEqual([first, second].map((each) => each.made?.thumbprint ?? "").sort());
  const credential = JSON.parse(await read(`${vaultUrl}/secrets/${credentialSecret}`)) as {
    clientId: string;
    certificate: { secretUri: string; thumbprint: string };
  };
  expect(credential.certificate).toMatchObject({
    secretUri: second.made?.secretUri,
    thumbprint: second.made?.thumbprint,
  });
  expect(await verified()).toContain("signIn passed with its certificate");
  const signInWith = async (uri: string | undefined): Promise<string> => {
    const certificate = await read(uri ?? "");
    const own = new ClientCertificateCredential(tenant.id, credential.clientId, { certificate }, clients.options);
    return (await own.getToken("https://graph.microsoft.com/.default")).token;
  };
  // Whoever has not fetched the new one yet goes on with the old.
  expect(await signInWith(first.made?.secretUri)).not.toBe("");
  expect(await signInWith(second.made?.secretUri)).not.toBe("");

  const signedIn = await inPython("sign_in_with_certificate.py", "consumer", {
    CREDENTIAL_URI: `${vaultUrl}/secrets/${credentialSecret}`,
  });
  if (signedIn) {
    expect([signedIn.stdout, signedIn.code]).toEqual(["msal signed in\nazure-identity signed in\n", 0]);
  }

  const later = new Date(Date.now() + 40 * day).toISOString().replace(/\.\d+Z$/, "Z");
  await up(`asOf=${later}`);
  expect(await registered()).toEqual([second.made?.thumbprint]);
  expect(await verified()).toContain("signIn passed with its certificate");
  await expect(signInWith(first.made?.secretUri)).rejects.toThrow();
  expect(await made("--at", later)).toMatchObject({ made: null, removed: [first.made?.name] });
  expect(readFileSync(stateFile(stack.state, process.cwd(), "dev"), "utf8")).not.toContain("PRIVATE KEY");
});

it("tells whoever may not make certificates which role that takes", async () => {
  const env = signedInAs(stack.local, "stranger");
  const words = [
    "certificate",
    "--daemon",
    daemon,
    "--vault",
    vaultUrl,
    "--stack",
    "dev",
    "--cwd",
    directory,
    "--renew",
  ];
  const ended = await run(process.execPath, ["tools/start.mjs", "credentials", ...words], env);
  expect([ended.code, ended.stdout]).toEqual([1, ""]);
  expect(ended.stderr).toContain("ForbiddenByRbac");
  expect(ended.stderr).toContain("the role Key Vault Certificates Officer on ");
});

it("Python's own library makes certificates in the vault by its default policy", async () => {
  const administrator = identities.administrator.objectId;
  const secretsUser = "4633458b-17de-408a-b874-0445c86b69e6";
  await stack.administrator.assign(resourceGroupId(resourceGroups.daemons), secretsUser, administrator);
  const ended = await inPython("make_certificate.py", "administrator", { VAULT_URL: vaultUrl });
  if (ended) {
    expect([ended.stdout, ended.code]).toEqual(["application/x-pkcs12 CN=DefaultPolicy\nTrue True\n", 0]);
  }
});
