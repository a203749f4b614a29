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
});

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
        `${this.file} is damaged: line ${number} is no creation that a run has begun. What an interrupted run made last ` +
          "may be in Azure without the stack knowing. Delete this file, and run " +
          `\`${localCommand("import")}\`: it imports existing resources into the stack.`,
      );
    }
  }

  /** The run has ended: the engine's state says how each creation ended, but for those without an answer. */
  keepOnly(unanswered: ReadonlySet<string>): void {
    const kept = this.read().filter(({ urn }) => unanswered.has(urn));
    if (kept.length === 0) {
      this.empty();
    } else {
      writeFileSync(this.file, kept.map((entry) => lineOf({ ...entry, unanswered: true })).join(""), { mode: 0o600 });
    }
  }

  /** Every creation's end is in the engine's state. */
  empty(): void {
    rmSync(this.file, { force: true });
  }
}

const lineOf = (entry: BegunCreation): string => `${JSON.stringify(entry)}\n`;
