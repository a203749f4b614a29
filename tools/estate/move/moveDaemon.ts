import { join } from "node:path";
import { readFileSync } from "node:fs";
import { CommandError } from "../../cli/failure";
import { writeWhole } from "../../settings/wholeFile";
import { type Journal, removeJournal, writeJournal } from "./journal";
import { daemonIn, hasDaemon, type SettingsText, withDaemon, withoutDaemon as textWithout } from "./daemonText";
import { resourcesOfDaemon, type StackState } from "./state";
import { type NamedState, protectedDaemon, refuseOldCopy, withDaemonOf, withoutDaemon } from "./transfer";

/** Where stacks are kept, and what their programs make of them. */
export interface Stacks {
  /** A stack's state, with its secrets in the clear. */
  read(stack: string): Promise<StackState>;
  /**
   * Writes a stack's state under the backend's lock.
   *
   * @param before the state that it was made from
   * @returns false, with nothing written, where the stack's state is another by now
   * @throws OverwrittenError where a run has changed the state in the very moment before
   */
  write(stack: string, state: StackState, before: StackState): Promise<boolean>;
  /** What a preview of the stack would change, in words; empty where it changes nothing. */
  changes(stack: string): Promise<string>;
}

/** The state of a run is lost, unless somebody restores it: nothing more may be written until then. */
export class OverwrittenError extends CommandError {
  constructor(stack: string) {
    super(
      `A run of ${stack} ended in the moment in which the move wrote the stack's state, so the state lacks what that run has changed.`,
      `restore the state of that run: on a self-managed backend, replace the stack's file by its copy that ends in .bak; on Pulumi Cloud, import pulumi stack export --version of that run. Then run the same command again`,
    );
    this.name = "OverwrittenError";
  }
}

/** How often a state is read again that others change meanwhile. */
const mostReads = 5;

interface Step {
  readonly told: string;
  readonly act: () => Promise<void> | void;
  readonly undo: () => Promise<void> | void;
}

interface Means {
  readonly directory: string;
  /** Name of the setting with the daemons. */
  readonly setting: string;
  readonly stacks: Stacks;
  readonly progress: (line: string) => void;
}

/**
 * Moves a daemon's resources and settings, or takes back what was done. Each step may be repeated: a move that was cut off is
 * completed by performing all of them again. Until the last one, the engine refuses to delete the daemon's resources in either stack.
 *
 * @param journal written before
 * @throws CommandError where a step failed, after all was undone
 */
export async function moveDaemon(journal: Journal, means: Means): Promise<void> {
  const { directory, progress } = means;
  const steps = stepsOf(journal, means);
  if (!journal.isUndone) {
    try {
      for (const [index, { told, act }] of steps.entries()) {
        progress(`${index + 1} of ${steps.length}: ${told}`);
        await act();
      }
      removeJournal(directory);
      return;
    } catch (error) {
      if (error instanceof OverwrittenError) throw error;
      progress("The move failed; undoing it");
      writeJournal(directory, { ...journal, isUndone: true });
      await undo(steps, journal, means, error);
    }
  }
  await undo(steps, journal, means, undefined);
}

async function undo(steps: readonly Step[], journal: Journal, means: Means, cause: unknown): Promise<never> {
  const { daemon, from, to } = journal;
  const why = cause instanceof Error ? ` ${cause.message}` : "";
  try {
    for (const step of [...steps].reverse()) await step.undo();
  } catch (error) {
    if (error instanceof OverwrittenError) throw error;
    const then = error instanceof Error ? error.message : String(error);
    throw new CommandError(
      `The move of ${daemon} from ${from} to ${to} failed, and could not be undone yet.${why}\n${then}`,
      `run the same command again when the cause is gone: until then, the engine does not delete the daemon's resources`,
    );
  }
  removeJournal(means.directory);
  throw new CommandError(
    `The move of ${daemon} from ${from} to ${to} was undone: both stacks are as before.${why}`,
    "run the same command again when the cause is gone",
  );
}

