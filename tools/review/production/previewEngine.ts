import { PulumiCommand } from "@pulumi/pulumi/automation";
import { CommandError } from "../../cli/failure";
import { type Bounds, nameOf, startBounded } from "../../engine/boundedEngine";
import { endedWithCommand } from "../../engine/endedWithCommand";
import { type EngineOutput, EngineProcess } from "../../engine/engineProcess";
import { reasonIn } from "../../engine/reason";
import { stoppingMs } from "../../program/stillness";

/**
 * Runs the pulumi command of PATH for the Automation API, in place of its own command class: an operation that is aborted and does
 * not end is killed with what it has started, and so is a question to the backend that stays unanswered. The API's own class asks
 * once, and waits for ever.
 */
export class PreviewEngine {
  /**
   * @param command "pulumi"
   * @param version of that command; null where it is not known
   */
  constructor(
    readonly command: string,
    readonly version: PulumiCommand["version"],
    private readonly bounds: Bounds,
  ) {}

  /** @throws Error where there is no such command, or it is too old */
  static async onPath(bounds: Bounds = {}): Promise<PreviewEngine> {
    const { command, version } = await PulumiCommand.get();
    return new PreviewEngine(command, version, bounds);
  }

  /**
   * @param signal of an operation, whose standstill whoever follows its events notices
   * @throws CommandError with pulumi's words where it fails
   */
  async run(
    args: string[],
    cwd: string,
    additionalEnv: Readonly<Record<string, string>>,
    onOutput?: (text: string) => void,
    onError?: (text: string) => void,
    signal?: AbortSignal,
  ): Promise<EngineOutput> {
    const env = { ...process.env, ...additionalEnv, PULUMI_AUTOMATION_API: "true" };
    const start = { cwd, env, onOutput, onError };
    if (signal === undefined) {
      const { ended } = endedWithCommand(() => startBounded(args, start, this.bounds));
      const { still, ...output } = await ended;
      return checked(args, output, still);
    }
    const { engine } = endedWithCommand(() => ({ engine: new EngineProcess(this.command, args, start) }));
    const giveUp = (): void => {
      engine.giveUp(this.bounds.patience ?? stoppingMs);
    };
    signal.addEventListener("abort", giveUp);
    try {
      return checked(args, await engine.ended);
    } finally {
      signal.removeEventListener("abort", giveUp);
    }
  }
}

function checked(args: readonly string[], output: EngineOutput, still?: string): EngineOutput {
  if (output.code === 0) return output;
  throw new CommandError(`pulumi ${nameOf(args)} failed: ${still ?? reasonIn(output)}`);
}
