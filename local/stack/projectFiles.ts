import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseDocument } from "yaml";
import { mainOf } from "./projectFile";
import { readSettingsFile, settingsFileName } from "./settingsFile";

const saltLine = /^encryptionsalt:.*$/m;

/**
 * Copies Pulumi.yaml and the stack's settings into the working directory, where the engine may write: it puts the
 * passphrase's salt into a stack's settings, and the committed file must stay as it is. The salt stays between runs,
 * overrides do not.
 *
 * @param overrides "key=value" for this run's settings
 * @param programRunsHere whether the program runs in this process, and the engine starts none
 * @throws UserError as {@link readSettingsFile} does
 */
export function copyProjectFiles(
  project: string,
  work: string,
  stack: string,
  overrides: readonly string[] = [],
  programRunsHere = true,
): void {
  const { text: settings } = readSettingsFile(project, stack, overrides);
  mkdirSync(work, { recursive: true, mode: 0o700 });
  writeFileSync(join(work, "Pulumi.yaml"), projectFileFor(project, work, programRunsHere));
  const target = join(work, settingsFileName(stack));
  const salt = existsSync(target) ? saltLine.exec(readFileSync(target, "utf8"))?.[0] : undefined;
  const keepsSalt = saltLine.test(settings) || salt === undefined;
  writeFileSync(target, keepsSalt ? settings : `${settings.trimEnd()}\n${salt}\n`, { mode: 0o600 });
}

function projectFileFor(project: string, work: string, programRunsHere: boolean): string {
  const text = readFileSync(join(project, "Pulumi.yaml"), "utf8");
  if (programRunsHere) {
    // The engine asks for the program's directory to be there, although it is not read.
    mkdirSync(join(work, mainOf(project) ?? "."), { recursive: true });
    return text;
  }
  // The program runs where it is, with its own packages.
  const document = parseDocument(text);
  document.set("main", resolve(project, mainOf(project) ?? "."));
  return document.toString();
}
