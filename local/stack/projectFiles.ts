import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readSettingsFile, settingsFileName } from "./settingsFile";

const saltLine = /^encryptionsalt:.*$/m;

/**
 * Copies Pulumi.yaml and the stack's settings into the working directory, where the engine may write: it puts the
 * passphrase's salt into a stack's settings, and the committed file must stay as it is. The salt stays between runs,
 * overrides do not.
 *
 * @param overrides "key=value" for this run's settings
 * @throws UserError as {@link readSettingsFile} does
 */
export function copyProjectFiles(
  project: string,
  work: string,
  stack: string,
  overrides: readonly string[] = [],
): void {
  const { text: settings } = readSettingsFile(project, stack, overrides);
  mkdirSync(work, { recursive: true, mode: 0o700 });
  copyFileSync(join(project, "Pulumi.yaml"), join(work, "Pulumi.yaml"));
  // The engine asks for the program's directory to be there, although an inline program is not read from it.
  const main = /^main:\s*["']?([^\s"'#]+)/m.exec(readFileSync(join(project, "Pulumi.yaml"), "utf8"))?.[1];
  mkdirSync(join(work, main ?? "."), { recursive: true });
  const target = join(work, settingsFileName(stack));
  const salt = existsSync(target) ? saltLine.exec(readFileSync(target, "utf8"))?.[0] : undefined;
  const keepsSalt = saltLine.test(settings) || salt === undefined;
  writeFileSync(target, keepsSalt ? settings : `${settings.trimEnd()}\n${salt}\n`, { mode: 0o600 });
}
