import type { JsonReport } from "../../verify/report";
import { HostedStack } from "./support/hostedStack";

jest.setTimeout(300_000);

let stack: HostedStack;

beforeAll(async () => {
  stack = await HostedStack.open();
});

afterAll(() => stack.close());

const federated = "daemons[3].federated[0]";
const config = [
  "daemons[2].name=identity-daemon",
  "daemons[2].managedIdentity.name=id-identity-daemon",
  "daemons[2].graph.permissions[0]=User.Read.All",
  "daemons[2].lake.fileSystem=forecasts",
  "daemons[2].machineLearning.role=Reader",
  "daemons[3].name=federated-daemon",
  `${federated}.name=main-branch`,
  `${federated}.gitHub.repository=contoso/forecasts`,
  `${federated}.gitHub.branch=main`,
].flatMap((setting) => ["--config", setting]);

it("deploys daemons without a secret, makes their calls where it can, and finds nothing to change after", async () => {
  await stack.succeed("up", ...config);
  const { checks } = JSON.parse((await stack.succeed("verify", "--json")).stdout) as JsonReport;
  const of = (name: string): string[] =>
    checks.filter(({ daemon }) => daemon === name).map(({ check, result }) => `${check} ${result}`);
  expect(of("identity-daemon")).toEqual([
    "vault.read passed",
    "signIn passed",
    "graph.users passed",
    "lake.write passed",
    "lake.read passed",
    "lake.delete passed",
    "workspace.read passed",
  ]);
  expect(of("federated-daemon")).toEqual(["vault.read passed", "signIn skipped"]);
  const again = await stack.documentOf("up", ...config);
  expect(again.ok).toBe(true);
  expect(Object.keys(again.changes)).toEqual(["unchanged"]);
});
