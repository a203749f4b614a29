import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../../examples/clients/runner/environments/environment";
import { accessLists } from "../../components/data/dataLakeGen1Access";
import { credentialFormats } from "../../components/vault/credentialFormats";
import {
  dataLakeStore,
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
import { soaking } from "../support/soak";
import { environmentFor } from "./support/environments";

jest.setTimeout(300_000);

const group = resourceGroupId(resourceGroups.daemons);
const contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
const year = 365 * 24 * 60 * 60 * 1000;
const account = ["get contosodatalake.azuredatalakestore.net Enabled Succeeded"];
const retired =
  /^400 InvalidOperation .*Azure Data Lake Storage Gen1 was retired on February 29, 2024, and takes no new accounts\. Use Azure Data Lake Storage Gen2\.$/;
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
let python: Environment | undefined;
let classicPython: Environment | undefined;
let accountsPython: Environment | undefined;

/** Runs a program as a daemon, whose settings the consumer reads. */
async function programOn(
  local: LocalAzureForTests,
  at: Environment,
  name: string,
  as: string,
  ...args: string[]
): Promise<Ended> {
  const { command, args: start } = await at.launch(local.azure, directory, name);
  const env = { ...signedInAs(local, "consumer"), VAULT_URL: vaultUrl, DAEMON: as };
  return await run(command, [...start, ...args], env);
}

const program = (at: Environment, name: string, as: string, ...args: string[]): Promise<Ended> =>
  programOn(azure, at, name, as, ...args);

/** Sets or removes what DataLakeGen1 tells of the daemon, with the published client, as the account's owner. */
async function changeAccess(at: Environment, action: "set" | "remove"): Promise<void> {
  const principalId = daemon.servicePrincipalId;
  const lists = accessLists([{ principalId, path: "/forecasts", permissions: "rwx" }]);
  const file = join(directory, "access.json");
  await writeFile(file, JSON.stringify(lists));
  const environment = signedInAs(azure, "administrator");
  const { command, args } = await at.launch(azure.azure, directory, "access.py");
  const script = `exec "${[command, ...args].join('" "')}" ${dataLakeStore.name} ${action} < "${file}"`;
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
  await administrator.storeFor("consumer", "forecast-loader-datalake-gen1", settings ?? "");
  directory = await mkdtemp(join(tmpdir(), "gen1-clients-"));
  python = await environmentFor("python-azure-datalake-store");
  if (soaking) classicPython = await environmentFor("python-azure-datalake-store-0");
  accountsPython = await environmentFor("python-azure-mgmt-datalake-store");
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
  await azure.close();
});

describe("azure-mgmt-datalake-store on adal and msrestazure", () => {
  const loader = "forecast-loader";

  it("finds the account and shows it", async () => {
    if (accountsPython === undefined) return;
    const at = accountsPython;
    const { result, unknown } = await unknownDuring(async () => [
      ...linesOf(await program(at, "accounts.py", loader)),
      ...linesOf(await program(at, "accounts.py", loader, "list")),
    ]);
    expect(result).toEqual([...account, "list contosodatalake Active"]);
    expect(unknown).toEqual([]);
  });

  it("gets Azure's refusal of a new account", async () => {
    if (accountsPython === undefined) return;
    const { code, stderr } = await program(accountsPython, "accounts.py", loader, "create", "contosodatalake2");
    expect([code, stderr.trim()]).toEqual([1, expect.stringMatching(retired)]);
  });
});

