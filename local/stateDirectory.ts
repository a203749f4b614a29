import { realpathSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { exitCodes, UserError } from "./userError";

/** Root of this repository, or of the published package. */
export const projectRoot = join(__dirname, "..");

/** Marks a state directory as local Azure's own. */
export const markerName = "local-azure.json";

/** Everything that the commands keep between runs. */
export interface StateDirectory {
  readonly path: string;
  /** What {@link markerName} names. */
  readonly markerFile: string;
  /** Key of sealed values and of the landing zone's secrets. */
  readonly keyFile: string;
  readonly caFile: string;
  /** Says who has the state open. */
  readonly holderFile: string;
  /** Says where `serve` answers. */
  readonly serveFile: string;
  readonly pulumi: {
    readonly path: string;
    /** The backend: Pulumi's own state files. */
    readonly backend: string;
    /** The working directory, with copies of the project's files. */
    readonly work: string;
    /** PULUMI_HOME of the engine. */
    readonly home: string;
    /** Creations that a run has begun. */
    readonly journal: string;
    /** Directory of the stacks' states before the last run of each. */
    readonly before: string;
    /** The last write of each vault secret. */
    readonly secretWrites: string;
    /** What the policies have passed. */
    readonly verdict: string;
    /** Held by the one process that may drive the stack. */
    readonly lock: string;
    /** Says who that is. */
    readonly holderFile: string;
  };
}

/**
 * `.local-azure` in the project's root, or the directory that LOCAL_AZURE_DIRECTORY names, from there. An empty variable
 * names none.
 *
 * @param project directory with Pulumi.yaml
 * @throws UserError where it is the project's root, a home directory, or a directory above one of these
 */
export function stateDirectory(env: NodeJS.ProcessEnv, project = projectRoot): StateDirectory {
  const given = env["LOCAL_AZURE_DIRECTORY"]?.trim();
  const path = resolve(project, given === undefined || given === "" ? ".local-azure" : given);
  refuseProtected(path, project);
  const pulumi = join(path, "pulumi");
  return {
    path,
    markerFile: join(path, markerName),
    keyFile: join(path, "state.key"),
    caFile: join(path, "certificates", "ca.pem"),
    holderFile: join(path, "holder.json"),
    serveFile: join(path, "serve.json"),
    pulumi: {
      path: pulumi,
      backend: join(pulumi, "state"),
      work: join(pulumi, "work"),
      home: join(pulumi, "home"),
      journal: join(pulumi, "creations.jsonl"),
      before: join(pulumi, "before"),
      secretWrites: join(pulumi, "secret-writes.json"),
      verdict: join(pulumi, "verdict"),
      lock: join(pulumi, "lock"),
      holderFile: join(pulumi, "holder.json"),
    },
  };
}

/** What lies in these is other people's: local Azure neither writes into them nor deletes there. */
function refuseProtected(path: string, project: string): void {
  const whole = withLinksResolved(path);
  const hit = [project, homedir()].map(withLinksResolved).find((own) => isAtOrAbove(whole, own));
  if (hit !== undefined || dirname(whole) === whole) {
    throw new UserError(
      `LOCAL_AZURE_DIRECTORY is ${path}, which can't be a state directory: the project's root, a home directory and the ` +
        "directories above them are refused. Give a directory of its own, for example /tmp/local-azure, or unset it.",
      exitCodes.usage,
    );
  }
}

const isAtOrAbove = (directory: string, path: string): boolean => {
  const parent = dirname(path);
  return path === directory || (parent !== path && isAtOrAbove(directory, parent));
};

/** The path with its symbolic links resolved, as far as it exists. */
function withLinksResolved(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(withLinksResolved(parent), path.slice(parent.length));
  }
}
