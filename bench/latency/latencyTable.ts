import { measure } from "../deployment/life";
import { markdownTable, milliseconds, ratio } from "../report/table";
import { nameInUrn, typeInUrn } from "../../tools/engine/urns";

/** A hundred take minutes, so they are left for a run of this part alone. */
const sizes = { alone: [1, 10, 100], amongOthers: [1, 10] } as const;

/** Deployments at Azure's latencies, beside the longest chain of dependent resources. */
export async function latencyTable(progress: (line: string) => void, place: keyof typeof sizes): Promise<string> {
  const rows: string[][] = [];
  const paths: string[] = [];
  for (const daemons of sizes[place]) {
    const what = `${daemons} daemon${daemons === 1 ? "" : "s"}`;
    progress(`deploying ${what} at Azure's latencies`);
    const { operations, criticalPath } = await measure({
      program: "DaemonAccess",
      daemons,
      latency: 1,
      endsAfterUp: true,
    });
    const { wall, requests } = operations.up;
    rows.push([
      what,
      String(requests),
      milliseconds(criticalPath.time),
      milliseconds(wall),
      ratio(wall, criticalPath.time),
    ]);
    paths.push(`- ${what}: ${criticalPath.urns.map(readable).join(", then ")}`);
  }
  const head = ["up at Azure's latencies, one run", "requests", "critical path", "wall", "ratio"];
  return `${markdownTable(head, rows)}\n\nThe critical paths:\n\n${paths.join("\n")}`;
}

/** For example `StorageAccount stbench`. */
function readable(urn: string): string {
  return `${typeInUrn(urn).split(":").at(-1)} ${nameInUrn(urn)}`;
}
