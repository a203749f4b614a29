import { roleAssignments } from "./support/census";
import { handMade, handMadeSettings, makeEstateByHand } from "./support/handMadeEstate";
import { HostedStack } from "./support/hostedStack";

jest.setTimeout(120_000);

let stack: HostedStack;
let before: readonly { readonly id: string }[];

interface Imported {
  readonly found: readonly { readonly type: string; readonly name: string; readonly id: string }[];
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  readonly waiting: readonly { readonly name: string; readonly reason: string }[];
}

/** What no import can take in: secrets' values, and who may read a secret that is not there yet. */
const toMake = [
  "forecast-loader-credential",
  "forecast-loader-credential-reader-1a7b8c2e-3f54-4609-9d8e-b2c1f0a6d573",
  expect.stringMatching(/^forecast-loader-generation-\d+$/) as string,
  "report-mailer-credential",
  "report-mailer-credential-reader-1a7b8c2e-3f54-4609-9d8e-b2c1f0a6d573",
  expect.stringMatching(/^report-mailer-generation-\d+$/) as string,
];

beforeAll(async () => {
  stack = await HostedStack.open();
  await makeEstateByHand(stack.administrator);
  before = await roleAssignments(stack.administrator);
});

afterAll(() => stack.close());

it("a preview before the import refuses a name that an application has, and says what to do", async () => {
  const { code, stdout } = await stack.cli.run("preview", ...handMadeSettings);
  expect(stdout).toMatch(
    /An existing "azuread_application" with name "[^"]+" .* was found and `prevent_duplicate_names`/,
  );
  expect(stdout).toContain(
    "remedy  The directory has an application of this name. If an earlier run failed while creating it, run the same command again in a minute. Otherwise import it, set another displayName,",
  );
  expect(code).toBe(1);
});

it("import finds a whole estate that was made by hand, by names and by what roles and grants are about", async () => {
  const { stdout } = await stack.succeed("import", ...handMadeSettings, "--json");
  const { found, leftOut, waiting } = JSON.parse(stdout) as Imported;
  expect(found.map(({ name }) => name).sort()).toEqual([
    "forecast-loader-application",
    "forecast-loader-graph-User.Read.All",
    "forecast-loader-lake-role",
    "forecast-loader-machine-learning-role",
    "forecast-loader-service-principal",
    "kv-daemons",
    "report-mailer-application",
    "report-mailer-lake-role",
    "report-mailer-service-principal",
    "stdaemons",
    "stdaemons-forecasts",
    "stdaemons-reports",
  ]);
  expect(found.find(({ name }) => name === "kv-daemons")?.id).toMatch(RegExp(`/vaults/${handMade.vault}$`));
  expect([...leftOut, ...waiting].map(({ name }) => name).sort()).toEqual(toMake);
  expect(leftOut.find(({ name }) => name.startsWith("forecast-loader-generation"))?.reason).toBe(
    "a client secret's value can't be read back; up makes a new one beside those that are there",
  );
});

it("a preview then shows no change of anything that was imported", async () => {
  const { resources } = await stack.documentOf("preview", ...handMadeSettings);
  const changed = resources.filter(({ op }) => op !== "same");
  expect(changed.map(({ name }) => name).sort()).toEqual(toMake);
  expect(changed.map(({ op }) => op)).toEqual(toMake.map(() => "create"));
});

it("up makes the credentials, and changes nothing that was made by hand", async () => {
  const { requests } = await stack.requestsDuring(() => stack.succeed("up", ...handMadeSettings));
  const kinds = requests.flatMap(({ method, service, path }) =>
    ["GET", "CONNECT"].includes(method) || service === "entra"
      ? []
      : [`${method} ${/addPassword|secrets|roleAssignments/.exec(path.replace(/.*(?=roleAss)/, ""))?.[0] ?? path}`],
  );
  expect(kinds.sort()).toEqual([
    "POST addPassword",
    "POST addPassword",
    "PUT roleAssignments",
    "PUT roleAssignments",
    "PUT secrets",
    "PUT secrets",
  ]);
  const after = (await roleAssignments(stack.administrator)).map(({ id }) => id);
  expect(after).toEqual(expect.arrayContaining(before.map(({ id }) => id)));
});

it("and then there is nothing to do, and nothing to import", async () => {
  expect((await stack.documentOf("up", ...handMadeSettings)).changes).toEqual({ unchanged: 22 });
  expect(await stack.succeed("import", ...handMadeSettings)).toMatchObject({
    stdout: expect.stringContaining("Local Azure has none of the stack's resources yet.") as string,
  });
});
