import { createRequire } from "node:module";
import { Command } from "commander";
import { runCommandLine, type AddCommand, type Performs, type Surroundings } from "./frame";
import { exitCodeHelp } from "./exitCodes";

/** Loads a module at the moment it is needed: one command's libraries take longer to load than another's whole work. */
const later = createRequire(__filename);

/** The commands in the order of `--help`. Each lies in a folder of its own. */
const commands: readonly { readonly name: string; readonly summary: string; readonly load: () => AddCommand }[] = [
  {
    name: "verify",
    summary: "check that the delivered credentials work",
    load: () => (later("../verify/command") as typeof import("../verify/command")).addVerify,
  },
  {
    name: "doctor",
    summary: "find what the deployer lacks, before anything is created",
    load: () => (later("../doctor/command") as typeof import("../doctor/command")).addDoctor,
  },
  {
    name: "review",
    summary: "preview a change, and report who gains or loses what access",
    load: () => (later("../review/command") as typeof import("../review/command")).addReview,
  },
  {
    name: "report",
    summary: "write an HTML page of who can reach what, and what expires when",
    load: () => (later("../report/command") as typeof import("../report/command")).addReport,
  },
  {
    name: "policies",
    summary: "check the policy configuration of a stack, and list its waivers",
    load: () => (later("../policies/command") as typeof import("../policies/command")).addPolicies,
  },
  {
    name: "adopt",
    summary: "import an application or an estate created by hand into a stack",
    load: () => (later("../adopt/command") as typeof import("../adopt/command")).addAdopt,
  },
  {
    name: "credentials",
    summary: "create certificates, disable expired secrets, recover deleted ones",
    load: () => (later("../credentials/command") as typeof import("../credentials/command")).addCredentials,
  },
  {
    name: "estate",
    summary: "run a command on all stacks of a project, in dependency order",
    load: () => (later("../estate/command") as typeof import("../estate/command")).addEstate,
  },
];

/** Runs daemon-access and gives its exit code. */
export const daemonAccess = (argv: readonly string[], surroundings: Surroundings): Promise<number> =>
  runCommandLine(argv, surroundings, (performs) => programFor(argv, performs));

/** The program with the command that is named; of the others, what `--help` lists. */
function programFor([named]: readonly string[], performs: Performs): Command {
  const program = new Command("daemon-access")
    .description(
      "For Pulumi stacks that give daemons access to Azure, with this project's\ncomponents or with plain azuread and azure-native resources.",
    )
    .helpCommand(false)
    .addHelpText("after", exitCodeHelp.trimEnd());
  for (const { name, summary, load } of commands) {
    if (name === named) load()(program, performs);
    else program.command(name).summary(summary).description(summary);
  }
  return program;
}
