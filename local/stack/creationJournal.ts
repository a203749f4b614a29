import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { z } from "zod";

const entrySchema = z.object({
  urn: z.string(),
  type: z.string(),
  parent: z.string(),
  provider: z.string(),
  inputs: z.record(z.string(), z.unknown()),
});

/** A creation that the engine has begun. Secrets in its inputs are masked by the engine. */
export type BegunCreation = z.infer<typeof entrySchema>;

/**
 * Notes each creation as it begins, for the run after a kill. The engine's state tells most of them as pending, but an
 * engine that outlives the killed driver sees its providers vanish, takes that for a refusal, and strikes the creation
 * out, although Azure may have done it.
 */
export class CreationJournal {
  constructor(private readonly file: string) {}

  readonly hear = ({ resourcePreEvent }: EngineEvent): void => {
    const metadata = resourcePreEvent?.metadata;
    if (metadata?.op !== "create" || metadata.new?.custom !== true || metadata.provider === "") {
      return;
    }
    const { urn, type, parent, provider, inputs } = metadata.new;
    appendFileSync(this.file, `${JSON.stringify({ urn, type, parent, provider, inputs })}\n`, { mode: 0o600 });
  };

  /** What a run began that did not live to empty the journal. */
  read(): BegunCreation[] {
    if (!existsSync(this.file)) {
      return [];
    }
    const lines = readFileSync(this.file, "utf8").split("\n");
    // The kill may have torn the last line; its request had not been sent then.
    return lines.slice(0, -1).map((line) => entrySchema.parse(JSON.parse(line)));
  }

  /** Every creation's end is in the engine's state. */
  empty(): void {
    rmSync(this.file, { force: true });
  }
}
