import { readdirSync } from "node:fs";
import { join } from "node:path";
import { kept, textOf } from "./cache";
import type { MakeEnvironment, Workshop } from "./environment";
import { run } from "./process";

/** The versions that the pinned packages are published for. */
const oldest = 10;
const newest = 12;
/** azureml-core is tested by its makers up to 3.11, so that one first. */
const candidates = ["python3.11", "python3", "python3.12", "python3.10", "python"];

/** A virtual environment with the packages of a requirements file. */
export const pythonEnvironment: MakeEnvironment = async ({ name, directory, program, pins, packages }, workshop) => {
  const python = await findPython(workshop);
  if (python === undefined) {
    return { missing: `there is no Python 3.${oldest} to 3.${newest}, or it cannot make virtual environments` };
  }
  const programs = join(workshop.programs, directory);
  const requirements = join(programs, pins);
  const made = await kept(name, [python.version, textOf(requirements)], workshop, (at) => [
    [python.command, "-m", "venv", at],
    [join(at, "bin", "python"), "-m", "pip", "install", "--quiet", "--no-input", "--requirement", requirements],
  ]);
  return {
    versions: packages.map((each) => `${each} ${versionIn(made, each)}`),
    launch: (_connection, _scratch, other = program) =>
      // -B: the directory of the programs stays as it is.
      Promise.resolve({ command: join(made, "bin", "python"), args: ["-B", join(programs, other)], cwd: made }),
  };
};

interface Python {
  readonly command: string;
  readonly version: string;
}

async function findPython({ machine, signal }: Workshop): Promise<Python | undefined> {
  const question = "import ensurepip, platform, venv; print(platform.python_version())";
  for (const command of candidates) {
    const { code, stdout } = await run(command, ["-c", question], { env: machine, signal });
    const [, minor = ""] = /^3\.(\d+)\./.exec(stdout) ?? [];
    if (code === 0 && Number(minor) >= oldest && Number(minor) <= newest) {
      return { command, version: stdout.trim() };
    }
  }
  return undefined;
}

/** The version that a package's directory of metadata names. */
function versionIn(environment: string, name: string): string {
  const lib = join(environment, "lib");
  const [python = ""] = readdirSync(lib);
  const wanted = normal(name);
  for (const entry of readdirSync(join(lib, python, "site-packages"))) {
    const [, found = "", version = ""] = /^(.+)-([^-]+)\.dist-info$/.exec(entry) ?? [];
    if (normal(found) === wanted) return version;
  }
  return "?";
}

const normal = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, "-");
