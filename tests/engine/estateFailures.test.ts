import { type Deployer, EstateProject, platformOf } from "./support/estateProject";
import { familyOf } from "./support/processes";

jest.setTimeout(300_000);

const KEY_VAULT_CONTRIBUTOR = "f25e0fa2-a7c8-4377-a976-54943a77a395";
const ACCESS_ADMINISTRATOR = "f58310d9-a9f6-439a-9e8d-f62e7b41a168";
const arm = "https://management.azure.com";

const team = (name: string, vault: string, { startsAt = "2026-01-01T00:00:00Z", displayName = name } = {}) => ({
  platformStack: { stack: "organization/azure-daemon-access/platform", vault },
  daemons: [{ name, displayName, secret: { rotation: { startsAt } } }],
});

let project: EstateProject;
let deployer: Deployer;
let vaults: Readonly<Record<string, string>>;

/** A request to Azure Resource Manager as the team's deployer. */
async function asTeam(method: string, path: string, body?: unknown): Promise<{ status: number; code: unknown }> {
  const { clientId, secret: clientSecret } = deployer;
  const token = await project.local.tokenFor({ clientId, clientSecret, scope: `${arm}/.default` });
  const response = await project.local.fetch(`${arm}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const { error } = (await response.json()) as { readonly error?: { readonly code: string } };
  return { status: response.status, code: error?.code };
}

/** Kills the engine that works on a stack when it changes an application, which another run may do once more. */
function killEngineAtChange(text: string, stack: string): void {
  const stop = project.local.azure.requests.listen(({ method, path }, { body }) => {
    if (method !== "PATCH" || !/\/applications\//.test(path) || !body.toString().includes(text)) return;
    stop();
    const engine = familyOf(process.pid).find(
      ({ command }) => /pulumi up /.test(command) && command.includes(` ${stack} `),
    );
    process.kill(engine?.pid ?? 0, "SIGKILL");
  });
}

interface Summary {
  readonly stacks: readonly { readonly stack: string; readonly result: string; readonly cause: string | null }[];
}

beforeAll(async () => {
  project = await EstateProject.open();
  project.write("platform", platformOf(["forecasting", "reporting"]));
  project.write("billing", team("invoice-sender", "forecasting"));
  expect(await project.estate(["up", "--create"])).toMatchObject({ code: 0 });
  const { stdout } = await project.pulumi("stack", "output", "--json", "--stack", "platform");
  const outputs = JSON.parse(stdout) as Readonly<Record<string, string>>;
  vaults = { forecasting: outputs["vaultId.forecasting"] ?? "", reporting: outputs["vaultId.reporting"] ?? "" };
  deployer = project.seedDeployer("reporting-deployer");
  for (const roleDefinitionId of [KEY_VAULT_CONTRIBUTOR, ACCESS_ADMINISTRATOR]) {
    const scope = vaults["reporting"] ?? "";
    project.local.azure.cloud.access.seed({ principalId: deployer.objectId, roleDefinitionId, scope });
  }
});

afterAll(() => project.close());

it("one team's settings, one engine and one right fail, and the others end well; what failed comes first, with its cause", async () => {
  project.write("billing", team("invoice-sender", "forecasting", { displayName: "Invoices" }));
  project.write("forecasting", team("forecast-loader", "forecasting"));
  project.write("reporting", { ...deployer.settings, ...team("report-mailer", "forecasting") });
  project.write("research", team("paper-reader", "reporting", { startsAt: "soon" }));
  killEngineAtChange("Invoices", "billing");
  const { code, stdout } = await project.estate(["up", "--create", "--parallel", "3"]);
  expect({ code, stdout }).toMatchObject({ code: 1 });
  const causes = stdout.slice(0, stdout.indexOf("┌"));
  expect(causes).toContain(
    "billing failed:\n  SIGKILL ended pulumi before it was finished. Run the same command again: it continues from there.\n",
  );
  expect(causes).toMatch(/reporting failed:\n.*AuthorizationFailed.*Microsoft\.KeyVault\/vaults\/secrets\//s);
  expect(causes).toContain('azure-daemon-access:daemons[0].secret.rotation.startsAt: got "soon"');
  expect(stdout).toMatch(/│ forecasting +│ team +│ done /);
  expect(stdout).toMatch(/\n2 done, 3 failed\.\n$/);
});

it("the same command finishes the rest, also where the killed engine has left its lock", async () => {
  project.write("reporting", { ...deployer.settings, ...team("report-mailer", "reporting") });
  project.write("research", team("paper-reader", "reporting"));
  const { code, stdout, stderr } = await project.estate(["up", "--create", "--parallel", "3", "--json"]);
  const { stacks } = JSON.parse(stdout) as Summary;
  expect(stacks.map(({ stack, result, cause }) => [stack, result, cause])).toEqual(
    ["platform", "billing", "forecasting", "reporting", "research"].map((stack) => [stack, "done", null]),
  );
  expect(stderr).toContain("billing: a run that was killed has left it locked: unlocking it\n");
  expect(code).toBe(0);
});

it("doctor lists what a team's deployer needs, and what of other teams it should have no right on", async () => {
  const { stdout, stderr } = await project.tool(["doctor", "--stack", "reporting", "--rights", "--json"]);
  expect(stderr).toBe("");
  const { azure, others } = JSON.parse(stdout) as {
    readonly azure: readonly { readonly scope: string }[];
    readonly others: readonly string[];
  };
  const scopes = azure.map(({ scope }) => scope);
  expect(scopes).toEqual([vaults["reporting"]]);
  expect(others).toEqual([vaults["forecasting"]]);
});

it("a team's deployer changes its own secrets, and is refused at another team's", async () => {
  const assignment = "/providers/Microsoft.Authorization/roleAssignments/7d1b4f0e-2f5c-4d8e-9a3b-6c5e4d3f2a10";
  const [own, others] = [vaults["reporting"] ?? "", vaults["forecasting"] ?? ""];
  const secret = { properties: { value: "x" } };
  const reader = (scope: string) => ({
    properties: {
      roleDefinitionId: `${scope.split("/resourceGroups")[0] ?? ""}/providers/Microsoft.Authorization/roleDefinitions/4633458b-17de-408a-b874-0445c86b69e6`,
      principalId: deployer.objectId,
      principalType: "ServicePrincipal",
    },
  });
  const tried = async (vault: string, daemon: string) => [
    await asTeam("PUT", `${vault}/secrets/${daemon}-credential?api-version=2023-07-01`, secret),
    await asTeam("PUT", `${vault}/secrets/${daemon}-credential${assignment}?api-version=2022-04-01`, reader(vault)),
  ];
  expect((await tried(own, "report-mailer")).map(({ status }) => status)).toEqual([200, 201]);
  const refused = { status: 403, code: "AuthorizationFailed" };
  expect(await tried(others, "forecast-loader")).toEqual([refused, refused]);
});
