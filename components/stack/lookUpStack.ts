import * as pulumi from "@pulumi/pulumi";
import type { RawOutputs } from "./readContract";
import { StackReferenceError } from "./stackReferenceError";

/** The engine's own function behind stack references. */
const READ_OUTPUTS = "pulumi:pulumi:readStackOutputs";

interface EngineAnswer {
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly secretOutputNames?: readonly string[];
}

/**
 * Makes sure that the backend has the stack and opens it. The engine ends the program when a stack reference fails, with
 * a word on what happened and none on what to do; a function that fails can be told.
 *
 * @returns the stack's full name
 * @throws StackReferenceError
 */
export async function lookUpStack(stack: string, parent: pulumi.Resource): Promise<string> {
  await readStackOutputs(stack, { parent });
  return stack;
}

/**
 * A stack's outputs, before anything is registered.
 *
 * @throws StackReferenceError
 */
export async function readStackOutputs(stack: string, options: pulumi.InvokeOptions = {}): Promise<RawOutputs> {
  try {
    const found = (await pulumi.runtime.invoke(READ_OUTPUTS, { name: stack }, options)) as EngineAnswer;
    return { outputs: found.outputs ?? {}, secretNames: found.secretOutputNames ?? [] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // Something else of the program has failed, and the engine tells of that.
    if (reason.includes("Resource monitor is terminating")) throw error;
    throw new StackReferenceError(stack, [whatToDo(reason)]);
  }
}

function whatToDo(reason: string): string {
  if (reason.includes("unknown stack")) {
    return "is not in this backend. Check organization, project and stack; `pulumi stack ls --all` lists the stacks. A stack in another backend cannot be referenced.";
  }
  if (reason.includes("passphrase must be set")) {
    return "is protected with a passphrase, and the engine wants one before it opens its state. Set PULUMI_CONFIG_PASSPHRASE; any value will do, even an empty one, because no output that is read here is secret.";
  }
  return `the engine says: ${reason}. Check that this program's backend is the stack's, and that you may read it.`;
}
