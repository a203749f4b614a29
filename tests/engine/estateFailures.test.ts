import { resourceGroupId, resourceGroups } from "../../local/azure/landingZone/layout";
import { type Deployer, EstateProject, platformOf } from "./support/estateProject";
import { familyOf } from "./support/processes";

jest.setTimeout(300_000);

const KEY_VAULT_CONTRIBUTOR = "f25e0fa2-a7c8-4377-a976-54943a77a395";
const ACCESS_ADMINISTRATOR = "f58310d9-a9f6-439a-9e8d-f62e7b41a168";
const arm = "https://management.azure.com";
const graph = "https://graph.microsoft.com";

interface TeamSettings {
  readonly startsAt?: string;
  readonly displayName?: string;
  readonly fileSystem?: string;
}

const team = (
  name: string,
  vault: string,
  { startsAt = "2026-01-01T00:00:00Z", displayName = name, fileSystem }: TeamSettings = {},
) => ({
  platformStack: { stack: "organization/azure-daemon-access/platform", vault },
  daemons: [
    {
      name,
      displayName,
      secret: { rotation: { startsAt } },
      ...(fileSystem !== undefined && { lake: { fileSystem } }),
    },
  ],
});

let project: EstateProject;
let deployer: Deployer;
let vaults: Readonly<Record<string, string>>;
/** IDs of the lake's file systems. */
let fileSystems: Readonly<Record<string, string>>;

