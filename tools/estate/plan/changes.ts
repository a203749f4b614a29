import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { UsageError } from "../../cli/failure";

/** What differs from a revision, with what is not committed yet. */
export interface Changes {
  /** When the revision was committed. */
  readonly since: Date;
  /** Paths relative to the project. */
  readonly paths: readonly string[];
}

const maxBuffer = 64 * 1024 * 1024;

/**
 * Asks git, in the project's directory.
 * @throws UsageError where there is no git, no repository or no such revision
 */
export async function changesSince(revision: string, directory: string): Promise<Changes> {
  const git = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)("git", args, { cwd: directory, encoding: "utf8", maxBuffer })).stdout;
  try {
    const commit = (await git("rev-parse", "--verify", "--end-of-options", `${revision}^{commit}`)).trim();
    const date = (await git("show", "--no-patch", "--format=%cI", commit)).trim();
    const changed = await git("diff", "--name-only", "--no-renames", "--relative", "-z", commit);
    const added = await git("ls-files", "--others", "--exclude-standard", "-z");
    const paths = `${changed}${added}`.split("\0").filter((path) => path !== "");
    return { since: new Date(date), paths: [...new Set(paths)] };
  } catch (error) {
    const { code, stderr = "" } = error as NodeJS.ErrnoException & { readonly stderr?: string };
    if (code === "ENOENT") throw new UsageError("--changed-since: there is no git command on PATH. Install git.");
    throw new UsageError(
      `--changed-since: git does not know ${revision}: ${stderr.trim()}. Name a commit, a branch or a tag; in a pipeline, fetch the history first.`,
    );
  }
}
