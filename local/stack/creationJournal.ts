import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { z } from "zod";
import { localCommand } from "../invocation";
import { UserError } from "../userError";

const entrySchema = z.object({
  urn: z.string(),
  type: z.string(),
  parent: z.string(),
  provider: z.string(),
  inputs: z.record(z.string(), z.unknown()),
  /** It makes a replacement beside a resource that the state has. */
  replaces: z.boolean().optional(),
  /** The run went on without an answer to it. */
  unanswered: z.boolean().optional(),
  /** When a later run looked for what it has made and Azure did not show it, RFC 3339. */
  unseenSince: z.string().optional(),
});

/** Entra ID takes up to minutes to show everywhere what it has made; after this nothing is to be expected. */
const shownWithinMs = 3_600_000;

/** A creation that the engine has begun. Secrets in its inputs are masked by the engine. */
export type BegunCreation = z.infer<typeof entrySchema>;

/**
 * Notes each creation as it begins, for the next run. The engine's state tells most of those that a kill cut off as
 * pending, but an engine that outlives the killed driver sees its providers vanish, takes that for a refusal, and drops
 * the creation, although Azure may have done it. It does the same with a creation whose answer the network has lost.
 */
export class CreationJournal {
  constructor(private readonly file: string) {}

  readonly hear = ({ resourcePreEvent }: EngineEvent): void => {
    const metadata = resourcePreEvent?.metadata;
    const replaces = metadata?.op === "create-replacement";
    if ((!replaces && metadata?.op !== "create") || metadata.new?.custom !== true || metadata.provider === "") {
      return;
    }
    const { urn, type, parent, provider, inputs } = metadata.new;
    appendFileSync(this.file, lineOf({ urn, type, parent, provider, inputs, ...(replaces && { replaces }) }), {
      mode: 0o600,
    });
  };

  /**
   * What a run began whose end the state may not tell.
   *
   * @throws UserError where the file is damaged
   */
  read(): BegunCreation[] {
    if (!existsSync(this.file)) {
      return [];
    }
    const lines = readFileSync(this.file, "utf8").split("\n");
    // The kill may have torn the last line; its request had not been sent then.
    return lines.slice(0, -1).map((line, index) => this.entry(line, index + 1));
  }

  private entry(line: string, number: number): BegunCreation {
    try {
      return entrySchema.parse(JSON.parse(line));
    } catch {
      throw new UserError(
        `${this.file} is damaged: line ${number} is not a creation that a run started. What an interrupted run made last ` +
          "may be in Azure without the stack knowing. Delete this file, and run " +
          `\`${localCommand("import")}\`: it imports existing resources into the stack.`,
      );
    }
  }

  /** The run has ended: the engine's state says how each creation ended, but for those without an answer or not shown yet. */
  keepOnly(unanswered: ReadonlySet<string>): void {
    const isOpen = ({ urn, unseenSince }: BegunCreation): boolean => unseenSince !== undefined || unanswered.has(urn);
    this.write(
      this.read()
        .filter(isOpen)
        .map((entry) => (entry.unseenSince === undefined ? { ...entry, unanswered: true } : entry)),
    );
  }

  /**
   * The creations are settled, but for those of which Azure shows nothing: for an hour the next runs look for these too, as an
   * answer of Azure's can come from a replica that does not have them yet.
   */
  keepUnseen(urns: ReadonlySet<string>): void {
    const now = new Date();
    const isOpen = ({ unseenSince }: BegunCreation): boolean =>
      unseenSince === undefined || now.getTime() - Date.parse(unseenSince) < shownWithinMs;
    this.write(
      this.read()
        .filter((entry) => urns.has(entry.urn) && isOpen(entry))
        .map((entry) => ({ unseenSince: now.toISOString(), ...entry })),
    );
  }

  private write(entries: readonly BegunCreation[]): void {
    if (entries.length === 0) {
      rmSync(this.file, { force: true });
    } else {
      writeFileSync(this.file, entries.map(lineOf).join(""), { mode: 0o600 });
    }
  }
}

const lineOf = (entry: BegunCreation): string => `${JSON.stringify(entry)}\n`;
