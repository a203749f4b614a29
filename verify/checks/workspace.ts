import { z } from "zod";
import type { WorkspaceAccess } from "../credential";
import { workspaceRemedy } from "../remedies/workspace";
import { eitherOf, newRole } from "../replication";
import { restRead } from "../restRead";
import { measured, type Row } from "../rows";
import { defaultScope, label, resourceManager, type DaemonRun } from "./daemonRun";

const apiVersion = "2024-04-01";
const workspace = z.object({ name: z.string(), location: z.string() });

/** Reads the Machine Learning workspace from Azure Resource Manager as the daemon. */
export async function checkWorkspace(run: DaemonRun, access: WorkspaceAccess): Promise<Row[]> {
  const { row } = await measured(
    run.credential.daemon,
    "workspace.read",
    (failure) => ({ result: "failed", remedy: workspaceRemedy(failure, run.credential, access) }),
    async () => {
      const replication = eitherOf(run.signInReplication, newRole);
      const answer = await run.patience.call(label(run, "reading the workspace"), replication, async (signal) => {
        const token = await run.tokens(defaultScope(resourceManager), signal);
        return restRead(`${resourceManager}${access.workspaceId}?api-version=${apiVersion}`, token, signal);
      });
      const { name, location } = workspace.parse(answer);
      return { value: undefined, detail: `${name} in ${location}` };
    },
  );
  return [row];
}
