import { signInRemedy } from "../remedies/signIn";
import { eitherOf, newRole } from "../replication";
import { measured, skipped, type Row } from "../rows";
import type { SignIn } from "../signIn/signIn";
import { defaultScope, label, lakeScope, resourceManager, type DaemonRun } from "./daemonRun";

/** Signs the daemon in once, so that a credential that doesn't work is told once and not by every call. */
export async function checkSignIn(run: Omit<DaemonRun, "tokens">, { how, notHere, tokens }: SignIn): Promise<Row> {
  const { credential } = run;
  if (notHere !== undefined) {
    return skipped(credential.daemon, "signIn", notHere);
  }
  const { row } = await measured(
    credential.daemon,
    "signIn",
    (failure) => ({ result: "failed", remedy: signInRemedy(failure, credential) }),
    async () => {
      const replication = eitherOf(run.signInReplication, newRole);
      await run.patience.call(label(run, how === undefined ? "sign-in" : `sign-in ${how}`), replication, (signal) =>
        tokens(firstScope(run), signal),
      );
      return {
        value: undefined,
        detail: [`as ${credential.clientId}`, ...(how === undefined ? [] : [how])].join(", "),
      };
    },
  );
  return row;
}

function firstScope({ credential: { graph, lake } }: Pick<DaemonRun, "credential">): string {
  if (graph !== undefined) {
    return defaultScope(graph.endpoint);
  }
  return lake === undefined ? defaultScope(resourceManager) : lakeScope;
}
