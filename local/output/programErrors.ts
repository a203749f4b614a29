import { createRequire } from "node:module";
import { toldMessage } from "../../tools/program/message";
import type { Diagnostic } from "./operationLog";

/** Loads a module at the moment it is needed. Not `import()`: Node.js answers that itself, and knows no TypeScript. */
const later = createRequire(__filename);

/** How the engine frames what a component's check before an update throws. */
const hook = /^(?:before|after) hook "[^"]*" failed: /;
const noPlugin = /no resource plugin '(?:pulumi-resource-)?([\w-]+)/;

/**
 * The engine's errors with what only local Azure can tell: a program's own words in place of its language host's or of
 * the engine's frame around a check, and of a package without a stand-in, what there is.
 */
export function inOwnWords(diagnostic: Diagnostic): Diagnostic {
  const { message } = diagnostic;
  if (message.startsWith("Running program '")) return { ...diagnostic, message: toldMessage(message) };
  if (hook.test(message)) return { ...diagnostic, message: message.replace(hook, "") };
  const name = noPlugin.exec(message)?.[1];
  return name === undefined ? diagnostic : { ...diagnostic, message: noStandIn(name) };
}

function noStandIn(name: string): string {
  const { standInTypes } = later("../providers/standInTypes") as typeof import("../providers/standInTypes");
  return [
    `The program uses the package ${name}, which local Azure does not support. Supported packages:`,
    ...standInTypes().map((type) => `  ${type}`),
  ].join("\n");
}
