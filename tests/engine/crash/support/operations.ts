import { rmSync } from "node:fs";
import { handMadeSettings, makeEstateByHand } from "../../support/handMadeEstate";
import { HostedStack } from "../../support/hostedStack";

/** A command that is killed, and what it starts from. */
export interface Operation {
  readonly args: readonly string[];
  /** Brings an empty stack to where the command starts. */
  readonly prepare: (stack: HostedStack) => Promise<unknown>;
}

const leakedAt = new Date().toISOString().replace(/\.\d+Z$/, "Z");
const deployed = (stack: HostedStack): Promise<unknown> => stack.succeed("up", "--no-policy");

export const operations = {
  up: { args: ["up", "--no-policy"], prepare: () => Promise.resolve() },
  rotation: {
    args: ["up", "--no-policy", "--config", `daemons[0].secret.rotateNow=${leakedAt}`],
    prepare: deployed,
  },
  adoption: {
    args: ["import", ...handMadeSettings],
    prepare: ({ administrator }) => makeEstateByHand(administrator),
  },
  destroy: { args: ["destroy"], prepare: deployed },
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;

/** Closed state directories from which the operations start, each made once. */
export class Starts {
  private readonly made = new Map<Operation["prepare"], Promise<string>>();

  of({ prepare }: Operation): Promise<string> {
    const made = this.made.get(prepare) ?? make(prepare);
    this.made.set(prepare, made);
    return made;
  }

  async remove(): Promise<void> {
    for (const directory of await Promise.all(this.made.values())) rmSync(directory, { recursive: true });
  }
}

async function make(prepare: Operation["prepare"]): Promise<string> {
  const stack = await HostedStack.open();
  await prepare(stack);
  await stack.close({ keepsState: true });
  return stack.state.path;
}
