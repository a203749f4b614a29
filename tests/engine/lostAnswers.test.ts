import type { Fault } from "../../local/azure/conditions/faults/fault";
import { issueCertificate } from "../support/certificates";
import { HostedStack } from "./support/hostedStack";

jest.setTimeout(300_000);

let stack: HostedStack;

beforeEach(async () => {
  stack = await HostedStack.open();
});

afterEach(() => stack.close());

/** A creation whose answers the network loses after the change took effect. */
interface Loss {
  readonly method: string;
  readonly path: RegExp;
  readonly body?: string;
  /** What the next run says of it. */
  readonly told: RegExp;
  /** How often the provider sends the request: azure-native sends again what got no answer, azuread a read alone. @default 1 */
  readonly sent?: number;
}

const takenOver = (resource: string): RegExp =>
  new RegExp(
    `^The last run got no answer to the creation of ${resource}, but Azure created it. Adding it to the stack\\.$`,
    "m",
  );
const removed = (resource: string): RegExp =>
  new RegExp(
    `^The last run got no answer to the creation of ${resource}, but Azure created it. Deleted it, because it can't be added to the stack\\.`,
    "m",
  );

const losses: readonly Loss[] = [
  { method: "POST", path: /^\/v1\.0\/applications$/, told: takenOver("azuread\\.Application \\S+") },
  { method: "POST", path: /^\/v1\.0\/servicePrincipals$/, told: takenOver("azuread\\.ServicePrincipal \\S+") },
  { method: "POST", path: /\/addPassword$/, told: removed("azuread\\.ApplicationPassword \\S+") },
  {
    method: "POST",
    path: /\/federatedIdentityCredentials$/,
    told: takenOver("azuread\\.ApplicationFederatedIdentityCredential \\S+"),
  },
  { method: "POST", path: /\/appRoleAssignedTo$/, told: takenOver("azuread\\.AppRoleAssignment \\S+") },
  {
    method: "PATCH",
    path: /^\/v1\.0\/applications\/[^/]+$/,
    body: '"keyCredentials"',
    told: removed("azuread\\.ApplicationCertificate \\S+"),
  },
  {
    method: "PUT",
    path: /\/containers\/[^/]+\/providers\/Microsoft\.Authorization\/roleAssignments\//,
    told: takenOver("azure-native\\.authorization\\.RoleAssignment \\S+"),
    sent: 4,
  },
  {
    method: "PUT",
    path: /\/vaults\/[^/]+\/secrets\/[^/]+$/,
    told: takenOver("azure-native\\.keyvault\\.Secret \\S+"),
    sent: 4,
  },
];

/** Loses the answers to the first creation of a kind, and to its repetitions. */
function lose({ method, path, body = "", sent = 1 }: Loss): { readonly hits: number } {
  const lost: { hits: number; first?: string } = { hits: 0 };
  const matches: Fault["matches"] = (request) => {
    const isHit =
      request.method === method &&
      path.test(request.path) &&
      request.body.includes(body) &&
      (lost.first ?? request.path) === request.path;
    if (isHit) {
      lost.first = request.path;
      lost.hits += 1;
    }
    return isHit;
  };
  stack.local.azure.faults.add({ matches, answer: "drop", times: sent });
  return lost;
}

/** A daemon with a federated credential and one with a certificate, beside those with secrets. */
async function settings(): Promise<readonly string[]> {
  const inDays = (days: number): string => new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString();
  const { pem } = await issueCertificate({ notBefore: inDays(-1), notAfter: inDays(90) });
  const federated = "daemons[2].federated[0]";
  const certificate = "daemons[3].certificate.certificates[0]";
  return [
    "vault.name=kv-daemons-lost",
    "daemons[2].name=federated",
    `${federated}.name=main-branch`,
    `${federated}.gitHub.repository=contoso/forecasts`,
    `${federated}.gitHub.branch=main`,
    "daemons[3].name=certified",
    `${certificate}.name=first`,
    `${certificate}.pem=${pem}`,
    `${certificate}.secretUri=https://kv-daemons-lost.vault.azure.net/secrets/certified`,
  ].flatMap((setting) => ["--config", setting]);
}

/** Runs up until it succeeds; gives what all the runs printed. */
async function upUntilDone(...args: string[]): Promise<readonly string[]> {
  const printed: string[] = [];
  for (let run = 0; run <= losses.length; run += 1) {
    const { code, stdout, stderr } = await stack.cli.run("up", ...args);
    printed.push(stdout + stderr);
    if (code === 0) return printed;
  }
  throw new Error(`up never succeeded:\n${printed.join("\n---\n")}`);
}

