import { createRequire } from "node:module";
import { join } from "node:path";
import { deferSeldomUsed } from "../../program/deferredModules";
import { errorMessage } from "../../program/message";
import { plain, type Answer, type Job } from "./job";
import { pulumi } from "../../cli/pulumi";
import { type ReadStack, recordProgram, type Sdk, type StackOutputs } from "./recording";

/** The process that records a program: asked once by its parent, it answers once and ends. */
process.once("message", (job: Job) => {
  void answered(job).then((answer) =>
    process.send?.(answer, undefined, undefined, () => {
      process.exit();
    }),
  );
});

async function answered({ program, settings }: Job): Promise<Answer> {
  const fromProgram = createRequire(join(process.cwd(), "program.js"));
  try {
    const sdk = sdkOf(fromProgram);
    return { recording: plain(await recordProgram(() => run(fromProgram(program)), settings, sdk, readStack)) };
  } catch (error) {
    return { failure: errorMessage(error) };
  }
}

/** The program's own copy of the SDK. */
function sdkOf(fromProgram: NodeJS.Require): Sdk {
  const endDeferral = deferSeldomUsed(fromProgram);
  const sdk = fromProgram("@pulumi/pulumi") as Sdk;
  endDeferral();
  return sdk;
}

/** A stack that the program builds on, from its backend. */
const readStack: ReadStack = async (name) =>
  JSON.parse(await pulumi(["stack", "output", "--json", "--stack", name])) as StackOutputs;

/** A program is a module, or the function that a module exports. */
async function run(exported: unknown): Promise<unknown> {
  const isModule = typeof exported === "object" && exported !== null && "default" in exported;
  const main = isModule ? exported.default : exported;
  return await (typeof main === "function" ? (main as () => unknown)() : main);
}
