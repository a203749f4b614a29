import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { UsageError } from "../../cli/failure";
import { programPath } from "../../program/programPath";

const options = z.looseObject({
  typescript: z.boolean().default(true),
  nodeargs: z.union([z.string(), z.array(z.string())]).default([]),
});
const schema = z.looseObject({
  name: z.string(),
  runtime: z.union([z.string(), z.looseObject({ name: z.string(), options: options.prefault({}) })]),
});

/** A program, as Pulumi.yaml names it. */
export interface ProjectFile {
  /** The project's name, which is its settings' namespace. */
  readonly name: string;
  /** Directory that the program runs in. */
  readonly directory: string;
  /** The program's file or directory, from there. */
  readonly entry: string;
  /** Arguments of Node.js. */
  readonly nodeArguments: readonly string[];
  /** Whether TypeScript is loaded as it is. */
  readonly isTypeScript: boolean;
}

/** @throws UsageError where a directory has no Pulumi.yaml, or a program that is not there or of another language */
export function readProjectFile(project: string): ProjectFile {
  const file = join(project, "Pulumi.yaml");
  if (!existsSync(file)) throw new UsageError(`There is no ${file}. Name the program's directory: --cwd.`);
  const { name, runtime } = parsed(file);
  const language = typeof runtime === "string" ? runtime : runtime.name;
  if (language !== "nodejs") {
    throw new UsageError(`${file}: runtime is ${language}; doctor reads programs of nodejs.`);
  }
  const { typescript, nodeargs } = typeof runtime === "string" ? options.parse({}) : runtime.options;
  const path = programPath(project);
  const isDirectory = statSync(path).isDirectory();
  return {
    name,
    directory: isDirectory ? path : dirname(path),
    entry: isDirectory ? "." : basename(path),
    nodeArguments: typeof nodeargs === "string" ? nodeargs.split(/\s+/).filter((word) => word !== "") : nodeargs,
    isTypeScript: typescript,
  };
}

function parsed(file: string): z.infer<typeof schema> {
  try {
    return schema.parse(parse(readFileSync(file, "utf8")));
  } catch (error) {
    const [issue] = error instanceof z.ZodError ? error.issues : [];
    const reason = issue === undefined ? String(error) : `${issue.path.join(".")}: ${issue.message}`;
    throw new UsageError(`${file}: ${reason}`);
  }
}
