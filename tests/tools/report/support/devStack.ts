import { program } from "../../../../infra/program";
import type { AccessReport } from "../../../../tools/report/model/schema";
import { Teams } from "../../../examples/consumers/teams";
import { reportFrom } from "./reports";

/** The report of the dev stack: as Pulumi.dev.yaml has it, deployed by the real engine onto a local Azure of its own. */
export async function devStackReport(): Promise<AccessReport> {
  const teams = await Teams.open();
  try {
    const stack = await teams.owners("dev", program);
    await stack.up({ color: "never" });
    return reportFrom(JSON.stringify(await stack.workspace.exportStack("dev")));
  } finally {
    await teams.close();
  }
}
