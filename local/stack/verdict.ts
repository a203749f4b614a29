import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What decides which resources the program declares and how they are judged, beside the stack's settings. */
const sources = ["infra", "components", "policy", "package-lock.json"];
const isSource = /\.(ts|js|json|yaml)$/;

/**
 * The policies' last verdict, that nothing stops. While it stands an update needs no plan to be judged before it, which
 * takes a third of the time of a run that changes nothing. (The update's own resources are judged all the same.)
 */
export class Verdict {
  private readonly subject: string;

  /**
   * @param file keeps it between runs
   * @param settings text of the stack's settings and of the policies' configuration
   * @param now its day is part of what is judged, as dates pass
   */
  constructor(
    private readonly file: string,
    project: string,
    settings: string,
    now: Date,
  ) {
    const hash = createHash("sha256").update(settings).update(now.toISOString().slice(0, 10));
    for (const source of sources) {
      for (const path of filesOf(join(project, source))) {
        hash.update(path).update(readFileSync(path));
      }
    }
    this.subject = hash.digest("hex");
  }

  stands(): boolean {
    try {
      return readFileSync(this.file, "utf8") === this.subject;
    } catch {
      return false;
    }
  }

  keep(): void {
    mkdirSync(dirname(this.file), { recursive: true, mode: 0o700 });
    writeFileSync(this.file, this.subject, { mode: 0o600 });
  }

  forget(): void {
    rmSync(this.file, { force: true });
  }
}

/** Of a program whose sources are not known: each update is judged before it. */
export const noVerdict: Pick<Verdict, "stands" | "keep" | "forget"> = {
  stands: () => false,
  keep: () => undefined,
  forget: () => undefined,
};

function filesOf(path: string): string[] {
  if (isSource.test(path)) {
    return [path];
  }
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const inner = join(path, entry.name);
    return entry.isDirectory()
      ? entry.name === "node_modules"
        ? []
        : filesOf(inner)
      : isSource.test(inner)
        ? [inner]
        : [];
  });
}
