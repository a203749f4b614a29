import { isDeepStrictEqual } from "node:util";
import type { RequestRecord } from "../../../../local/azure/network/requestLog";
import { soaking } from "../../../support/soak";
import { HostedStack } from "../../support/hostedStack";
import { endStateOf, type EndState } from "./endState";
import { operations, type OperationName, type Starts } from "./operations";
import { victims, type Victim } from "./victims";

/** A run that nothing disturbs: what it asks of Azure, and what it leaves. */
export interface Undisturbed {
  readonly requests: readonly RequestRecord[];
  readonly end: EndState;
}

export async function undisturbed(starts: Starts, name: OperationName): Promise<Undisturbed> {
  const { args } = operations[name];
  const stack = await HostedStack.open({ copyOf: await starts.of(operations[name]) });
  try {
    const { requests } = await stack.requestsDuring(() => stack.succeed(...args));
    return { requests, end: await endStateOf(stack) };
  } finally {
    await stack.close();
  }
}

/** The steps that are tried: in a soak every one, else the first request of each of these kinds. */
export function stepsOf({ requests }: Undisturbed, sample: readonly RegExp[]): number[] {
  if (soaking) return requests.map((_, index) => index + 1);
  return sample.map((kind) => {
    const index = requests.findIndex(({ method, path }) => kind.test(`${method} ${path}`));
    if (index === -1) throw new Error(`no request is ${String(kind)}`);
    return index + 1;
  });
}

/** Steps that were reached, and what went wrong at which. */
export interface Stepped {
  readonly tried: number;
  readonly problems: readonly string[];
}

/** Kills an operation at each step, runs the same command again, and compares what it leaves with an undisturbed run's. */
export async function stepThrough(
  starts: Starts,
  name: OperationName,
  victim: Victim,
  expected: Undisturbed,
  steps: readonly number[],
): Promise<Stepped> {
  const problems: string[] = [];
  let tried = 0;
  for (const step of steps) {
    const { isReached, problem } = await killedAt(starts, name, victim, expected, step);
    tried += isReached ? 1 : 0;
    const request = expected.requests[step - 1];
    if (problem !== undefined) {
      problems.push(`${name}, ${victim} killed at step ${step} (${request?.method} ${request?.path}): ${problem}`);
    }
    if (soaking) process.stderr.write(`${name}, ${victim}, step ${step} of ${steps.length}: ${problem ?? "ok"}\n`);
  }
  return { tried, problems };
}

async function killedAt(
  starts: Starts,
  name: OperationName,
  victim: Victim,
  { end }: Undisturbed,
  step: number,
): Promise<{ readonly isReached: boolean; readonly problem: string | undefined }> {
  const { args } = operations[name];
  const start = await starts.of(operations[name]);
  const { stack, isReached, printed } = await victims[victim]({ start, args, step });
  try {
    const again = await stack.cli.run(...args);
    const wrong =
      again.code === 0
        ? difference(await endStateOf(stack), end)
        : `the same command again ended with ${again.code ?? "a signal"}`;
    if (wrong === undefined) return { isReached, problem: undefined };
    const told = `${again.stdout}${again.stderr}`.trim();
    return { isReached, problem: `${wrong}\nThe command again:\n${told}\nThe killed one:\n${printed}` };
  } finally {
    await stack.close();
  }
}

function difference(found: EndState, expected: EndState): string | undefined {
  if (isDeepStrictEqual(found, expected)) return undefined;
  return `it left\n${JSON.stringify(found)}\nin place of\n${JSON.stringify(expected)}`;
}
