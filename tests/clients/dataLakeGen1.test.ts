import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accessLists } from "../../components/data/dataLakeGen1Access";
import { credentialFormats } from "../../components/vault/credentialFormats";
import {
  dataLakeStore,
  identities,
  resourceGroupId,
  resourceGroups,
  subscription,
  tenant,
} from "../../local/azure/landingZone/layout";
import type { RequestRecord } from "../../local/azure/network/requestLog";
import { issueCertificate } from "../support/certificates";
import { run, signedInAs, type Ended } from "../support/command";
import { Administrator, vaultUrl, type Delivery } from "../support/delivery";
import { LocalAzureForTests } from "../support/localAzure";
import { pythonWith, type Python } from "./python";

jest.setTimeout(300_000);

const programs = join(__dirname, "..", "..", "examples", "clients", "data-lake-gen1");
const group = resourceGroupId(resourceGroups.daemons);
const vaultId = `${group}/providers/Microsoft.KeyVault/vaults/${new URL(vaultUrl).hostname.split(".")[0] ?? ""}`;
const contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
const secretsUser = "4633458b-17de-408a-b874-0445c86b69e6";
const year = 365 * 24 * 60 * 60 * 1000;
const accounts = ["list contosodatalake Active", "get contosodatalake.azuredatalakestore.net Enabled Succeeded"];
const retired =
  /^create 400 InvalidOperation .*Azure Data Lake Storage Gen1 was retired on February 29, 2024, and takes no new accounts\. Use Azure Data Lake Storage Gen2\.$/;
const files = [
  "mkdir None",
  "put None",
  "ls ['forecasts/made/forecast.txt']",
  "cat b'a forecast\\n'",
  "rm None",
  "exists False",
];

let azure: LocalAzureForTests;
let administrator: Administrator;
let daemon: Delivery;
let directory: string;
let python: Python | undefined;
let classicPython: Python | undefined;
const pythons: Python[] = [];

/** A Python with packages, or undefined where it can't be had; the reason is printed. */
async function pythonFor(requirements: string): Promise<Python | undefined> {
  const made = await pythonWith(join(programs, requirements));
  if (typeof made === "string") {
    process.stderr.write(`The Data Lake Storage Gen1 clients are not tested: ${made}\n`);
    return undefined;
  }
  pythons.push(made);
  return made;
}

/** Stores settings under a name for the consumer to read. */
async function store(name: string, value: string): Promise<void> {
  const id = `${vaultId}/secrets/${name}`;
  await administrator.arm("PUT", id, "2023-07-01", { properties: { value, contentType: "application/json" } });
  await administrator.assign(id, secretsUser, identities.consumer.objectId);
}

const consumerReads = (name: string): Record<string, string> => ({
  ...signedInAs(azure, "consumer"),
  SECRET_URI: `${vaultUrl}/secrets/${name}`,
});

const program = (at: Python, name: string, secret: string, ...args: string[]): Promise<Ended> =>
  run(at.command, [join(programs, name), ...args], consumerReads(secret));

/** Sets or removes what DataLakeGen1 tells of the daemon, with the published client, as the account's owner. */
async function changeAccess(at: Python, action: "set" | "remove"): Promise<void> {
  const principalId = daemon.servicePrincipalId;
  const lists = accessLists([{ principalId, path: "/forecasts", permissions: "rwx" }]);
  const file = join(directory, "access.json");
  await writeFile(file, JSON.stringify(lists));
  const environment = signedInAs(azure, "administrator");
  const script = `exec "${at.command}" "${join(programs, "access.py")}" ${dataLakeStore.name} ${action} < "${file}"`;
  expect(await run("sh", ["-c", script], environment)).toMatchObject({ code: 0 });
}

const linesOf = ({ stdout }: Ended): string[] => stdout.trim().split("\n");

/** What local Azure could not answer while something ran. */
async function unknownDuring<T>(work: () => Promise<T>): Promise<{ result: T; unknown: readonly RequestRecord[] }> {
  const unknown: RequestRecord[] = [];
  const stop = azure.azure.requests.listen((record) => {
    if (record.unknown === true) unknown.push(record);
  });
  try {
    return { result: await work(), unknown };
  } finally {
    stop();
  }
}

