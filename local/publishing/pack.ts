import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { projectRoot as root } from "../stateDirectory";
import { origin } from "./manifest";
import { commandPackages, policyPackage } from "./packages";
import { stage, stagePages } from "./stage";

/**
 * Packs every package that is published, as npm takes it.
 *
 * @param destination where the tarballs go
 * @returns their paths
 */
export function packAll(destination: string): string[] {
  const place = mkdtempSync(join(tmpdir(), "packages-"));
  try {
    mkdirSync(destination, { recursive: true });
    const staged = [
      stageComponents(join(place, "components")),
      ...commandPackages.map((published) => {
        const directory = join(place, published.directory);
        stage(root, published, directory);
        return directory;
      }),
    ];
    const policy = join(place, policyPackage.directory);
    stage(root, policyPackage, policy, "policy");
    return [...staged, policy].map((directory) => pack(directory, destination));
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** The library is compiled with its types. `npm run check` has judged them. */
function stageComponents(directory: string): string {
  const sources = join(root, "components");
  mkdirSync(directory, { recursive: true });
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const project = join(sources, "tsconfig.build.json");
  execFileSync(process.execPath, [compiler, "-p", project, "--noCheck", "--outDir", join(directory, "bin")]);
  cpSync(join(sources, "PulumiPlugin.yaml"), join(directory, "PulumiPlugin.yaml"));
  const manifest = JSON.parse(readFileSync(join(sources, "package.json"), "utf8")) as Record<string, unknown>;
  delete manifest["scripts"];
  const published = { ...manifest, ...origin(root, "components") };
  writeFileSync(join(directory, "package.json"), `${JSON.stringify(published, null, 2)}\n`);
  stagePages(root, "components", directory);
  return directory;
}

function pack(directory: string, destination: string): string {
  const packed = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--loglevel=error", "--pack-destination", resolve(destination)], {
      cwd: directory,
      encoding: "utf8",
    }),
  ) as readonly { readonly filename: string }[];
  const [{ filename }] = packed as readonly [{ readonly filename: string }];
  return join(resolve(destination), filename);
}
