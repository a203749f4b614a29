import { AzureReader } from "../../tools/adopt/azureReader";
import { takeIn } from "../../tools/adopt/estate/takeIn";
import { completedLines } from "../../tools/adopt/estate/words";
import { identities, subscription, tenant } from "../azure/landingZone/layout";
import { RestClient } from "../providers/rest/client";
import { type Connection, openConnection } from "../providers/rest/connection";
import { noRequests } from "../providers/rest/counters";
import { ownRule } from "../providers/rest/ownRule";
import { TokenSource } from "../providers/rest/tokenSource";
import { withStack, type StackSession } from "../stack/stackSession";
import { exitCodes, type ExitCode } from "../userError";
import type { CommandContext } from "./command";

/** `npm run local -- import`: takes what stands in local Azure already into the stack, wave by wave. */
export async function importEstate(context: CommandContext): Promise<ExitCode> {
  const { console } = context;
  return await withStack({ ...context, command: "import" }, async (session) => {
    const connection = openConnection(session.azure.proxyUrl, session.azure.caFile);
    try {
      const { found, last } = await takeIn(session.importing, subscription.id, readerAsDeployer(session, connection));
      for (const line of completedLines({ ...last, found })) console.line(line);
      if (found.length === 0) console.line("Nothing of the stack stands in local Azure yet.");
      if (console.json) {
        console.document({ stack: context.stack, ok: true, found, leftOut: last.leftOut, waiting: last.waiting });
      }
      return exitCodes.ok;
    } finally {
      await connection.close();
    }
  });
}

function readerAsDeployer({ azure }: StackSession, connection: Connection): AzureReader {
  const clientSecret = azure.secretOf("deployer");
  const counters = noRequests();
  const tokens = new TokenSource(
    connection,
    { tenantId: tenant.id, clientId: identities.deployer.clientId, clientSecret },
    counters,
  );
  const client = (service: "graph" | "arm", baseUrl: string): RestClient =>
    new RestClient(connection, tokens, counters, {
      service,
      baseUrl,
      scope: `${baseUrl}/.default`,
      rule: ownRule,
    });
  const clients = {
    graph: client("graph", "https://graph.microsoft.com"),
    arm: client("arm", "https://management.azure.com"),
  };
  return new AzureReader((service, url) => clients[service].send("GET", url, AbortSignal.timeout(30_000)));
}
