import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exitCodes, UserError } from "../userError";

const saltLine = /^encryptionsalt:.*$/m;
const stackFile = (stack: string): string => `Pulumi.${stack}.yaml`;

/**
 * Copies Pulumi.yaml and the stack's settings into the working directory, where the engine may write: it puts the
 * passphrase's salt into a stack's settings, and the committed file must stay as it is. The salt stays between runs.
 *
 * @throws UserError where the project has no such stack
 */
export function copyProjectFiles(project: string, work: string, stack: string): void {
  const source = join(project, stackFile(stack));
  if (!existsSync(source)) {
    const known = readdirSync(project).flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []);
    throw new UserError(
      `--stack: there is no ${source}. Stacks of this project: ${known.join(", ") || "none"}. Name one of them, or write that file.`,
      exitCodes.usage,
    );
  }
  mkdirSync(work, { recursive: true, mode: 0o700 });
  copyFileSync(join(project, "Pulumi.yaml"), join(work, "Pulumi.yaml"));
  // The engine asks for the program's directory to be there, although an inline program is not read from it.
  const main = /^main:\s*["']?([^\s"'#]+)/m.exec(readFileSync(join(project, "Pulumi.yaml"), "utf8"))?.[1];
  mkdirSync(join(work, main ?? "."), { recursive: true });
  const target = join(work, stackFile(stack));
  const settings = readFileSync(source, "utf8");
  const salt = existsSync(target) ? saltLine.exec(readFileSync(target, "utf8"))?.[0] : undefined;
  const keepsSalt = saltLine.test(settings) || salt === undefined;
  writeFileSync(target, keepsSalt ? settings : `${settings.trimEnd()}\n${salt}\n`, { mode: 0o600 });
}
