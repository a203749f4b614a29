import { pulumi } from "../../cli/pulumi";
import { readPrinted } from "../run/printed";
import { runPulumi } from "../run/pulumiProcess";
import type { Stacks } from "./moveDaemon";
import { readState } from "./state";

/** The stacks of the pulumi command. Secrets pass through its streams and this process's memory, and nowhere else. */
export const pulumiStacks = (env: NodeJS.ProcessEnv): Stacks => ({
  async read(stack) {
    return readState(await pulumi(["stack", "export", "--show-secrets", "--stack", stack], { env }));
  },
  async write(stack, state) {
    await pulumi(["stack", "import", "--stack", stack], { input: JSON.stringify(state), env });
  },
  async changes(stack) {
    const { ok, output } = await runPulumi(
      ["preview", "--expect-no-changes", "--suppress-progress", "--suppress-outputs", "--stack", stack],
      env,
      () => undefined,
    );
    const { changes, errors } = readPrinted(output);
    return ok ? "" : errors || changes || "pulumi gave no reason";
  },
});