function stepsOf(journal: Journal, { directory, setting, stacks, progress }: Means): readonly Step[] {
  const { from, to, daemon, files } = journal;
  const read = async (stack: string): Promise<NamedState> => ({ stack, state: await stacks.read(stack) });
  const change = async (stack: string, changed: (state: NamedState) => StackState): Promise<void> => {
    for (let reads = 0; reads < mostReads; reads += 1) {
      const before = await read(stack);
      const after = changed(before);
      if (JSON.stringify(after) === JSON.stringify(before.state)) return;
      if (await stacks.write(stack, after, before.state)) return;
      progress(`${stack} was deployed meanwhile: reading its state again`);
    }
    throw new CommandError(`${stack} is being deployed again and again.`);
  };
  const copy = async (source: string, destination: string, { anew }: { readonly anew: boolean }): Promise<void> => {
    const given = await read(source);
    if (resourcesOfDaemon(given.state, daemon).length === 0) return;
    await change(destination, (taking) => {
      if (resourcesOfDaemon(taking.state, daemon).length === 0) return withDaemonOf(given, taking, daemon);
      if (!anew) return taking.state;
      return withDaemonOf(given, { ...taking, state: withoutDaemon(taking, daemon) }, daemon);
    });
  };
  const remove = async (stack: string, other: string): Promise<void> => {
    const holder = await read(other);
    // Nothing is forgotten that the other stack does not hold.
    if (resourcesOfDaemon(holder.state, daemon).length === 0) return;
    await change(stack, (each) => {
      if (stack === from) refuseOldCopy(each, holder, daemon);
      return withoutDaemon(each, daemon);
    });
  };
  const protect = (stack: string) => change(stack, ({ state }) => protectedDaemon(state, daemon, () => true));
  const release = (stack: string) =>
    change(stack, ({ state }) => protectedDaemon(state, daemon, (urn) => journal.protected.includes(ownName(urn))));
  const textOf = (file: Journal["files"][number]): SettingsText => {
    const path = join(directory, file.path);
    return { file: file.path, text: readFileSync(path, "utf8"), setting };
  };
  const put = (file: Journal["files"][number], text: string): void => {
    writeWhole(join(directory, file.path), text);
  };
  const [source, destination] = files;
  return [
    { told: `protecting ${daemon} in ${from}`, act: () => protect(from), undo: () => release(from) },
    {
      told: `writing its resources into the state of ${to}`,
      // A copy of a run that was cut off is old where the source has been deployed since.
      act: () => copy(from, to, { anew: !hasDaemon(textOf(destination), daemon) }),
      undo: () => remove(to, from),
    },
    {
      told: `writing its settings into ${destination.path}`,
      act: () => {
        const text = textOf(destination);
        if (hasDaemon(text, daemon)) return;
        put(destination, withDaemon(text, daemonIn({ ...text, file: source.path, text: source.before }, daemon)));
      },
      undo: () => {
        put(destination, destination.before);
      },
    },
    {
      told: `removing its settings from ${source.path}`,
      act: () => {
        const text = textOf(source);
        if (hasDaemon(text, daemon)) put(source, textWithout(text, daemon));
      },
      undo: () => {
        put(source, source.before);
      },
    },
    {
      told: `removing its resources from the state of ${from}`,
      act: () => remove(from, to),
      undo: () => copy(to, from, { anew: false }),
    },
    {
      told: "previewing both stacks, which nothing may change",
      act: async () => {
        const changed = await Promise.all(
          [from, to].map(async (stack) => [stack, await stacks.changes(stack)] as const),
        );
        const told = changed.filter(([, changes]) => changes !== "").map(([stack, changes]) => `${stack}: ${changes}`);
        if (told.length > 0) throw new CommandError(`The previews would change something:\n${told.join("\n")}`);
      },
      undo: () => undefined,
    },
    { told: `releasing ${daemon} in ${to}`, act: () => release(to), undo: () => protect(to) },
  ];
}

/** A resource's URN without its stack. */
export const ownName = (urn: string): string => urn.slice(urn.indexOf("::") + 2);
