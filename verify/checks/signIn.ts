import { signInRemedy } from "../remedies/signIn";
import { measured, type Row } from "../rows";
import { defaultScope, label, lakeScope, resourceManager, type DaemonRun } from "./daemonRun";

/** Signs the daemon in once, so that a credential that doesn't work is told once and not by every call. */
export async function checkSignIn(run: DaemonRun): Promise<Row> {
  const { credential } = run;
  const { row } = await measured(
    credential.daemon,
    "signIn",
    (failure) => ({ result: "failed", remedy: signInRemedy(failure, credential) }),
    async () => {
      await run.patience.call(label(run, "sign-in"), run.signInReplication, (signal) =>
        run.tokens(firstScope(run), signal),
      );
      return { value: undefined, detail: `as ${credential.clientId}` };
    },
  );
  return row;
}

function firstScope({ credential: { graph, lake } }: DaemonRun): string {
  if (graph !== undefined) {
    return defaultScope(graph.endpoint);
  }
  return lake === undefined ? defaultScope(resourceManager) : lakeScope;
}
