import type { z } from "zod";
import { problemLine } from "../components/checks/argumentError";
import { didYouMean } from "../components/checks/nearest";
import type { Refusal } from "../components/checks/refusal";
import { shown } from "../components/checks/shown";

export const NAMESPACE = "azure-daemon-access";

/** Gathers the problems of a configuration, a line each, and keeps what is encrypted to itself. */
export class ConfigurationProblems {
  readonly #lines = new Set<string>();

  /** @param secrets names of the settings that are encrypted */
  constructor(private readonly secrets: ReadonlySet<string>) {}

  get lines(): readonly string[] {
    return [...this.#lines];
  }

  /** @param path of the setting, without the namespace */
  refuse(path: string, given: unknown, refusal: Refusal): void {
    this.#tell(path, problemLine(`${NAMESPACE}:${path}`, given, refusal));
  }

  /** Tells what the schema found. */
  addIssue(issue: z.core.$ZodIssue, settings: unknown): void {
    if (issue.code !== "unrecognized_keys") {
      const path = pathText(issue.path);
      const value = valueAt(settings, issue.path);
      const isText = issue.code === "invalid_type" && typeof value === "string" && value !== "";
      this.#tell(path, `${NAMESPACE}:${path}: got ${isText ? "the text " : ""}${shown(value)}; ${issue.message}`);
      return;
    }
    for (const name of issue.keys) {
      const path = pathText([...issue.path, name]);
      const known = issue.message.split(", ");
      const fix = didYouMean(name, known, `The settings here are ${issue.message}.`);
      this.#tell(path, `${NAMESPACE}:${path}: unknown setting. ${fix}`);
    }
  }

  /** Neither the value nor a fix that is made from it may show what is encrypted. */
  #tell(path: string, line: string): void {
    const setting = /^[\w-]+/.exec(path)?.[0] ?? "";
    const hidden = `${NAMESPACE}:${setting}: is invalid; its value is encrypted, so it is not shown. Set it without --secret; it holds no secret.`;
    this.#lines.add(this.secrets.has(setting) ? hidden : line);
  }
}

/** `daemons[1].graph.permissions[0]`, which `pulumi config set --path` takes. */
function pathText(path: readonly PropertyKey[]): string {
  return path.map(part).join("").replace(/^\./, "");
}

function part(step: PropertyKey): string {
  if (typeof step === "number") return `[${step}]`;
  const name = String(step);
  return /^[\w-]+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, step) => (typeof inner === "object" && inner !== null ? (Reflect.get(inner, step) as unknown) : undefined),
    value,
  );
}
