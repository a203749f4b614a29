import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { requireNodeVersion } from "./nodeVersion.mjs";
import { registerTypeScript } from "./typescript.cjs";

/** The project's root directory. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Makes sure of Node.js and of the packages: what every command needs before it can start. */
export async function bootstrap() {
  requireNodeVersion();
  const { installPackages } = await import("./packages.mjs");
  await installPackages(root);
}

/**
 * Loads a TypeScript file of the project into this process.
 *
 * @param {string} file its path from the project's root
 */
export function loadTypeScript(file) {
  const require = createRequire(join(root, "package.json"));
  registerTypeScript(root);
  return require(join(root, file));
}
