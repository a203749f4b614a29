import { z } from "zod";
import { identities, tenant } from "../azure/landingZone/layout";
import { jsonObject, RestClient } from "../providers/rest/client";
import { openConnection, type HttpRequest } from "../providers/rest/connection";
import { noRequests } from "../providers/rest/counters";
import { ownRule } from "../providers/rest/ownRule";
import { TokenSource } from "../providers/rest/tokenSource";
import { openAzure } from "../session/azureSession";
import { readStackState, stateFile } from "../stack/stateFile";
import { exitCodes, UserError, type ExitCode } from "../userError";
import type { CommandContext } from "./command";

const graphUrl = "https://graph.microsoft.com";
const graphAppId = "00000003-0000-0000-c000-000000000000";

const graphPrincipal = z.object({ id: z.string(), appRoles: z.array(z.object({ id: z.string(), value: z.string() })) });
const assignments = z.object({ value: z.array(z.object({ appRoleId: z.string(), resourceId: z.string() })) });
const daemonOutputs = z.object({ objectId: z.string(), permissions: z.array(z.string()) });

type Send = (method: HttpRequest["method"], path: string, body?: unknown) => Promise<Record<string, unknown>>;

/** `npm run local -- consent --daemon NAME`: what an administrator does at the admin-consent address, as one. */
export async function consent(context: CommandContext, daemon: string): Promise<ExitCode> {
  const { console } = context;
  const { objectId, permissions } = deployedDaemon(context, daemon);
  const azure = await openAzure({ ...context, command: "consent" });
  const clientSecret = azure.secretOf("administrator");
  console.hide(clientSecret);
  const connection = openConnection(azure.proxyUrl, azure.caFile);
  try {
    const counters = noRequests();
    const credentials = { tenantId: tenant.id, clientId: identities.administrator.clientId, clientSecret };
    const client = new RestClient(connection, new TokenSource(connection, credentials, counters), counters, {
      service: "graph",
      baseUrl: graphUrl,
      scope: `${graphUrl}/.default`,
      rule: ownRule,
    });
    const granted = await grant(graph(client), objectId, permissions);
    console.line(
      granted.length === 0
        ? `${daemon} already has consent for ${permissions.join(", ")}.`
        : `Consented for ${daemon}: ${granted.join(", ")}.`,
    );
    if (console.json) {
      console.document({ daemon, objectId, permissions, granted });
    }
    return exitCodes.ok;
  } finally {
    await connection.close();
    await azure.close();
  }
}

function deployedDaemon({ state, project, stack }: CommandContext, daemon: string): z.infer<typeof daemonOutputs> {
  const { outputs } = readStackState(stateFile(state, project, stack));
  const known = Array.isArray(outputs["daemons"]) ? outputs["daemons"].map(String) : [];
  if (!known.includes(daemon)) {
    throw new UserError(
      `--daemon: the stack ${stack} has no "${daemon}"; it has ${known.join(", ") || "none, as it is not deployed"}.`,
      exitCodes.usage,
    );
  }
  return daemonOutputs.parse({
    objectId: outputs[`${daemon}.objectId`],
    permissions: outputs[`${daemon}.permissions`] ?? [],
  });
}

/** Gives each permission that the daemon lacks, and names those. */
async function grant(send: Send, principalId: string, permissions: readonly string[]): Promise<string[]> {
  const microsoftGraph = graphPrincipal.parse(
    await send("GET", `/v1.0/servicePrincipals(appId='${graphAppId}')?$select=id,appRoles`),
  );
  const held = assignments.parse(await send("GET", `/v1.0/servicePrincipals/${principalId}/appRoleAssignments`));
  const granted: string[] = [];
  for (const permission of permissions) {
    const role = microsoftGraph.appRoles.find(({ value }) => value === permission);
    if (role === undefined) {
      throw new UserError(`Microsoft Graph has no application permission ${permission}.`);
    }
    const has = held.value.some(
      ({ appRoleId, resourceId }) => appRoleId === role.id && resourceId === microsoftGraph.id,
    );
    if (!has) {
      const body = { principalId, resourceId: microsoftGraph.id, appRoleId: role.id };
      await send("POST", `/v1.0/servicePrincipals/${microsoftGraph.id}/appRoleAssignedTo`, body);
      granted.push(permission);
    }
  }
  return granted;
}

function graph(client: RestClient): Send {
  return async (method, path, body) => {
    const response = await client.send(method, path, AbortSignal.timeout(30_000), { body });
    if (response.status >= 300) {
      throw new UserError(`${method} ${path} answered ${response.status}: ${response.body}`);
    }
    return jsonObject(response);
  };
}
