import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { CommandError, UsageError } from "../../cli/failure";
import { writeWhole } from "../../settings/wholeFile";

/** Beside Pulumi.yaml, while a move is unfinished. */
export const JOURNAL = ".daemon-access-move.json";

const file = z.object({ path: z.string(), before: z.string() });

const schema = z.object({
  version: z.literal(1),
  daemon: z.string(),
  from: z.string(),
  to: z.string(),
  /** Whether what was done is to be taken back. */
  isUndone: z.boolean(),
  /** Names of the resources that were protected before, by type and name. */
  protected: z.array(z.string()),
  /** Both settings files as they were, the source's first. */
  files: z.tuple([file, file]),
});

/** What the same command needs to complete or undo a move that was cut off. */
export type Journal = z.infer<typeof schema>;

/** @throws UsageError where the file is not one that this command wrote */
export function readJournal(directory: string): Journal | undefined {
  const path = join(directory, JOURNAL);
  if (!existsSync(path)) return undefined;
  try {
    return schema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    throw new UsageError(`${path} cannot be read. Restore it, or delete it when both stacks' previews show no change.`);
  }
}

export function writeJournal(directory: string, journal: Journal): void {
  writeWhole(join(directory, JOURNAL), `${JSON.stringify(journal, null, 2)}\n`);
}

export function removeJournal(directory: string): void {
  rmSync(join(directory, JOURNAL), { force: true });
}

/** @throws CommandError where one of the stacks is in the middle of a move */
export function refuseUnfinishedMove(directory: string, stacks: readonly string[]): void {
  const journal = readJournal(directory);
  if (journal === undefined) return;
  const { daemon, from, to } = journal;
  if (![from, to].some((stack) => stacks.includes(stack))) return;
  throw new CommandError(
    `${daemon} is in the middle of its move from ${from} to ${to}.`,
    `complete or undo it: npx daemon-access estate move ${daemon} --from ${from} --to ${to}`,
  );
}
