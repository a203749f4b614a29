import { everythingOf, type Everything, type HandMade, mailSend, makeByHand } from "../support/handMade";
import { HostedStack } from "./support/hostedStack";

jest.setTimeout(300_000);

const userReadAll = "df021288-bdef-4463-88db-98f22de89214";

let stack: HostedStack;
let made: HandMade;
let before: Everything;

/** A third daemon that is the application made by hand. */
const adopting = (clientId: string, ...more: string[]): string[] =>
  [
    "daemons[2].name=loader-of-old",
    `daemons[2].existing.clientId=${clientId}`,
    "daemons[2].secret.rotation.startsAt=2026-01-01T00:00:00Z",
    ...more,
  ].flatMap((setting) => ["--config", setting]);

const everything = (): Promise<Everything> => everythingOf(stack.administrator, made);

beforeAll(async () => {
  stack = await HostedStack.open();
  made = await makeByHand(stack.administrator);
  before = await everything();
});

afterAll(() => stack.close());

it("says in a preview which permissions an application made by hand would have to ask for, and the ways on", async () => {
  const asking = ["daemons[2].graph.permissions[0]=User.Read.All", "daemons[2].graph.consent=request"];
  const { code, stdout } = await stack.cli.run("preview", ...adopting(made.clientId, ...asking));
  expect(code).toBe(2);
  expect(stdout).toContain("The configuration of this stack has a problem, and nothing was deployed:");
  expect(stdout).toContain(
    `azure-daemon-access:daemons[2].graph.permissions: got "User.Read.All"; needed permissions that the existing application already requests, because its requests are not changed here. Let its owner add them: az ad app permission add --id ${made.clientId} --api 00000003-0000-0000-c000-000000000000 --api-permissions ${userReadAll}=Role;`,
  );
});

it("says in a preview that an application has no service principal, and how to make it", async () => {
  const { id = "", appId = "" } = await stack.administrator.graph("POST", "/applications", { displayName: "Bare" });
  const { code, stdout } = await stack.cli.run("preview", ...adopting(appId));
  expect(code).toBe(2);
  expect(stdout).toContain(
    `azure-daemon-access:daemons[2].existing.clientId: got "${appId}"; needed an application that has a service principal in this tenant. Make it once: az ad sp create --id ${appId}`,
  );
  await stack.administrator.graph("DELETE", `/applications/${id}`);
});

it("says in a preview that nobody has registered an application", async () => {
  const unknown = "2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84";
  const { code, stdout } = await stack.cli.run("preview", ...adopting(unknown));
  expect(code).toBe(2);
  expect(stdout).toContain(
    `azure-daemon-access:daemons[2].existing.clientId: got "${unknown}"; needed an application that is registered in this tenant. See whether it is: az ad app show --id ${unknown}`,
  );
});

it("up adds the password, the grant and the role that are declared, and changes nothing else", async () => {
  const access = ["daemons[2].graph.permissions[0]=User.Read.All", "daemons[2].lake.fileSystem=forecasts"];
  await stack.succeed("up", ...adopting(made.clientId, ...access));

  const after = await everything();
  const passwords = after.application.passwordCredentials.filter(({ displayName }) =>
    displayName.startsWith("loader-of-old, generation "),
  );
  expect(passwords).toHaveLength(1);
  const { application } = after;
  const kept = application.passwordCredentials.filter((each) => !passwords.includes(each));
  expect({ ...application, passwordCredentials: kept }).toEqual(before.application);

  expect(after.appRoleAssignments.map(({ appRoleId }) => appRoleId).sort()).toEqual([mailSend, userReadAll].sort());
  expect(after.appRoleAssignments).toEqual(expect.arrayContaining([...before.appRoleAssignments]));
  const roles = after.roleAssignments.filter(({ id }) => !before.roleAssignments.some((each) => each.id === id));
  expect(roles.map(({ properties }) => properties.scope)).toEqual([
    expect.stringMatching(/\/containers\/forecasts$/) as string,
  ]);
  expect({ ...after, ...untouched() }).toEqual({ ...before, ...untouched() });
});

it("is itself: the credential in the vault is the application's, and the password of old still works", async () => {
  const { outputs, verify } = await stack.documentOf(
    "deploy",
    ...adopting(made.clientId, "daemons[2].graph.permissions[0]=User.Read.All", "daemons[2].lake.fileSystem=forecasts"),
  );
  expect(outputs).toMatchObject({
    "loader-of-old.clientId": made.clientId,
    "loader-of-old.objectId": made.principalId,
  });
  const ofDaemon = verify?.checks.filter(({ daemon }) => daemon === "loader-of-old") ?? [];
  expect(ofDaemon.map(({ result }) => result)).toEqual(ofDaemon.map(() => "passed"));
  expect(ofDaemon.map(({ check }) => check)).toContain("graph.users");

  const scope = "https://graph.microsoft.com/.default";
  const token = stack.local.tokenFor({ clientId: made.clientId, clientSecret: made.password, scope });
  await expect(token).resolves.toContain(".");
});

it("a daemon that leaves the program leaves its application just as it was", async () => {
  await stack.succeed("up");
  expect(await everything()).toEqual(before);
});

it("destroy leaves the application just as it was", async () => {
  const access = ["daemons[2].graph.permissions[0]=User.Read.All", "daemons[2].lake.fileSystem=forecasts"];
  // Of another name: the secret of the one before is deleted, and its name taken for as long as the vault keeps it.
  await stack.succeed("up", ...adopting(made.clientId, ...access, "daemons[2].name=loader-again"));
  expect(await everything()).not.toEqual(before);
  await stack.succeed("destroy");
  expect(await everything()).toEqual(before);
});

/** The parts that have their own expectations, left out of the comparison. */
const untouched = (): Record<string, undefined> => ({
  application: undefined,
  appRoleAssignments: undefined,
  roleAssignments: undefined,
});
