import * as pulumi from "@pulumi/pulumi";
import { StackReferenceError } from "../../../components/index";
import { lookUpStack } from "../../../components/stack/lookUpStack";
import { record } from "../../support/mocks";
import { STACK } from "./ownersOutputs";

/** What becomes of a lookup that the engine refuses with these words. */
async function refused(words: string): Promise<{ readonly isOurs: boolean; readonly message: string }> {
  const fail = (): never => {
    // As gRPC does, which has the engine's words beside its own.
    throw Object.assign(new Error(`2 UNKNOWN: ${words}`), { details: words });
  };
  const { outputs } = await record({ calls: { "pulumi:pulumi:readStackOutputs": fail }, resources: {} }, async () => {
    const parent = new pulumi.ComponentResource("azure-daemon-access:index:Test", "test");
    const error = await lookUpStack(STACK, parent).catch((thrown: unknown) => thrown as Error);
    if (typeof error === "string") throw new Error("It was found.");
    return { isOurs: error instanceof StackReferenceError, message: error.message };
  });
  return outputs;
}

describe("looking a stack up", () => {
  it.each([
    [`unknown stack "${STACK}"`, "`pulumi stack ls --all` lists the stacks."],
    ["passphrase must be set with PULUMI_CONFIG_PASSPHRASE", "any value will do, even an empty one"],
    [
      "403: access denied",
      "access denied. Check that this program's backend is the stack's, and that you may read it.",
    ],
  ])("says what to do where the engine says: %s", async (words, fix) => {
    const { isOurs, message } = await refused(words);
    expect(isOurs).toBe(true);
    expect(message).toContain(`Stack "${STACK}" cannot be read:`);
    expect(message).toContain(fix);
  });

  it("leaves it to the engine to tell what else of the program has failed", async () => {
    expect(await refused("Resource monitor is terminating")).toMatchObject({ isOurs: false });
  });
});
