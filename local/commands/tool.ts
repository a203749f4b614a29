import { resolve } from "node:path";
import { daemonAccess } from "../../tools/cli/daemonAccess";
import { LOCAL_COMMAND } from "../../tools/verify/remedies/commands";
import { typedName } from "../invocation";
import { localPreview } from "../review/localPreview";
import { projectRoot } from "../stateDirectory";
import type { CommandContext } from "./command";
import { runCommand } from "./run";

/** Who a command of daemon-access is, on local Azure: whoever reads credentials is their consumer, all else the deployer. */
const identityOf = ([command, subcommand]: readonly string[]): "consumer" | "deployer" =>
  command === "verify" || (command === "estate" && subcommand === "verify") ? "consumer" : "deployer";

/** Whether a command previews, which local Azure does in this process. */
const previews = (command: string | undefined, words: readonly string[]): boolean =>
  command === "review" || (command === "report" && words.includes("--preview"));

/** `daemon-access COMMAND --local`: a command of daemon-access on local Azure. Gives its exit code. */
export async function tool(context: CommandContext, argv: readonly string[]): Promise<number> {
  const words = argv.filter((word) => word !== "--local");
  const [command] = words;
  if (!previews(command, words)) {
    const entry = resolve(projectRoot, "tools", "start.mjs");
    const as = identityOf(words);
    const machine = { ...context.machine, [LOCAL_COMMAND]: typedName };
    return await runCommand({ ...context, machine }, [process.execPath, entry, ...words], { as, pulumi: true });
  }
  return await daemonAccess(words, {
    env: process.env,
    preview: localPreview(context.state, context.machine),
    localCloud: { run: () => Promise.reject(new Error("This already runs on local Azure.")) },
    print: {
      out: (text) => void process.stdout.write(text),
      err: (text) => void process.stderr.write(text),
    },
  });
}