if (soaking) {
  describe("azure-mgmt-datalake-store where the retired service takes new accounts", () => {
    it("makes one, lists it and deletes it", async () => {
      if (accountsPython === undefined) return;
      const open = await LocalAzureForTests.open({ startsAt: "system", allowsRetiredServices: true });
      try {
        const owner = new Administrator(open);
        await owner.layOut();
        const expiresOn = new Date(Date.now() + year).toISOString();
        const { credential, servicePrincipalId } = await owner.deliver({
          daemon: "maker",
          consent: "request",
          expiresOn,
        });
        await owner.assign(group, contributor, servicePrincipalId);
        const { clientId, clientSecret } = credential;
        const settings = { tenant_id: tenant.id, client_id: clientId, client_secret: clientSecret };
        const whole = JSON.stringify({ ...settings, store_name: dataLakeStore.name });
        await owner.storeFor("consumer", "maker-datalake-gen1", whole);
        const said: string[] = [];
        for (const args of [["create", "secondlake"], ["list"], ["delete", "secondlake"], ["list"]]) {
          said.push(...linesOf(await programOn(open, accountsPython, "accounts.py", "maker", ...args)));
        }
        expect(said).toEqual([
          "create Active",
          "list contosodatalake Active",
          "list secondlake Active",
          "delete None",
          "list contosodatalake Active",
        ]);
      } finally {
        await open.close();
      }
    });
  });
}

describe("azure-datalake-store", () => {
  const work = (at: Environment, name: string): Promise<Ended> => program(at, name, "forecast-loader", "forecasts");

  it("makes a directory, puts a file, lists, reads and removes it, once the lake's owner has set the access lists", async () => {
    if (python === undefined) return;
    const at = python;
    await changeAccess(at, "set");
    const { result, unknown } = await unknownDuring(() => work(at, "files.py"));
    expect(linesOf(result)).toEqual(files);
    expect(unknown).toEqual([]);
  });

  if (soaking) {
    it("does the same in its version with a sign-in of its own", async () => {
      if (classicPython === undefined) return;
      const at = classicPython;
      const { result, unknown } = await unknownDuring(() => work(at, "files_auth.py"));
      expect(linesOf(result)).toEqual(files);
      expect(unknown).toEqual([]);
    });
  }

  it("gets Azure's refusal of every file once the access lists are taken away, while the account is shown as before", async () => {
    if (python === undefined) return;
    await changeAccess(python, "remove");
    const refused = await work(python, "files.py");
    await changeAccess(python, "set");
    expect(linesOf(refused)).toEqual(
      ["mkdir", "put", "ls", "cat", "rm", "exists"].map((call) => `${call} PermissionError`),
    );
    expect(refused.stderr).toContain("AccessControlException");
    if (accountsPython === undefined) return;
    expect(linesOf(await program(accountsPython, "accounts.py", "forecast-loader"))).toEqual(account);
  });
});

if (soaking) {
  describe("the same programs with a certificate", () => {
    const certified = "forecast-loader-certified";

    beforeAll(async () => {
      const certificate = await issueCertificate({
        notBefore: new Date(Date.now() - year).toISOString(),
        notAfter: new Date(Date.now() + year).toISOString(),
      });
      const key = "forecast-loader-key";
      await administrator.storeFor("consumer", key, `${certificate.privateKeyPem}\n${certificate.pem}\n`);
      const { clientId } = daemon.credential;
      await administrator.graph("PATCH", `/applications(appId='${clientId}')`, {
        keyCredentials: [
          { type: "AsymmetricX509Cert", usage: "Verify", key: Buffer.from(certificate.pem).toString("base64") },
        ],
      });
      const thumbprint = Buffer.from(certificate.sha1, "base64url").toString("hex");
      const settings = { tenant_id: tenant.id, client_id: clientId, thumbprint, private_key_file: `${key}.pem` };
      const whole = JSON.stringify({ ...settings, store_name: dataLakeStore.name });
      await administrator.storeFor("consumer", `${certified}-datalake-gen1`, whole);
    });

    it("manage accounts", async () => {
      if (accountsPython === undefined) return;
      expect(linesOf(await program(accountsPython, "accounts.py", certified))).toEqual(account);
    });

    it("work with files", async () => {
      if (python === undefined) return;
      expect(linesOf(await program(python, "files.py", certified, "forecasts"))).toEqual(files);
    });
  });
}
