import { createRequire } from "node:module";
import { join } from "node:path";

/** One run of a program, as the engine asks a language host for it. */
export interface ProgramRun {
  readonly organization: string;
  readonly project: string;
  readonly stack: string;
  /** Directory with Pulumi.yaml. */
  readonly rootDirectory: string;
  /** Directory that the program runs in. */
  readonly programDirectory: string;
  /** File or directory of the program, from its directory. */
  readonly entryPoint: string;
  /** `runtime.options` of Pulumi.yaml. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly config: Readonly<Record<string, string>>;
  /** Keys of the configuration whose values are secret. */
  readonly secretKeys: readonly string[];
  readonly dryRun: boolean;
  readonly parallel: number;
  /** Addresses of the engine, as "127.0.0.1:40001". */
  readonly monitor: string;
  readonly engine: string;
  readonly args: readonly string[];
}

/** The process that runs a program. */
export interface ProgramProcess {
  /** Arguments of Node.js. */
  readonly args: readonly string[];
  /** Variables that are added to the environment. */
  readonly variables: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** The program's own Pulumi SDK could not be found. */
export class SdkMissing extends Error {
  constructor(directory: string) {
    super(`${directory} has no @pulumi/pulumi. Run \`npm install\` there.`);
    this.name = "SdkMissing";
  }
}

/**
 * How the program is started: by the SDK that the program itself has installed, with the arguments and variables that the
 * SDK's `cmd/run` takes.
 *
 * @throws SdkMissing
 */
export function programProcess(run: ProgramRun): ProgramProcess {
  const { organization, project, stack, rootDirectory, programDirectory, entryPoint, options } = run;
  const flags = {
    monitor: run.monitor,
    engine: run.engine,
    organization,
    project,
    stack,
    "root-directory": rootDirectory,
    pwd: programDirectory,
    parallel: run.parallel > 0 ? String(run.parallel) : "",
  };
  return {
    cwd: programDirectory,
    args: [
      ...words(options["nodeargs"]),
      sdkRunner(programDirectory),
      ...Object.entries(flags).flatMap(([flag, value]) => (value === "" ? [] : [`--${flag}`, value])),
      ...(run.dryRun ? ["--dry-run"] : []),
      entryPoint,
      ...run.args,
    ],
    variables: {
      PULUMI_CONFIG: JSON.stringify(run.config),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(run.secretKeys),
      PULUMI_NODEJS_TYPESCRIPT: String(options["typescript"] !== false),
      ...(typeof options["tsconfig"] === "string" && { PULUMI_NODEJS_TSCONFIG_PATH: options["tsconfig"] }),
    },
  };
}

function sdkRunner(directory: string): string {
  try {
    return createRequire(join(directory, "program.js")).resolve("@pulumi/pulumi/cmd/run");
  } catch {
    throw new SdkMissing(directory);
  }
}

/** Pulumi.yaml gives arguments as a text or a list. */
function words(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === "string" ? value.split(/\s+/).filter((word) => word !== "") : [];
}
