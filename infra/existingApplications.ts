import { problemLine } from "../components/checks/argumentError";
import { oneSpelling } from "../components/checks/spelling";
import { findApplication } from "../components/identity/existingApplication";
import { ConfigurationError } from "./configurationError";
import { NAMESPACE } from "./problems";
import type { DaemonConfiguration } from "./schema";

/**
 * Looks existing applications up before anything is registered, so that one which can't be taken in stops the stack with
 * nothing begun.
 *
 * @throws ConfigurationError with a line for each that can't be
 */
export async function checkExistingApplications(daemons: readonly DaemonConfiguration[]): Promise<void> {
  const lines = await Promise.all(daemons.map((daemon, index) => problemOf(daemon, `${NAMESPACE}:daemons[${index}]`)));
  const problems = lines.filter((line) => line !== undefined);
  if (problems.length > 0) throw new ConfigurationError(problems);
}

async function problemOf({ existing, graph }: DaemonConfiguration, path: string): Promise<string | undefined> {
  if (!existing) return undefined;
  const expected = graph?.consent === "request" ? graph.permissions : [];
  const { problem } = await findApplication(oneSpelling(existing.clientId), expected, {});
  const inputs = { clientId: "existing.clientId", permissions: "graph.permissions" };
  return problem && problemLine(`${path}.${inputs[problem.of]}`, problem.given, problem.refusal);
}
