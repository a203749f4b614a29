import { operationDocument, reportOperation, reportOutputs } from "../output/operationReport";
import { nextSteps } from "../output/nextSteps";
import { withStack } from "../stack/stackSession";
import { exitCodes, type ExitCode } from "../userError";
import type { CommandContext } from "./command";
import { disableExpired } from "./disableExpired";
import { exitCodeOf, reportOptions } from "./operations";
import { deliveredBy, runVerify } from "./verify";

/** `npm run local`: everything, on a fresh clone too. */
export async function deploy(context: CommandContext): Promise<ExitCode> {
  const { console, stack } = context;
  const heading = (text: string): void => {
    console.line(console.colors.bold(text));
  };
  return await withStack({ ...context, command: "deploy" }, async (session) => {
    const { engine, azure, interrupts } = session;
    heading(`Pulumi engine ${engine.version}`);
    console.line(`  ${engine.command}`);
    heading(`Local Azure${azure.attached ? ", run by `serve`" : ""}`);
    console.line(`  ${azure.proxyUrl}, state in ${context.state.path}`);
    heading(`Deploying stack ${stack}`);
    const result = await session.run("up");
    reportOperation(console, result, reportOptions(context));
    const document = { stack, engine, ...operationDocument(result, context) };
    const delivered = deliveredBy(stack, result.outputs ?? {});
    if (!result.ok || interrupts.wasInterrupted() || delivered === undefined) {
      if (console.json) {
        console.document(document);
      }
      return exitCodeOf(result, session);
    }
    await disableExpired(context, azure, result);
    heading("Outputs");
    reportOutputs(console, result.outputs ?? {});
    heading("Verifying the delivered credentials");
    const { ok, report } = await runVerify(azure, delivered, console, { signal: interrupts.signal });
    if (console.json) {
      console.document({ ...document, ok, verify: report });
    } else if (ok && !interrupts.wasInterrupted()) {
      heading("Next steps");
      console.line(nextSteps(stack, console.width));
    }
    return interrupts.wasInterrupted() ? exitCodes.interrupted : ok ? exitCodes.ok : exitCodes.failed;
  });
}
