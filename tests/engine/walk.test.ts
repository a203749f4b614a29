import { blocksIn } from "../docs/pages";
import { CommandLine, type Finished } from "../local/cli/commandLine";
import { succeeded } from "./support/document";

jest.setTimeout(300_000);

let cli: CommandLine;

beforeAll(() => {
  cli = new CommandLine(undefined, false);
});
afterAll(() => cli.remove());

/** The arguments of each `npm run local` of the walk, in its order. */
const walk = blocksIn("sh")
  .filter(({ text }) => text.includes("LOCAL_AZURE_DIRECTORY=.local-azure/walk"))
  .flatMap(({ text }) => [...text.matchAll(/^npm run local -- (.+?)(?:\s+#.*)?$/gm)])
  .map(([, args = ""]) => args.trim());

/** What became of the daemon's secret and of its place in the vault. */
const lines = ({ stdout }: Finished): string[] =>
  stdout
    .split("\n")
    .flatMap(
      (line) => /^ {2}[+~-] (\S+ \S+ forecast-loader-(?:generation-\S+|credential))(?: |$)/.exec(line)?.[1] ?? [],
    )
    .sort();

it("the walk in docs/how-to/rotation.md turns a generation, and the daemons go on", async () => {
  expect(walk.map((args) => args.split(" ")[0])).toEqual(["up", "preview", "up", "up", "verify", "reset"]);
  const run = async (index: number): Promise<Finished> => succeeded(await cli.run(...(walk[index] ?? "").split(" ")));

  expect(lines(await run(0))).toEqual([
    "created azure-native.keyvault.Secret forecast-loader-credential",
    "created azuread.ApplicationPassword forecast-loader-generation-4",
  ]);

  const previewed = await run(1);
  expect(lines(previewed)).toEqual([
    "create azuread.ApplicationPassword forecast-loader-generation-5",
    "update azure-native.keyvault.Secret forecast-loader-credential",
  ]);
  expect(previewed.stdout).toContain(
    [
      "Rotation, as of 2027-03-28T00:00:00Z:",
      "  forecast-loader, report-mailer: Generation 5 is in use. Generation 4 stays valid until 2027-04-10; the first run from then on removes it. The first run from 2027-06-25 on makes generation 6, and generation 5 ends on 2027-07-09.",
    ].join("\n"),
  );

  expect(lines(await run(2))).toEqual([
    "created azuread.ApplicationPassword forecast-loader-generation-5",
    "updated azure-native.keyvault.Secret forecast-loader-credential",
  ]);
  const ended = await run(3);
  expect(lines(ended)).toEqual(["deleted azuread.ApplicationPassword forecast-loader-generation-4"]);
  for (const daemon of ["forecast-loader", "report-mailer"]) {
    expect(ended.stdout).toContain(
      `Disabled ${daemon}-credential, generation 4, which ended on 2027-04-10T00:00:00Z.\n`,
    );
  }
  expect((await run(4)).stdout).toContain("generation 5, expires 2027-07-09");
  await run(5);
});
