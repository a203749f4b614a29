import { join, resolve } from "node:path";

/** The project's root: where Pulumi.yaml lies. */
export const projectRoot = join(__dirname, "..");

/** Everything that the commands keep between runs. */
export interface StateDirectory {
  readonly path: string;
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
    /** What the policies have passed. */
    readonly verdict: string;
    /** Held by the one process that may drive the stack. */
    readonly lock: string;
    /** Says who that is. */
    readonly holderFile: string;
  };
}

/** `.local-azure` in the project's root, or the directory that LOCAL_AZURE_DIRECTORY names. */
export function stateDirectory(env: NodeJS.ProcessEnv): StateDirectory {
  const path = resolve(projectRoot, env["LOCAL_AZURE_DIRECTORY"] ?? ".local-azure");
  const pulumi = join(path, "pulumi");
  return {
    path,
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
      verdict: join(pulumi, "verdict"),
      lock: join(pulumi, "lock"),
      holderFile: join(pulumi, "holder.json"),
    },
  };
}
