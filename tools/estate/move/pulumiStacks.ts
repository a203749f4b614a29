import { z } from "zod";
import { pulumi } from "../../cli/pulumi";
import { OverwrittenError, type Stacks } from "./moveDaemon";
import { nameInUrn } from "../../engine/urns";
import { readState } from "./state";

const resource = z.looseObject({ type: z.string(), custom: z.boolean().optional() }).nullish();
const preview = z.looseObject({
  steps: z
    .array(z.looseObject({ op: z.string(), urn: z.string(), oldState: resource, newState: resource }))
    .default([]),
});

const history = z.array(z.looseObject({ version: z.number(), kind: z.string(), startTime: z.string() })).nullable();

/** A stack's last operation that was no import of a state: "7 2026-11-29T17:00:00.000Z"; empty where there was none. */
async function lastOperation(stack: string, env: NodeJS.ProcessEnv): Promise<string> {
  const updates = history.parse(JSON.parse(await pulumi(["stack", "history", "--json", "--stack", stack], { env })));
  const last = updates?.find(({ kind }) => kind !== "import");
  return last === undefined ? "" : `${last.version} ${last.startTime}`;
}

/** The stacks of the pulumi command. Secrets pass through its streams and this process's memory, and nowhere else. */
export const pulumiStacks = (env: NodeJS.ProcessEnv): Stacks => ({
  async read(stack) {
    return readState(await pulumi(["stack", "export", "--show-secrets", "--stack", stack], { env }));
  },
  async write(stack, state, before) {
    const last = await lastOperation(stack, env);
    if (JSON.stringify(await this.read(stack)) !== JSON.stringify(before)) return false;
    await pulumi(["stack", "import", "--stack", stack], { input: JSON.stringify(state), env });
    // The engine locks the stack for each of its commands alone.
    if ((await lastOperation(stack, env)) !== last) throw new OverwrittenError(stack);
    return true;
  },
  async changes(stack) {
    const { steps } = preview.parse(JSON.parse(await pulumi(["preview", "--json", "--stack", stack], { env })));
    // A component is of the state alone: a stack's first daemon with a lake brings that of the lake.
    return steps
      .map(({ op, urn, oldState, newState }) => ({ op, urn, is: newState ?? oldState }))
      .filter(({ op, is }) => op !== "same" && op !== "read" && is?.custom === true)
      .map(({ op, urn, is }) => `${op} ${is?.type ?? ""} ${nameInUrn(urn)}`)
      .join(", ");
  },
});
