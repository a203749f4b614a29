import path from "node:path";

/** What Pulumi needs to run the pack: its folder, and the folder in which its engine finds the runner, for PATH. */
export interface PolicyPackPaths {
  readonly packs: string[];
  readonly pathEntries: string[];
}

export function policyPackPaths(): PolicyPackPaths {
  return { packs: [__dirname], pathEntries: [path.join(__dirname, "launcher")] };
}
