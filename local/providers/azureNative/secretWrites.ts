import { createHmac } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";

const writesSchema = z.record(
  z.string(),
  z.object({
    /** Of everything that was to be written, the value among it: keyed, so that the file tells nothing of it. */
    digest: z.string(),
    /** URI of the version that the write was to follow; empty where there was none. */
    before: z.string(),
  }),
);

type Writes = z.infer<typeof writesSchema>;

/**
 * The last write of each vault secret, noted before it is sent. Each write makes a version, so a run that goes on after one
 * that was cut off has to know whether its write is done: neither the engine's state nor Azure Resource Manager tells a
 * secret's value.
 */
export class SecretWrites {
  private readonly writes: Writes;

  /**
   * @param file keeps it between runs. One that can't be read is forgotten: all that it saves is a version
   * @param key of the digests
   * @param tell hears one line for each write that is taken over
   */
  constructor(
    private readonly file: string,
    private readonly key: string,
    readonly tell: (line: string) => void,
  ) {
    this.writes = writesIn(file);
  }

  /**
   * A write is about to be sent.
   *
   * @param before URI of the version that there is; empty where there is none
   */
  begin(id: string, body: unknown, before: string): void {
    this.writes[keyOf(id)] = { digest: this.digestOf(body), before };
    const staging = `${this.file}.new`;
    writeFileSync(staging, JSON.stringify(this.writes), { mode: 0o600 });
    renameSync(staging, this.file);
  }

  /** URI of the version before, where this write has been sent and no other since; it may not have arrived. */
  begun(id: string, body: unknown): string | undefined {
    const last = this.writes[keyOf(id)];
    return last?.digest === this.digestOf(body) ? last.before : undefined;
  }

  private digestOf(body: unknown): string {
    return createHmac("sha256", this.key)
      .update(JSON.stringify(sorted(body)))
      .digest("base64url");
  }
}

/** Azure answers an ID in any case. */
const keyOf = (id: string): string => id.toLowerCase();

function writesIn(file: string): Writes {
  if (!existsSync(file)) return {};
  const read = writesSchema.safeParse(jsonOrNothing(readFileSync(file, "utf8")));
  if (read.success) return read.data;
  rmSync(file);
  return {};
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The engine gives the names of a map in any order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}
