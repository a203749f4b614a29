import { z } from "zod";
import type { GraphAccess } from "../credential";
import { graphRemedy } from "../remedies/graph";
import { eitherOf, newConsent } from "../replication";
import { restRead } from "../restRead";
import { measured, type Judgement, type Row } from "../rows";
import { defaultScope, label, type DaemonRun } from "./daemonRun";

/** Application permissions of Graph that let their holder list users. */
const usersPermissions: readonly string[] = [
  "User.Read.All",
  "User.ReadBasic.All",
  "User.ReadWrite.All",
  "Directory.Read.All",
  "Directory.ReadWrite.All",
];

const userList = z.object({ value: z.array(z.unknown()) });
const claims = z.object({ roles: z.array(z.string()).default([]) });

/** A permission of the configuration that Entra ID's token doesn't carry. */
class PermissionMissing extends Error {
  readonly code = "PermissionMissing";
}

/** The calls that {@link checkGraph} makes. */
export function graphCalls({ permissions }: GraphAccess): ["graph.users" | "graph.permissions"] {
  return [
    permissions.some((permission) => usersPermissions.includes(permission)) ? "graph.users" : "graph.permissions",
  ];
}

/** Lists users as the daemon; where none of its permissions is for that, looks for them in its token. */
export async function checkGraph(run: DaemonRun, graph: GraphAccess): Promise<Row[]> {
  const judge: Judgement = (failure) => ({
    result: graph.consent !== "grant" && awaitsConsent.has(failure.code) ? "waiting" : "failed",
    remedy: graphRemedy(failure, run.credential, graph),
  });
  const [check] = graphCalls(graph);
  const { row } = await measured(run.credential.daemon, check, judge, async () => {
    const replication = eitherOf(run.signInReplication, newConsent(graph.consent));
    const detail = await run.patience.call(label(run, "Microsoft Graph"), replication, async (signal) => {
      const token = await run.tokens(defaultScope(graph.endpoint), signal);
      return check === "graph.users" ? listUsers(graph, token, signal) : permissionsIn(token, graph);
    });
    return { value: undefined, detail };
  });
  return [row];
}

const awaitsConsent: ReadonlySet<string> = new Set(["Authorization_RequestDenied", "PermissionMissing"]);

async function listUsers(graph: GraphAccess, token: string, signal: AbortSignal): Promise<string> {
  const answer = await restRead(`${graph.endpoint.replace(/\/$/, "")}/users?$top=10&$select=id`, token, signal);
  const count = userList.parse(answer).value.length;
  return count === 1 ? "1 user" : `${count === 10 ? "10 or more" : count} users`;
}

function permissionsIn(token: string, graph: GraphAccess): string {
  const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8");
  const { roles } = claims.parse(JSON.parse(payload));
  const missing = graph.permissions.filter((permission) => !roles.includes(permission));
  if (missing.length > 0) {
    throw new PermissionMissing(`The token does not carry ${missing.join(", ")}.`);
  }
  return graph.permissions.join(", ");
}
