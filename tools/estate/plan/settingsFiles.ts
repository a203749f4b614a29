import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import type { Project } from "./project";

/** What the plan needs to know of a stack. What else its settings say is for the stack's program to judge. */
export interface StackSettings {
  readonly stack: string;
  /** The settings file, relative to the project. */
  readonly file: string;
  /** Whether other stacks may build on it. */
  readonly isPlatform: boolean;
  /** The full name of the stack that it builds on, and where the file says so. */
  readonly platformStack?: { readonly stack: string; readonly line: number };
  readonly daemons: number;
  /** The daemons' secrets that rotate, as the file has them. */
  readonly rotations: readonly Rotating[];
}

/** What decides when a secret rotates. */
export interface Rotating {
  readonly rotation: unknown;
  readonly rotateNow?: unknown;
  /** The moment that dates are read at. @default now */
  readonly asOf: string | undefined;
}

export interface SettingsFiles {
  readonly stacks: readonly StackSettings[];
  /** A line for each, with file and line number. */
  readonly problems: readonly string[];
}

const group = z.record(z.string(), z.unknown());
const given = z.unknown().optional();
const daemon = z.object({ secret: z.object({ rotation: given, rotateNow: given }).optional() });

/** Reads every Pulumi.<stack>.yaml of a project, by the stacks' names. */
export function readSettingsFiles(directory: string, project: Project): SettingsFiles {
  const stacks: StackSettings[] = [];
  const problems: string[] = [];
  const found = readdirSync(join(directory, project.settings)).sort();
  for (const name of found) {
    const stack = /^Pulumi\.([\w.-]+)\.ya?ml$/.exec(name)?.[1];
    if (stack === undefined) continue;
    const file = join(project.settings, name);
    const read = readSettings(readFileSync(join(directory, file), "utf8"), { stack, file, namespace: project.name });
    if (typeof read === "string") problems.push(read);
    else stacks.push(read);
  }
  return { stacks, problems };
}

/** Reads the settings of one stack, or tells what is wrong with the file. */
export function readSettings(
  text: string,
  { stack, file, namespace }: { readonly stack: string; readonly file: string; readonly namespace: string },
): StackSettings | string {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  const [error] = document.errors;
  if (error) return `${file}:${lineAt(error.pos[0])}: not valid YAML: ${error.message}. Correct the line.`;
  const content = contentOf(document);
  if (typeof content === "string") return `${file}:1: ${content}`;
  const setting = (name: string): unknown => content[`${namespace}:${name}`];
  const wanted = z.object({ stack: z.string() }).safeParse(setting("platformStack"));
  const daemons = z.array(z.unknown()).catch([]).parse(setting("daemons"));
  const asOf = z.string().min(1).optional().catch(undefined).parse(setting("asOf"));
  const node = document.getIn(["config", `${namespace}:platformStack`, "stack"], true);
  return {
    stack,
    file,
    isPlatform: setting("platform") !== undefined,
    ...(wanted.success && {
      platformStack: { stack: wanted.data.stack, line: lineAt(isNode(node) ? (node.range?.[0] ?? 0) : 0) },
    }),
    daemons: daemons.length,
    rotations: daemons.flatMap((each) => {
      const { secret } = daemon.catch({}).parse(each);
      return secret?.rotation === undefined ? [] : [{ rotation: secret.rotation, rotateNow: secret.rotateNow, asOf }];
    }),
  };
}

/** The settings by their full names; a sentence where the file has none to read. */
function contentOf(document: Document): Readonly<Record<string, unknown>> | string {
  const whole = z.looseObject({ config: group.nullish() }).nullable().safeParse(valueOf(document));
  if (!whole.success) return "needed a group config with settings by name. Write, for example, config: {}.";
  return whole.data?.config ?? {};
}

/** An alias without its anchor is found only here. */
function valueOf(document: Document): unknown {
  try {
    return document.toJS();
  } catch {
    return undefined;
  }
}
