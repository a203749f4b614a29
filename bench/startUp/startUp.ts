import { spawnSync } from "node:child_process";
import { markdownTable, median, milliseconds, ratio } from "../report/table";

const runs = 7;

/** Programs that only import, each the floor of the one after it. */
const programs = {
  "Node.js alone": "",
  "bare SDKs": [
    'require("@pulumi/pulumi")',
    'require("@pulumi/azuread").Application',
    'require("@pulumi/azuread").ServicePrincipal',
    'require("@pulumi/azuread").ApplicationPassword',
    'require("@pulumi/azuread").AppRoleAssignment',
    'require("@pulumi/azure-native/authorization").RoleAssignment',
    'require("@pulumi/azure-native/keyvault").Secret',
    'require("@pulumi/azure-native/keyvault").Vault',
    'require("@pulumi/azure-native/storage").StorageAccount',
    'require("@pulumi/azure-native/storage").BlobContainer',
  ].join(";"),
  components: 'require("./components/index.ts")',
  infra: 'require("./infra/program.ts")',
} as const;

/** Time that a process needs to load the SDKs, the components and the stack's program. */
export function startUpTable(): string {
  const names = Object.keys(programs) as (keyof typeof programs)[];
  const times = new Map(names.map((name) => [name, [] as number[]]));
  for (let run = 0; run <= runs; run += 1) {
    for (const name of names) {
      const wall = timeOf(programs[name]);
      // The first round fills the compiler's cache.
      if (run > 0) {
        times.get(name)?.push(wall);
      }
    }
  }
  const floor = median(times.get("bare SDKs") ?? []);
  return markdownTable(
    ["start-up", "median", "against bare SDKs"],
    names.map((name) => {
      const value = median(times.get(name) ?? []);
      return [name, milliseconds(value), ratio(value, floor)];
    }),
  );
}

function timeOf(script: string): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["-r", "tsx/cjs", "-e", script], { encoding: "utf8" });
  if (status !== 0) {
    throw new Error(`a start-up program failed: ${stderr}`);
  }
  return performance.now() - started;
}
