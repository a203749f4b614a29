import { z } from "zod";
import type { WorkspaceAccess } from "../credential";
import { workspaceRemedy } from "../remedies/workspace";
import { eitherOf, newRole } from "../replication";
import { restRead } from "../restRead";
import { measured, type CheckName, type Row } from "../rows";
import { defaultScope, label, resourceManager, type DaemonRun } from "./daemonRun";

const apiVersion = "2024-04-01";

/** What a daemon reads of Azure Resource Manager. */
interface Reading {
  readonly check: CheckName;
  /** What it waits for, as the heartbeat says it. */
  readonly waiting: string;
  readonly path: string;
  /** What is found, of a good answer. */
  readonly found: (answer: unknown) => string;
}

const workspace = z.object({ name: z.string(), location: z.string() });
const endpoint = z.object({ name: z.string(), properties: z.object({ authMode: z.string() }) });
const endpoints = z.object({ value: z.array(z.object({ name: z.string() })) });

/** The calls that a daemon's access to a workspace lets it make. */
export const workspaceCalls = (access: WorkspaceAccess): CheckName[] => [reading(access).check];

/** Reads the Machine Learning workspace, or the endpoints that the daemon calls, from Azure Resource Manager as the daemon. */
export async function checkWorkspace(run: DaemonRun, access: WorkspaceAccess): Promise<Row[]> {
  const { check, waiting, path, found } = reading(access);
  const { row } = await measured(
    run.credential.daemon,
    check,
    (failure) => ({ result: "failed", remedy: workspaceRemedy(failure, run.credential, access) }),
    async () => {
      const replication = eitherOf(run.signInReplication, newRole);
      const answer = await run.patience.call(label(run, waiting), replication, async (signal) => {
        const token = await run.tokens(defaultScope(resourceManager), signal);
        return restRead(`${resourceManager}${path}?api-version=${apiVersion}`, token, signal);
      });
      return { value: undefined, detail: found(answer) };
    },
  );
  return [row];
}

/** A daemon that only calls endpoints may not read the workspace itself. */
function reading({ workspaceId, job = "", endpoint: only }: WorkspaceAccess): Reading {
  if (!job.startsWith("call")) {
    return {
      check: "workspace.read",
      waiting: "reading the workspace",
      path: workspaceId,
      found(answer) {
        const { name, location } = workspace.parse(answer);
        return `${name} in ${location}`;
      },
    };
  }
  const path = `${workspaceId}/onlineEndpoints`;
  return {
    check: "endpoint.read",
    waiting: "reading the online endpoints",
    path: only === undefined ? path : `${path}/${only}`,
    found(answer) {
      if (only === undefined) {
        const { length } = endpoints.parse(answer).value;
        return length === 1 ? "1 endpoint" : `${length} endpoints`;
      }
      const { name, properties } = endpoint.parse(answer);
      return `${name}, which takes ${properties.authMode}`;
    },
  };
}
