import { program } from "../../../infra/program";
import { identities, subscription } from "../../../local/azure/landingZone/layout";
import type { AccessReport } from "../../../tools/report/model/schema";
import { read } from "../../docs/pages";
import { Teams } from "../../examples/consumers/teams";
import { GraphClient, graphRoot } from "../../support/graphClient";
import { signIn } from "../../support/signIn";
import { TestIssuer } from "../../support/tokenIssuer";
import { AzureAnswers, type Found, type Targets } from "./enforcement/azureAnswers";
import type { Facts } from "./enforcement/facts";
import { mapAnswers } from "./enforcement/mapAnswers";
import { questions, type Subjects, UNTIL } from "./enforcement/questions";
import { issuer, twentyDaemons, twentySettings, type Outsiders } from "./enforcement/twentyDaemons";
import { reportFrom } from "./support/reports";

jest.setTimeout(300_000);

const DAY = 86_400_000;
const fileSystems = ["forecasts", "reports", "audit", "archive"];
const workload = (subject: string): string => `${subject} of ${issuer} for api://AzureADTokenExchange`;
const USER_ACCESS_ADMINISTRATOR = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9";

/** The lines of the answer below a question's heading. */
function answerInDocs(asks: string): string[] {
  const [, section = ""] = read("docs/how-to/audit-questions.md").split(`\n## ${asks}\n`);
  return (/```text\n([\s\S]*?)\n```/.exec(section)?.[1] ?? "").split("\n");
}

let teams: Teams;
let platform: TestIssuer;
let outputs: Record<string, string>;
let report: AccessReport;
let people: Readonly<Record<string, Program>>;
let nightRunner: { id: string; appId: string; principalId: string };
let outsiders: Outsiders;

/** A program of somebody else, by its service principal. */
interface Program extends Found {
  readonly objectId: string;
}

async function outsider(graph: GraphClient, displayName: string): Promise<Program> {
  const { id, appId, principalId } = await graph.createDaemon(displayName);
  return { clientId: appId, objectId: principalId, clientSecret: await graph.addPassword(id) };
}

beforeAll(async () => {
  platform = await TestIssuer.open({ issuer });
  teams = await Teams.open({ issuers: { [issuer]: platform.url } });
  const { local } = teams;
  const graph = new GraphClient(local, "administrator");
  const consumer = { ...identities.consumer, clientSecret: local.secretOf("consumer") };
  const [portal, desk, owner, stranger] = [
    await outsider(graph, "HR portal"),
    await outsider(graph, "Support desk"),
    await outsider(graph, "Platform team"),
    await outsider(graph, "Stranger"),
  ];
  people = { consumer, "hr-portal": portal, "support-desk": desk, "platform-team": owner, stranger };
  nightRunner = await graph.createDaemon("Night runner");
  const reference = { "@odata.id": `${graphRoot}/directoryObjects/${identities.deployer.objectId}` };
  await graph.post(`/applications/${nightRunner.id}/owners/$ref`, reference);
  const graphApi = await graph.get("/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')");
  await graph.post(`/servicePrincipals/${owner.objectId}/appRoleAssignments`, {
    principalId: owner.objectId,
    resourceId: graphApi.body.id,
    appRoleId: "18a4783c-866b-4cc7-a460-3d5e5662c884",
  });
  outsiders = {
    readers: { "hr-portal": portal.objectId, "support-desk": desk.objectId },
    owner: owner.objectId,
    nightRunner: { clientId: nightRunner.appId, objectId: nightRunner.principalId },
  };
  const { objectId: principalId } = identities.deployer;
  const scope = `/subscriptions/${subscription.id}`;
  local.azure.cloud.access.seed({ principalId, roleDefinitionId: USER_ACCESS_ADMINISTRATOR, scope });
  const stack = await teams.owners("dev", program, twentySettings(outsiders));
  const { outputs: told } = await stack.up({ color: "never" });
  outputs = Object.fromEntries(Object.entries(told).map(([name, { value }]) => [name, String(value)]));
  report = reportFrom(JSON.stringify(await stack.workspace.exportStack("dev")));
});

