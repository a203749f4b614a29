import { existsSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";
import { UsageError } from "../../cli/failure";

const schema = z.object({
  name: z.string(),
  main: z.string().optional().catch(undefined),
  stackConfigDir: z.string().default("."),
});

/** What Pulumi.yaml says. */
export interface Project {
  /** The namespace of the project's settings. */
  readonly name: string;
  /** The directory of the program, relative to Pulumi.yaml: "." or a path without an end in "/". */
  readonly program: string;
  /** The directory of the stacks' settings, relative to Pulumi.yaml. */
  readonly settings: string;
}

/** @throws UsageError where the directory has no Pulumi.yaml, or a wrong one */
export function readProject(directory: string): Project {
  const path = join(directory, "Pulumi.yaml");
  if (!existsSync(path)) {
    throw new UsageError(`There is no Pulumi.yaml in ${directory}. Name the program's directory: --cwd.`);
  }
  const document = parseDocument(readFileSync(path, "utf8"));
  const [error] = document.errors;
  if (error) throw new UsageError(`Pulumi.yaml is not valid YAML: ${error.message}`);
  const parsed = schema.safeParse(document.toJS());
  if (!parsed.success)
    throw new UsageError("Pulumi.yaml: name: needed the project's name. Write, for example, name: daemons.");
  const { name, main = ".", stackConfigDir } = parsed.data;
  return { name, program: programOf(main), settings: normalize(stackConfigDir) };
}

/** `main` names a file or a directory. */
function programOf(main: string): string {
  const path = normalize(main).replace(/\/+$/, "");
  return /\.[cm]?[jt]s$/.test(path) ? normalize(join(path, "..")) : path;
}
