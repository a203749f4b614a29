import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { UsageError } from "./failure";

/** Runs a command line of daemon-access where it reaches a cloud on this machine. */
export interface LocalCloud {
  /**
   * @param project the directory of the stack's program
   * @returns the exit code
   */
  run(argv: readonly string[], project: string): Promise<number>;
}

/** The package `local-azure`, where the project or this package has it. It is started as a process and never imported. */
export const installedLocalAzure: LocalCloud = {
  async run(argv, project) {
    const where = project === process.cwd() ? [] : ["--cwd", project];
    const args = [commandOf([join(project, "package.json"), __filename]), "tool", ...where, "--", ...argv];
    const child = spawn(process.execPath, args, { stdio: "inherit" });
    // Both hear the terminal's Ctrl-C; this process tells the exit code.
    const wait = (): void => undefined;
    process.on("SIGINT", wait);
    return await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => {
        process.off("SIGINT", wait);
        resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
      });
    });
  },
};

/** The file that the package's `bin` names. */
function commandOf(places: readonly string[]): string {
  for (const place of places) {
    const require = createRequire(place);
    try {
      const manifest = require.resolve("local-azure/package.json");
      const { bin } = require(manifest) as { readonly bin: { readonly "local-azure": string } };
      return join(dirname(manifest), bin["local-azure"]);
    } catch {
      continue;
    }
  }
  throw new UsageError("--local: the package local-azure is not installed. Run `npm install --save-dev local-azure`.");
}
