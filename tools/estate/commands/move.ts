import { readFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../../cli/failure";
import type { AddCommand } from "../../cli/frame";
import type { Act } from "../../cli/outcome";
import { examplesHelp, helpEnd, withSharedOptions } from "../../cli/sharedOptions";
import { ownProgramPath } from "../../program/programPath";
import { daemonIn, hasDaemon, type SettingsText, withDaemon, withoutDaemon } from "../move/daemonText";
import { type Journal, readJournal, writeJournal } from "../move/journal";
import { moveDaemon, ownName, type Stacks } from "../move/moveDaemon";
import { pulumiStacks } from "../move/pulumiStacks";
import { knownRoot, resourcesOfDaemon } from "../move/state";
import { refuseTangled } from "../move/transfer";
import { planEstate } from "../plan/plan";
import { readProject } from "../plan/project";

interface Options {
  readonly daemon: string;
  readonly from: string;
  readonly to: string;
}

/** `estate move`. */
export const addMove: AddCommand = (program, performs) => {
  const act = performs(move);
  withSharedOptions(program.command("move"), "none")
    .summary("move a daemon from one stack to another, without interruption")
    .description(
      "Takes a daemon's resources from one stack's state to another's, and its settings from one file to the other. Azure is not changed: the credential keeps working. Where a step fails, or a preview would change something, all is undone. The same command completes or undoes a move that was cut off.",
    )
    .argument("<daemon>", "the daemon's name in the settings")
    .requiredOption("--from <stack>", "the stack that has the daemon")
    .requiredOption("--to <stack>", "the stack that gets the daemon")
    .addHelpText("after", helpEnd(examplesHelp("npx daemon-access estate move loader --from dev --to forecasting")))
    .action((daemon: string, options: Parameters<typeof act>[0]) => act({ ...options, daemon }));
};

const move: Act<Options> = async ({ daemon, from, to }, { env, progress }) => {
  const directory = process.cwd();
  const stacks = pulumiStacks(env);
  const setting = `${readProject(directory).name}:daemons`;
  const journal =
    unfinished(directory, { daemon, from, to }) ?? (await begun(directory, { daemon, from, to }, stacks, setting));
  await moveDaemon(journal, { directory, setting, stacks, progress });
  return {
    ok: true,
    lines: [
      `Moved ${daemon} from ${from} to ${to}. Neither preview changes anything in Azure. Commit both settings files.`,
    ],
    document: { daemon, from, to, files: journal.files.map(({ path }) => path) },
  };
};

/** The journal of this move, where it was cut off. */
function unfinished(directory: string, { daemon, from, to }: Options): Journal | undefined {
  const journal = readJournal(directory);
  if (journal === undefined) return undefined;
  if (journal.daemon === daemon && journal.from === from && journal.to === to) return journal;
  const command = `estate move ${journal.daemon} --from ${journal.from} --to ${journal.to}`;
  throw new UsageError(`Another move is unfinished. Complete or undo it first: npx daemon-access ${command}.`);
}

/** Checks all that can be checked before anything is written. */
async function begun(directory: string, options: Options, stacks: Stacks, setting: string): Promise<Journal> {
  const { daemon, from, to } = options;
  ownProgramPath(directory);
  if (from === to) throw new UsageError(`--to: ${to} already has the daemon. Name another stack.`);
  const planned = await planEstate(directory, { stack: [from, to] });
  const [source, destination] = [from, to].map((stack): SettingsText => {
    const file = planned.find((each) => each.stack === stack)?.file ?? "";
    return { file, text: readFileSync(join(directory, file), "utf8"), setting };
  }) as [SettingsText, SettingsText];
  const lines = daemonIn(source, daemon);
  if (hasDaemon(destination, daemon)) throw new UsageError(`${destination.file} already has a daemon ${daemon}.`);
  withoutDaemon(source, daemon);
  withDaemon(destination, lines);
  const [given, taking] = [await stacks.read(from), await stacks.read(to)];
  knownRoot(taking, to);
  refuseTangled({ stack: from, state: given }, daemon);
  refuseTangled({ stack: to, state: taking }, daemon);
  const own = resourcesOfDaemon(given, daemon);
  if (own.length === 0) {
    throw new UsageError(`${from} has no resources of ${daemon}. Move its settings by hand, or deploy ${from} first.`);
  }
  if (resourcesOfDaemon(taking, daemon).length > 0) {
    throw new UsageError(`The state of ${to} already has resources of ${daemon}. Deploy ${to} first.`);
  }
  const journal: Journal = {
    version: 1,
    ...{ daemon, from, to },
    isUndone: false,
    protected: own.filter(({ protect }) => protect === true).map(({ urn }) => ownName(urn)),
    files: [
      { path: source.file, before: source.text },
      { path: destination.file, before: destination.text },
    ],
  };
  writeJournal(directory, journal);
  return journal;
}