interface Application {
  readonly id: string;
  readonly displayName: string;
  readonly passwordCredentials: readonly unknown[];
  readonly keyCredentials: readonly unknown[];
}

/** The daemons' applications, and how many credentials each has. */
async function credentials(): Promise<Record<string, object>> {
  const path = "/applications?$select=id,displayName,passwordCredentials,keyCredentials";
  const { value } = (await stack.administrator.graph("GET", path)) as unknown as { value: readonly Application[] };
  const made = value.filter(({ displayName }) => !displayName.startsWith("landing-zone-"));
  expect(new Set(made.map(({ displayName }) => displayName)).size).toBe(made.length);
  const counted = made.map(async ({ id, displayName, passwordCredentials, keyCredentials }) => {
    const federated = await stack.administrator.graph("GET", `/applications/${id}/federatedIdentityCredentials`);
    const { length } = (federated as unknown as { value: readonly unknown[] }).value;
    return [displayName, [passwordCredentials.length, keyCredentials.length, length]] as const;
  });
  return Object.fromEntries(await Promise.all(counted));
}

it("settles each creation whose answer was lost with the next run, and leaves no second one", async () => {
  const options = await settings();
  const lost = losses.map(lose);
  const printed = (await upUntilDone(...options)).join("\n");

  expect(lost.map(({ hits }) => hits)).toEqual(losses.map(({ sent = 1 }) => sent));
  for (const { told } of losses) expect(printed).toMatch(told);
  expect(printed).not.toMatch(/already exist/i);
  expect(await credentials()).toEqual({
    "Forecast loader": [1, 0, 0],
    "Report mailer": [1, 0, 0],
    certified: [0, 1, 0],
    federated: [0, 0, 1],
  });
  const { changes } = await stack.documentOf("up", ...options);
  expect(Object.keys(changes)).toEqual(["unchanged"]);
});

it("reads what was created and not finished, so that the next run finishes it", async () => {
  const refused = { status: 403, body: { error: { code: "Authorization_RequestDenied", message: "not now" } } };
  const renaming: Fault["matches"] = ({ method, path, body }) =>
    method === "PATCH" &&
    /^\/v1\.0\/applications\/[^/]+$/.test(path) &&
    body.includes('"displayName":"Forecast loader"');
  const reading: Fault["matches"] = ({ method, path }) =>
    method === "GET" && /^\/v1\.0\/servicePrincipals\/[^/]+$/.test(path);
  const granting: Fault["matches"] = ({ method, path }) => method === "GET" && path.includes("/appRoleAssignedTo/");
  const printed: string[] = [];
  for (const matches of [renaming, reading, granting]) {
    stack.local.azure.faults.add({ matches, answer: refused, times: 1 });
    const { code, stdout } = await stack.cli.run("up");
    expect(code).toBe(1);
    printed.push(stdout);
  }
  printed.push((await stack.succeed("up")).stdout);

  for (const resource of ["Application forecast-loader-application", "ServicePrincipal", "AppRoleAssignment"]) {
    expect(printed.join("\n")).toMatch(new RegExp(`^The last run left azuread\\.${resource}.* unfinished`, "m"));
  }
  expect(await credentials()).toEqual({ "Forecast loader": [1, 0, 0], "Report mailer": [1, 0, 0] });
  expect(Object.keys((await stack.documentOf("up")).changes)).toEqual(["unchanged"]);
});

it("goes on where that can't be read, in the service's words, and is destroyed nevertheless", async () => {
  stack.local.azure.faults.add({
    matches: ({ method, path }) => method === "GET" && /^\/v1\.0\/servicePrincipals\/[^/]+$/.test(path),
    answer: { status: 403, body: { error: { code: "Authorization_RequestDenied", message: "not now" } } },
    times: 1_000,
  });
  expect((await stack.cli.run("up")).code).toBe(1);
  const { code, stdout } = await stack.cli.run("up");
  expect(code).toBe(1);
  expect(stdout).toContain("Not everything could be read. The run goes on with what the state says of it.");
  expect(stdout).toMatch(
    /^error: azuread\.AppRoleAssignment .*Authorization_RequestDenied: not now\n {2}remedy {2}\S/m,
  );
  stack.local.azure.faults.clear();
  await stack.succeed("destroy");
  expect(await credentials()).toEqual({});
});
