import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseDocument } from "yaml";
import { UsageError } from "../cli/failure";

/** The repository that these tools lie in, if they do. */
const repository = resolve(__dirname, "../..");

const projectFile = (directory: string): string => join(directory, "Pulumi.yaml");

/** `main` of a valid Pulumi.yaml, by its default where it is not given. */
function mainOf(project: string): string {
  const document: unknown = parseDocument(readFileSync(projectFile(project), "utf8")).toJS();
  const main = typeof document === "object" && document !== null && "main" in document ? document.main : undefined;
  return typeof main === "string" ? main : ".";
}

/**
 * Whether a directory has settings for a repository's stack, and no program: it has the repository's Pulumi.yaml word for word, and
 * what this names is in the repository alone.
 */
export function hasSettingsAlone(project: string, root = repository): boolean {
  const [theirs, ours] = [projectFile(project), projectFile(root)];
  return (
    existsSync(theirs) &&
    existsSync(ours) &&
    readFileSync(theirs, "utf8") === readFileSync(ours, "utf8") &&
    !existsSync(resolve(project, mainOf(project)))
  );
}

/**
 * The file or directory of a project's program: what `main` of its Pulumi.yaml names. Settings alone belong to the program of the
 * repository that these tools lie in.
 *
 * @throws UsageError where it is not there
 */
export const programPath = (project: string): string =>
  hasSettingsAlone(project) ? resolve(repository, mainOf(project)) : ownProgramPath(project);

/**
 * The same, for what runs the pulumi command, which looks for a program only where `main` says.
 *
 * @throws UsageError where it is not there
 */
export function ownProgramPath(project: string): string {
  const main = mainOf(project);
  const path = resolve(project, main);
  if (existsSync(path)) return path;
  const example = hasSettingsAlone(project) ? resolve(repository, main) : join("/path/to/the/program", main);
  throw new UsageError(
    `${projectFile(project)}: main names ${path}, which does not exist. ` +
      `If the directory has only settings, set main to the program's directory, for example main: ${example}`,
  );
}
