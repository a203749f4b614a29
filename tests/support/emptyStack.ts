import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Makes a stack without resources in a backend's directory, where there is none, as `pulumi stack init` does, which takes a
 * third of a second: the stack's first operation makes the salt of its passphrase then.
 */
export function makeEmptyStack(backend: string, project: string, stack: string): void {
  const file = join(backend, ".pulumi", "stacks", project, `${stack}.json`);
  if (existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // Backends without it are of a time when stacks belonged to no project.
  writeFileSync(join(backend, ".pulumi", "meta.yaml"), "version: 1\n", { mode: 0o600 });
  const state = { version: 3, checkpoint: { stack: `organization/${project}/${stack}` } };
  writeFileSync(file, JSON.stringify(state), { mode: 0o600 });
}