beforeAll(async () => {
  azure = await LocalAzureForTests.open({ startsAt: "system" });
  administrator = new Administrator(azure);
  await administrator.layOut();
  const expiresOn = new Date(Date.now() + year).toISOString();
  daemon = await administrator.deliver({ daemon: "forecast-loader", consent: "request", expiresOn });
  // Making accounts takes a right over their resource group, as the programs of this service had it.
  await administrator.assign(group, contributor, daemon.servicePrincipalId);
  const { clientId, clientSecret, notBefore } = daemon.credential;
  const settings = credentialFormats.get("datalake-gen1")?.render({
    daemon: "forecast-loader",
    tenantId: tenant.id,
    clientId,
    clientSecret,
    subscriptionId: subscription.id,
    notBefore,
    expiresOn,
    generation: 0,
    dataLakeGen1: { storeName: dataLakeStore.name },
  });
  await store("forecast-loader-datalake-gen1", settings ?? "");
  directory = await mkdtemp(join(tmpdir(), "gen1-clients-"));
  python = await pythonFor("requirements.txt");
  classicPython = await pythonFor("requirements-auth.txt");
});

afterAll(async () => {
  await Promise.all(pythons.map((each) => each.remove()));
  await rm(directory, { recursive: true, force: true });
  await azure.close();
});

describe("azure-mgmt-datalake-store on adal and msrestazure", () => {
  it("finds the account and shows it, and gets Azure's refusal of a new one", async () => {
    if (python === undefined) return;
    const at = python;
    const { result, unknown } = await unknownDuring(() => program(at, "accounts.py", "forecast-loader-datalake-gen1"));
    expect(linesOf(result)).toEqual([...accounts, expect.stringMatching(retired)]);
    expect(unknown).toEqual([]);
  });
});

describe("azure-datalake-store", () => {
  const work = (at: Python, name: string): Promise<Ended> =>
    program(at, name, "forecast-loader-datalake-gen1", "forecasts");

  it("makes a directory, puts a file, lists, reads and removes it, once the lake's owner has set the access lists", async () => {
    if (python === undefined) return;
    const at = python;
    await changeAccess(at, "set");
    const { result, unknown } = await unknownDuring(() => work(at, "files.py"));
    expect(linesOf(result)).toEqual(files);
    expect(unknown).toEqual([]);
  });

  it("does the same in its version with a sign-in of its own", async () => {
    if (classicPython === undefined) return;
    const { result, unknown } = await unknownDuring(() => work(classicPython as Python, "files_auth.py"));
    expect(linesOf(result)).toEqual(files);
    expect(unknown).toEqual([]);
  });

  it("gets Azure's refusal of every file once the access lists are taken away, and the account is shown as before", async () => {
    if (python === undefined) return;
    await changeAccess(python, "remove");
    const refused = await work(python, "files.py");
    const shown = await program(python, "accounts.py", "forecast-loader-datalake-gen1");
    await changeAccess(python, "set");
    expect(linesOf(refused)).toEqual(
      ["mkdir", "put", "ls", "cat", "rm", "exists"].map((call) => `${call} PermissionError`),
    );
    expect(refused.stderr).toContain("AccessControlException");
    expect(linesOf(shown).slice(0, 2)).toEqual(accounts);
  });
});

describe("the same programs with a certificate", () => {
  const secret = "forecast-loader-certificate";

  beforeAll(async () => {
    const certificate = await issueCertificate({
      notBefore: new Date(Date.now() - year).toISOString(),
      notAfter: new Date(Date.now() + year).toISOString(),
    });
    const keyFile = join(directory, "loader.pem");
    await writeFile(keyFile, `${certificate.privateKeyPem}\n${certificate.pem}\n`, { mode: 0o600 });
    const { clientId } = daemon.credential;
    await administrator.graph("PATCH", `/applications(appId='${clientId}')`, {
      keyCredentials: [
        { type: "AsymmetricX509Cert", usage: "Verify", key: Buffer.from(certificate.pem).toString("base64") },
      ],
    });
    const thumbprint = Buffer.from(certificate.sha1, "base64url").toString("hex");
    const settings = { tenant_id: tenant.id, client_id: clientId, thumbprint, private_key_file: keyFile };
    await store(secret, JSON.stringify({ ...settings, store_name: dataLakeStore.name }));
  });

  it("manage accounts", async () => {
    if (python === undefined) return;
    const ended = await program(python, "accounts.py", secret);
    expect(linesOf(ended)).toEqual([...accounts, expect.stringMatching(retired)]);
  });

  it("work with files", async () => {
    if (python === undefined) return;
    expect(linesOf(await program(python, "files.py", secret, "forecasts"))).toEqual(files);
  });
});
