import { createRequire } from "node:module";
import { connectionVariables, identityVariables, withoutForeign } from "../environment";
import type { NodejsLanguage } from "../language/nodejsLanguage";
import type { AzureSession } from "../session/azureSession";

/** Loads a module at the moment it is needed. Not `import()`: Node.js answers that itself, and knows no TypeScript. */
const later = createRequire(__filename);

/**
 * Starts the language host that runs a project's program, in an environment in which Azure's clients reach local Azure as
 * the deployer.
 *
 * @param work the engine's working directory, which stands for the project's
 */
export async function languageOf(azure: AzureSession, project: string, work: string): Promise<NodejsLanguage> {
  const { startNodejsLanguage } = later("../language/nodejsLanguage") as typeof import("../language/nodejsLanguage");
  const env = {
    ...withoutForeign(process.env),
    ...connectionVariables(azure),
    ...identityVariables("deployer", azure.secretOf("deployer")),
  };
  return await startNodejsLanguage(env, { [work]: project });
}
