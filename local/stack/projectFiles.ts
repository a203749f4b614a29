import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseDocument } from "yaml";
import { mainOf } from "./projectFile";
import { readSettingsFile, settingsFileName } from "./settingsFile";

const saltKey = "encryptionsalt";

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
  const salt = existsSync(target) ? parseDocument(readFileSync(target, "utf8")).get(saltKey) : undefined;
  writeFileSync(target, salt === undefined ? settings : withSalt(settings, salt), { mode: 0o600 });
}

function withSalt(settings: string, salt: unknown): string {
  const document = parseDocument(settings);
  if (document.has(saltKey)) return settings;
  document.set(saltKey, salt);
  return document.toString({ lineWidth: 0 });
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
