import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";
import { UsageError } from "../../tools/cli/failure";
import { hasSettingsAlone, ownProgramPath } from "../../tools/program/programPath";
import { projectRoot } from "../stateDirectory";
import { exitCodes, UserError } from "../userError";
import { localCommand } from "../invocation";

const projectSchema = z.looseObject({
  name: z.string(),
  runtime: z.union([z.string(), z.looseObject({ name: z.string() })]),
  main: z.string().optional(),
});

type ProjectFile = z.infer<typeof projectSchema>;

/** The nearest directory with Pulumi.yaml, from one upwards; undefined where there is none. */
export function projectAbove(directory: string): string | undefined {
  if (existsSync(join(directory, "Pulumi.yaml"))) return directory;
  const parent = dirname(directory);
  return parent === directory ? undefined : projectAbove(parent);
}

/**
 * Makes sure that a directory has a program that can be run here.
 *
 * @throws UserError where it has no Pulumi.yaml, or a program of another language or that is not there
 */
export function checkProject(project: string): void {
  const { runtime } = readProjectFile(project);
  const language = typeof runtime === "string" ? runtime : runtime.name;
  if (language !== "nodejs") {
    throw new UserError(
      `${join(project, "Pulumi.yaml")}: runtime is ${language}; local-azure runs programs of nodejs. ` +
        `Run this one with Pulumi's own command: ${localCommand("run -- pulumi up")}`,
      exitCodes.usage,
    );
  }
  try {
    ownProgramPath(project);
  } catch (error) {
    throw error instanceof UsageError ? new UserError(error.message, exitCodes.usage) : error;
  }
}

/** `main` of Pulumi.yaml: the program's file or directory, from the project's. */
export const mainOf = (project: string): string | undefined => readProjectFile(project).main;

/**
 * Whether a project is this repository's own stack, or has settings for it alone: it has the repository's Pulumi.yaml, and
 * no program.
 */
export function isOwnStack(project: string): boolean {
  const [ours, theirs] = [projectRoot, project].map((directory) => join(directory, "Pulumi.yaml")) as [string, string];
  if (!existsSync(ours) || !existsSync(theirs)) return false;
  return realpathSync(ours) === realpathSync(theirs) || hasSettingsAlone(project, projectRoot);
}

/** @throws UserError where there is none, or it is no project */
function readProjectFile(project: string): ProjectFile {
  const file = join(project, "Pulumi.yaml");
  if (!existsSync(file)) {
    throw new UserError(`There is no ${file}. Name the program's directory: --cwd DIR`, exitCodes.usage);
  }
  const document = parseDocument(readFileSync(file, "utf8"));
  const [problem] = document.errors;
  if (problem !== undefined)
    throw new UserError(`${file} is not valid YAML: ${problem.message.trimEnd()}`, exitCodes.usage);
  const parsed = projectSchema.safeParse(document.toJS());
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UserError(`${file}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "invalid"}`, exitCodes.usage);
  }
  return parsed.data;
}
