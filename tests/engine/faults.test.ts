import { scenarioFrom } from "../../local/azure/conditions/faults/scenarioFiles";
import type { Fault } from "../../local/azure/conditions/faults/fault";
import type { RequestRecord } from "../../local/azure/network/requestLog";
import { censusOf, devCensus, type Census } from "./support/census";
import { HostedStack } from "./support/hostedStack";

jest.setTimeout(300_000);

let stack: HostedStack;
let before: Census;

beforeEach(async () => {
  stack = await HostedStack.open();
  before = await censusOf(stack.administrator);
});

afterEach(() => stack.close());

const refuses = (status: number, code: string, message: string): Fault["answer"] => ({
  status,
  headers: { "retry-after": "1" },
  body: { error: { code, message } },
});

const requestTo =
  (method: string, path: RegExp) =>
  (request: { readonly method: string; readonly path: string }): boolean =>
    request.method === method && path.test(request.path);

const applications = requestTo("POST", /^\/v1\.0\/applications$/);
const grants = requestTo("POST", /\/appRoleAssign/);
const lakeRole = requestTo("PUT", /\/containers\/forecasts\/providers\/Microsoft\.Authorization\/roleAssignments\//);

const secondsBetween = ([first, second]: readonly RequestRecord[]): number =>
  (Date.parse(second?.time ?? "") - Date.parse(first?.time ?? "")) / 1000;

it("absorbs throttling and late replicas, at the pace that the service asks for, and awaits the storage account", async () => {
  const { faults } = stack.local.azure;
  faults.add({ matches: applications, answer: refuses(429, "TooManyRequests", "Please try again later."), times: 2 });
  faults.enact(scenarioFrom("graph-grant-invalid-reference"));
  faults.add({ matches: lakeRole, answer: refuses(429, "TooManyRequests", "The request was throttled.") });
  faults.add({ matches: lakeRole, answer: refuses(503, "ServerTimeout", "The request timed out.") });
  const { requests, result } = await stack.requestsDuring(() => stack.documentOf("deploy"));

  expect(result).toMatchObject({ changes: { created: 22 }, errors: [], verify: { ok: true } });
  expect(await censusOf(stack.administrator)).toEqual(
    devCensus(before, result.outputs?.["forecast-loader.generation"]),
  );
  const throttled = requests.filter((each) => applications(each) && each.status === 429);
  expect(throttled).toHaveLength(2);
  expect(requests.filter(grants).map(({ status }) => status)).toEqual([400, 400, 201]);
  const roles = requests.filter(lakeRole);
  expect(roles.map(({ status }) => status)).toEqual([429, 503, 201]);
  expect(secondsBetween(roles)).toBeGreaterThanOrEqual(0.95);
  // Azure makes the account after it has answered.
  const account = requests.filter(({ path }) =>
    /\/storageAccounts\/[^/]+$|\/Microsoft\.Storage\/locations\//.test(path),
  );
  const answers = account.map(({ method, status }) => `${method} ${status}`).join(", ");
  expect(answers).toMatch(/^GET 404, PUT 202(, GET 202)+, GET 200, GET 200$/);
});

it("reports a vault whose name its deleted self still has, with the remedy, and goes on under another name", async () => {
  const named = ["--config", "vault.name=kv-daemons-named"];
  await stack.succeed("up", ...named);
  await stack.succeed("destroy", ...named);
  const { code, stdout } = await stack.cli.run("up", ...named);
  expect(stdout).toMatch(
    /^error: azure-native\.keyvault\.Vault kv-daemons: Status=409 Code="ConflictError" Message="A vault with the same name already exists in deleted state\..*\n {2}remedy {2}Set azure-daemon-access:vault\.recover to true to bring the vault back; or vault\.name to a name that is free/m,
  );
  expect(code).toBe(1);

  const { changes, outputs } = await stack.documentOf("up");
  expect(changes).not.toHaveProperty("failed");
  expect(await censusOf(stack.administrator)).toEqual(devCensus(before, outputs?.["forecast-loader.generation"]));
});

it("reports a secret whose name its deleted self still has, with the remedy, and goes on without it", async () => {
  const third = ["daemons[2].name=third", "daemons[2].secret.rotation.startsAt=2026-01-01T00:00:00Z"];
  const config = third.flatMap((entry) => ["--config", entry]);
  await stack.succeed("up", ...config);
  await stack.succeed("up");
  const { code, stdout } = await stack.cli.run("up", ...config);
  expect(stdout).toMatch(
    /^error: azure-native\.keyvault\.Secret third-credential: Status=409 Code="ConflictError" Message="Secret third-credential is currently in a deleted but recoverable state.*\n {2}remedy {2}Recover the secret and take it over \(npx daemon-access credentials recover\)/m,
  );
  expect(code).toBe(1);

  const { outputs } = await stack.documentOf("up");
  expect(await censusOf(stack.administrator)).toEqual(devCensus(before, outputs?.["forecast-loader.generation"]));
});