afterAll(async () => {
  await teams.close();
  await platform.close();
});

/** Azure's own answers: requests as every daemon, reader, owner and workload. */
async function azureAnswers(): Promise<Facts> {
  const names = twentyDaemons(outsiders).map(({ name }) => String(name));
  const clients = new Map(names.map((name) => [outputs[`${name}.clientId`] ?? "", name]));
  const { body } = await new GraphClient(teams.local, "administrator").get("/applications?$select=id,appId");
  const applications = (body.value ?? []).flatMap(({ id = "", appId = "" }) => {
    const name = clients.get(appId);
    return name === undefined ? [] : [[id, name] as const];
  });
  const targets: Targets = {
    vaultUri: outputs["vaultUri"] ?? "",
    secrets: names.map((name) => `${name}-credential`),
    lakeUrl: outputs["lakeUrl"] ?? "",
    fileSystems,
    applications: new Map(applications),
    daemons: clients,
  };
  const answers = new AzureAnswers(teams.local, targets);
  for (const [name, found] of Object.entries(people)) await answers.ask(name, answers.secret(found));
  const delivered = [...answers.met];
  for (const [name, found] of delivered) await answers.ask(name, answers.secret(found));
  for (const subject of ["build", "cluster"]) {
    const token = await platform.token({ sub: subject }, teams.local.clock.now());
    await answers.askWorkload(workload(subject), token);
  }
  // Who owns an application that was there before the stack is told by no stack.
  const declared = new Map(applications.filter(([id]) => id !== nightRunner.id));
  const deployer = { clientId: identities.deployer.clientId, clientSecret: teams.local.secretOf("deployer") };
  await answers.askOwner("deployer", answers.secret(deployer), declared);
  for (const [name, found] of delivered) answers.facts.add(name, UNTIL, await lastDay(found));
  return answers.facts;
}

/** The first day that Entra ID refuses a secret on. */
async function lastDay({ clientId, clientSecret }: Found): Promise<string> {
  const { clock } = teams.local;
  const today = clock.now();
  const dayAfter = (days: number): Date => new Date(Math.floor(today.getTime() / DAY + days) * DAY);
  let [accepted, refused] = [0, 365];
  while (refused - accepted > 1) {
    const middle = Math.floor((accepted + refused) / 2);
    clock.set(dayAfter(middle).toISOString());
    const scope = "https://graph.microsoft.com/.default";
    const { status } = await signIn(teams.local, { client_id: clientId, client_secret: clientSecret, scope });
    if (status === 200) accepted = middle;
    else refused = middle;
  }
  clock.set(today.toISOString());
  return dayAfter(refused).toISOString().slice(0, 10);
}

describe("of a stack of twenty daemons, the map and Azure's own answers to requests agree:", () => {
  let azure: Facts;
  let map: Facts;
  let subjects: Subjects;

  beforeAll(async () => {
    azure = await azureAnswers();
    const named = Object.entries({ ...people, deployer: identities.deployer });
    map = mapAnswers(report, new Map(named.map(([name, { objectId }]) => [objectId, name])));
    const daemons = twentyDaemons(outsiders).map(({ name }) => String(name));
    subjects = {
      daemons,
      others: [...Object.keys(people), "deployer", workload("build"), workload("cluster")],
      secrets: daemons.map((name) => `${name}-credential`),
      fileSystems,
      permissions: ["User.Read.All", "Group.Read.All", "Domain.Read.All", "DelegatedPermissionGrant.ReadWrite.All"],
      workspace: "mlw-forecast",
    };
  });

  it.each(questions)("$asks", ({ asks, answers }) => {
    const told = answers(map, subjects);
    expect(told).toEqual(answers(azure, subjects));
    const documented = answerInDocs(asks);
    expect(documented.length).toBeGreaterThan(0);
    expect(told).toEqual(expect.arrayContaining(documented));
  });

  it("and neither tells anything else", () => {
    expect(map.lines()).toEqual(azure.lines());
  });
});
