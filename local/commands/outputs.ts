import { reportOutputs } from "../output/operationReport";
import { readStackState, stateFile } from "../stack/stateFile";
import { exitCodes, UserError, type ExitCode } from "../userError";
import type { CommandContext } from "./command";
import { localCommand } from "../invocation";

/** `npm run local -- outputs` */
export function outputs({ console, state, project, stack }: CommandContext): Promise<ExitCode> {
  const { outputs: values, urns } = readStackState(stateFile(state, project, stack));
  if (urns.size === 0) {
    throw new UserError(`The stack ${stack} is not deployed. Run \`${localCommand()}\` first.`);
  }
  if (console.json) {
    console.document(values);
  } else {
    reportOutputs(console, values);
  }
  return Promise.resolve(exitCodes.ok);
}
