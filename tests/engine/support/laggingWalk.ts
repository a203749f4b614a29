import type { Conditions } from "../../../local/azure/conditions/conditions";
import { identities, subscription } from "../../../local/azure/landingZone/layout";
import { censusOf, type Census } from "./census";
import { documentOf, type OperationDocument } from "./document";
import { HostedStack } from "./hostedStack";

/** How often a step is run until it is green: right away, where the remedy says in a minute, while a role takes up to 12 s. */
const attempts = 10;
const owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

/** What the walk came to. */
export interface Walked {
  /** Each run that was not green, as "<step>: <errors with their remedies>". */
  readonly reported: readonly string[];
  /** Before the stack is made, before it is destroyed, and after. */
  readonly before: Census;
  readonly standing: Census;
  readonly left: Census;
  /** How many requests got another answer than a success: what the lag has cost. */
  readonly refusals: number;
}

/** A daemon with a trust and a role of its own. */
const third = [
  "name=third",
  "federated[0].name=main",
  "federated[0].gitHub.repository=contoso/forecasts",
  "federated[0].gitHub.branch=main",
  "machineLearning.job=train",
].flatMap((setting) => ["--config", `daemons[2].${setting}`]);

/** After the turn of the dev stack's secrets, and before the overlap ends. */
export const turned = ["--config", "asOf=2027-01-02T00:00:00Z"];

/**
 * The dev stack's life, each step right after the one before: it is made and verified, its secrets turn, a daemon is added and
 * removed again, and all is destroyed. A run that is not green is run again.
 *
 * @throws where a step is not green in the end, or not green without an error
 */
export async function walkWhileLagging(conditions: Conditions): Promise<Walked> {
  const stack = await HostedStack.open({ startsAt: new Date().toISOString(), conditions });
  const reported: string[] = [];
  let refusals = 0;
  stack.local.azure.requests.listen(({ status }) => {
    refusals += status >= 400 ? 1 : 0;
  });
  const step = async (name: string, ...args: string[]): Promise<void> => {
    for (let attempt = 1; ; attempt += 1) {
      const finished = await stack.cli.run(...args, "--json");
      if (finished.code === 0) {
        return;
      }
      const told = toldIn(documentOf(finished));
      reported.push(`${name}: ${told.join("; ")}`);
      if (told.length === 0 || attempt === attempts) {
        throw new Error(`${name} is not green: ${reported.join(" | ")}\n${finished.stderr}`);
      }
    }
  };
  /** Moves the clock to where every change is everywhere, and counts. */
  const counted = (): Promise<Census> => {
    stack.local.clock.advance({ hours: 1 });
    return censusOf(stack.administrator);
  };
  try {
    await stack.administrator.assign(`/subscriptions/${subscription.id}`, owner, identities.deployer.objectId);
    const before = await counted();
    await step("made and verified");
    await step("turned", "up", ...turned);
    await step("a daemon added", "up", ...turned, ...third);
    await step("a daemon removed", "up", ...turned);
    const standing = await counted();
    await step("destroyed", "destroy");
    return { reported, before, standing, left: await counted(), refusals };
  } finally {
    await stack.close();
  }
}

/** The errors of a run, and the checks that failed. */
const toldIn = ({ errors, verify }: OperationDocument): string[] => [
  ...errors.map(({ message, remedy }) => `${message} Remedy: ${remedy ?? "none"}`),
  ...(verify?.checks ?? [])
    .filter(({ result }) => result === "failed")
    .map(
      ({ daemon, check, reason, remedy }) =>
        `${daemon ?? "the vault"}: ${check} failed: ${reason?.code}: ${reason?.message}. Remedy: ${remedy ?? "none"}`,
    ),
];