/** A request as the team's deployer. */
async function asTeam(
  service: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; code: unknown; value: unknown }> {
  const { clientId, secret: clientSecret } = deployer;
  const token = await project.local.tokenFor({ clientId, clientSecret, scope: `${service}/.default` });
  const response = await project.local.fetch(`${service}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const { error, value } = JSON.parse(text || "{}") as {
    readonly error?: { readonly code: string };
    readonly value?: unknown;
  };
  return { status: response.status, code: error?.code, value };
}

/** Path of the application with this name. */
async function applicationOf(name: string): Promise<string> {
  const { value } = await asTeam(graph, "GET", `/v1.0/applications?$filter=displayName eq '${name}'`);
  return `/v1.0/applications/${(value as readonly { readonly id: string }[])[0]?.id ?? ""}`;
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
  project.write("platform", platformOf(["forecasting", "reporting"], ["forecasts", "reports"]));
  project.write("billing", team("invoice-sender", "forecasting"));
  expect(await project.estate(["up", "--create"])).toMatchObject({ code: 0 });
  const { stdout } = await project.pulumi("stack", "output", "--json", "--stack", "platform");
  const outputs = JSON.parse(stdout) as Readonly<Record<string, string>>;
  vaults = { forecasting: outputs["vaultId.forecasting"] ?? "", reporting: outputs["vaultId.reporting"] ?? "" };
  const containers = `${outputs["lakeAccountId"] ?? ""}/blobServices/default/containers`;
  fileSystems = { forecasts: `${containers}/forecasts`, reports: `${containers}/reports` };
  deployer = project.seedDeployer("reporting-deployer");
  for (const [roleDefinitionId, scope = ""] of [
    [KEY_VAULT_CONTRIBUTOR, vaults["reporting"]],
    [ACCESS_ADMINISTRATOR, vaults["reporting"]],
    [ACCESS_ADMINISTRATOR, fileSystems["reports"]],
  ] as const) {
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
    "billing failed:\n  SIGKILL ended pulumi before it was finished. Run the same command again: it unlocks the stack, continues, ",
  );
  expect(causes).toMatch(/reporting failed:\n.*AuthorizationFailed.*Microsoft\.KeyVault\/vaults\/secrets\//s);
  expect(causes).toContain('azure-daemon-access:daemons[0].secret.rotation.startsAt: got "soon"');
  expect(stdout).toMatch(/│ forecasting +│ team +│ done /);
  expect(stdout).toMatch(/\n2 done, 3 failed\.\n$/);
});

it("the same command finishes the rest, also where the killed engine has left its lock", async () => {
  project.write("reporting", {
    ...deployer.settings,
    ...team("report-mailer", "reporting", { fileSystem: "reports" }),
  });
  project.write("research", team("paper-reader", "reporting"));
  const { code, stdout, stderr } = await project.estate(["up", "--create", "--parallel", "3", "--json"]);
  const { stacks } = JSON.parse(stdout) as Summary;
  expect(stacks.map(({ stack, result, cause }) => [stack, result, cause])).toEqual(
    ["platform", "billing", "forecasting", "reporting", "research"].map((stack) => [stack, "done", null]),
  );
  expect(stderr).toContain("billing: a run that was killed has left it locked: unlocking it\n");
  expect(code).toBe(0);
});

it("doctor lists what the deployers of the platform and of a team need, and what of other teams is none of theirs", async () => {
  const listed = async (stack: string) => {
    const { stdout } = await project.tool(["doctor", "--stack", stack, "--rights", "--json"]);
    const { azure, graph, others } = JSON.parse(stdout) as {
      readonly azure: readonly { readonly scope: string }[];
      readonly graph: readonly { readonly permission: string }[];
      readonly others: readonly string[];
    };
    const permissions = graph.map(({ permission }) => permission);
    return { scopes: [...new Set(azure.map(({ scope }) => scope))], permissions, others };
  };
  const reporting = await listed("reporting");
  expect(reporting.scopes.sort()).toEqual([vaults["reporting"], fileSystems["reports"]].sort());
  expect(reporting.permissions).toContain("Application.ReadWrite.OwnedBy");
  expect([...reporting.others].sort()).toEqual([vaults["forecasting"], fileSystems["forecasts"]].sort());
  const platform = await listed("platform");
  expect(platform.scopes).toEqual([resourceGroupId(resourceGroups.daemons)]);
  expect(platform).toMatchObject({ permissions: [], others: [] });
});

it("a team's deployer changes its own things, and is refused at another team's", async () => {
  const assignment = (id: string): string =>
    `/providers/Microsoft.Authorization/roleAssignments/${id}?api-version=2022-04-01`;
  const [own, others] = [vaults["reporting"] ?? "", vaults["forecasting"] ?? ""];
  const secret = { properties: { value: "x" } };
  const reader = (scope: string) => ({
    properties: {
      roleDefinitionId: `${scope.split("/resourceGroups")[0] ?? ""}/providers/Microsoft.Authorization/roleDefinitions/4633458b-17de-408a-b874-0445c86b69e6`,
      principalId: deployer.objectId,
      principalType: "ServicePrincipal",
    },
  });
  const tried = async (vault: string, fileSystem: string, daemon: string) => [
    await asTeam(arm, "PATCH", `${vault}?api-version=2023-07-01`, { tags: { team: "reporting" } }),
    await asTeam(arm, "PUT", `${vault}/secrets/${daemon}-credential?api-version=2023-07-01`, secret),
    await asTeam(
      arm,
      "PUT",
      `${vault}/secrets/${daemon}-credential${assignment("7d1b4f0e-2f5c-4d8e-9a3b-6c5e4d3f2a10")}`,
      reader(vault),
    ),
    await asTeam(arm, "PUT", `${fileSystem}${assignment("8e2c5f1f-306d-4e9f-8b4c-7d6f5e403b21")}`, reader(vault)),
    await asTeam(graph, "PATCH", await applicationOf(daemon), { notes: "changed by reporting" }),
    await asTeam(graph, "POST", `${await applicationOf(daemon)}/addPassword`, {}),
    await asTeam(graph, "DELETE", await applicationOf(daemon)),
  ];
  const allowed = await tried(own, fileSystems["reports"] ?? "", "report-mailer");
  expect(allowed.map(({ status }) => status)).toEqual([200, 200, 201, 201, 204, 200, 204]);
  const refused = await tried(others, fileSystems["forecasts"] ?? "", "forecast-loader");
  expect(refused.map(({ status, code }) => [status, code])).toEqual([
    ...Array<unknown>(4).fill([403, "AuthorizationFailed"]),
    ...Array<unknown>(3).fill([403, "Authorization_RequestDenied"]),
  ]);
});
