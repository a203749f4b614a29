import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JsonReport } from "../../tools/verify/report";
import { run, signedInAs } from "../support/command";
import { TestIssuer } from "../support/tokenIssuer";
import { HostedStack } from "./support/hostedStack";

jest.setTimeout(300_000);

const issuer = "https://token.actions.githubusercontent.com";

let directory: string;
let gitHub: TestIssuer;
let stack: HostedStack;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "workload-"));
  gitHub = await TestIssuer.open({ issuer });
  stack = await HostedStack.open({ issuers: { [issuer]: gitHub.url } });
});

afterAll(async () => {
  await stack.close();
  await gitHub.close();
  await rm(directory, { recursive: true });
});

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
  "daemons[3].graph.permissions[0]=User.Read.All",
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
  expect(of("federated-daemon")).toEqual(["vault.read passed", "signIn skipped", "graph.users skipped"]);
  const again = await stack.documentOf("up", ...config);
  expect(again.ok).toBe(true);
  expect(Object.keys(again.changes)).toEqual(["unchanged"]);
});

/** Verifies the federated daemon where its workload's token is. */
async function verifyOnBranch(branch: string): Promise<string[]> {
  const file = join(directory, "token");
  await writeFile(file, await gitHub.token({ sub: `repo:contoso/forecasts:ref:refs/heads/${branch}` }));
  const { outputs = {} } = await stack.documentOf("preview", ...config);
  const args = ["--vault", String(outputs["vaultUri"]), "--daemon", "federated-daemon", "--wait", "0", "--json"];
  const { stdout } = await run(process.execPath, ["tools/start.mjs", "verify", ...args], {
    ...signedInAs(stack.local, "consumer"),
    AZURE_FEDERATED_TOKEN_FILE: file,
  });
  const { checks } = JSON.parse(stdout) as JsonReport;
  return checks.map(({ check, result, reason }) => [check, result, reason?.code ?? ""].join(" ").trim());
}

it("lets the workload that the stack trusts sign in and call, and no other", async () => {
  expect(await verifyOnBranch("main")).toEqual(["vault.read passed", "signIn passed", "graph.users passed"]);
  expect(await verifyOnBranch("feature")).toEqual([
    "vault.read passed",
    "signIn failed AADSTS700213",
    "graph.users skipped",
  ]);
});
