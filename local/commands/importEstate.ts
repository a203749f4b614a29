import { AzureReader } from "../../tools/adopt/azureReader";
import { takeIn } from "../../tools/adopt/estate/takeIn";
import { completedLines } from "../../tools/adopt/estate/words";
import { subscription } from "../azure/landingZone/layout";
import { withSignedInClients } from "../session/signedInClients";
import { withStack } from "../stack/stackSession";
import { exitCodes, type ExitCode } from "../userError";
import type { CommandContext } from "./command";

/** `npm run local -- import`: takes what stands in local Azure already into the stack, wave by wave. */
export async function importEstate(context: CommandContext): Promise<ExitCode> {
  const { console } = context;
  return await withStack({ ...context, command: "import" }, (session) =>
    withSignedInClients(session.azure, "deployer", async (clientOf) => {
      const clients = { graph: clientOf("graph"), arm: clientOf("arm") };
      const reader = new AzureReader((service, url) => clients[service].send("GET", url, AbortSignal.timeout(30_000)));
      const { found, last } = await takeIn(session.importing, subscription.id, reader);
      for (const line of completedLines({ ...last, found })) console.line(line);
      if (found.length === 0) console.line("Local Azure has none of the stack's resources yet.");
      if (console.json) {
        console.document({ stack: context.stack, ok: true, found, leftOut: last.leftOut, waiting: last.waiting });
      }
      return exitCodes.ok;
    }),
  );
}
