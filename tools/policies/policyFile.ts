import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";
import { UsageError } from "../cli/failure";
import { policyFileProblems } from "./policyFileProblems";

/** Loads a module at the moment it is needed: most projects have no such file, and the rules' SDK is slow to load. */
const later = createRequire(__filename);

/** The committed configuration of the policy pack, beside Pulumi.yaml. */
export const POLICY_FILE = "policy-config.json";

/** What the file says of each rule, by its name: a level, or a group with a level, settings and waivers. */
export type PolicyConfiguration = Readonly<Record<string, unknown>>;

/** The file of a stack: its own, `policy-config.<stack>.json`, else the project's; undefined where there is neither. */
export function policyFileOf(project: string, stack: string): string | undefined {
  // A stack's full name has its organization and project before it.
  const own = `policy-config.${stack.split("/").at(-1) ?? ""}.json`;
  return [own, POLICY_FILE].map((name) => join(project, name)).find((path) => existsSync(path));
}

/**
 * The file that configures the policies of a stack, if there is one.
 *
 * @param given what the command line names instead
 * @throws UsageError where something in it is wrong
 */
export function checkedPolicyFile(project: string, stack: string, given: string | undefined): string | undefined {
  const path = given === undefined ? policyFileOf(project, stack) : resolve(given);
  if (path !== undefined) readPolicyFile(path);
  return path;
}

/**
 * Reads a policy configuration, and checks it whole.
 *
 * @throws UsageError that lists every problem: which rule and key, what was given, what is allowed
 */
export function readPolicyFile(path: string): PolicyConfiguration {
  const name = basename(path);
  const { configuration, problems } = parsed(path);
  if (problems.length > 0) {
    const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
    throw new UsageError(
      [
        `The policy configuration ${path} has ${count}, and nothing was started:`,
        ...problems.map((problem) => `  ${name}: ${problem}`),
        "policy/README.md describes the file, and policy/RULES.md each rule with its settings.",
      ].join("\n"),
    );
  }
  return configuration;
}

function parsed(path: string): { readonly configuration: PolicyConfiguration; readonly problems: readonly string[] } {
  try {
    const value = JSON.parse(readFileSync(path, "utf8")) as unknown;
    const { rules } = later("../../policy/rules") as typeof import("../../policy/rules");
    return { configuration: value as PolicyConfiguration, problems: policyFileProblems(value, rules) };
  } catch (error) {
    if (!(error instanceof SyntaxError) && !isSystemError(error)) throw error;
    return { configuration: {}, problems: [`cannot be read as JSON. ${error.message}`] };
  }
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && "syscall" in error;
