import { z } from "zod";
import { pulumi } from "../../cli/pulumi";
import type { Stacks } from "./moveDaemon";
import { nameOf, readState } from "./state";

const resource = z.looseObject({ type: z.string(), custom: z.boolean().optional() }).nullish();
const preview = z.looseObject({
  steps: z
    .array(z.looseObject({ op: z.string(), urn: z.string(), oldState: resource, newState: resource }))
    .default([]),
});

/** The stacks of the pulumi command. Secrets pass through its streams and this process's memory, and nowhere else. */
export const pulumiStacks = (env: NodeJS.ProcessEnv): Stacks => ({
  async read(stack) {
    return readState(await pulumi(["stack", "export", "--show-secrets", "--stack", stack], { env }));
  },
  async write(stack, state) {
    await pulumi(["stack", "import", "--stack", stack], { input: JSON.stringify(state), env });
  },
  async changes(stack) {
    const { steps } = preview.parse(JSON.parse(await pulumi(["preview", "--json", "--stack", stack], { env })));
    // A component is of the state alone: a stack's first daemon with a lake brings that of the lake.
    return steps
      .map(({ op, urn, oldState, newState }) => ({ op, urn, is: newState ?? oldState }))
      .filter(({ op, is }) => op !== "same" && op !== "read" && is?.custom === true)
      .map(({ op, urn, is }) => `${op} ${is?.type ?? ""} ${nameOf({ urn })}`)
      .join(", ");
  },
});
