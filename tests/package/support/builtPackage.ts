import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "../../..");
const components = join(root, "components");

/** The package as npm publishes it, and as a program has it after npm install. */
export interface BuiltPackage {
  /** The tarball. */
  readonly archive: string;
  /** Where it is unpacked, with this project's packages to resolve its dependencies from. */
  readonly directory: string;
  readonly files: readonly PackedFile[];
  remove(): void;
}

export interface PackedFile {
  readonly path: string;
  readonly size: number;
}

interface PackResult {
  readonly filename: string;
  readonly files: readonly PackedFile[];
}

/**
 * Builds and packs the package outside of the sources. The compiler writes without checking: `npm run check` has judged
 * the types.
 */
export function buildPackage(): BuiltPackage {
  const place = mkdtempSync(join(tmpdir(), "azure-daemon-access-package-"));
  try {
    const sources = join(place, "sources");
    cpSync(components, sources, { recursive: true, filter: (path) => !/\/(bin|node_modules)$/.test(path) });
    const compiler = join(root, "node_modules/typescript/bin/tsc");
    const project = join(components, "tsconfig.build.json");
    execFileSync(process.execPath, [compiler, "-p", project, "--noCheck", "--outDir", join(sources, "bin")]);
    const packed = JSON.parse(
      execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--loglevel=error", "--pack-destination", place], {
        cwd: sources,
        encoding: "utf8",
      }),
    ) as readonly PackResult[];
    const [{ filename, files }] = packed as readonly [PackResult];
    const archive = join(place, filename);
    const modules = join(place, "node_modules");
    const directory = join(modules, "azure-daemon-access");
    mkdirSync(directory, { recursive: true });
    execFileSync("tar", ["-xzf", archive, "-C", directory, "--strip-components=1"]);
    symlinkSync(join(root, "node_modules/@pulumi"), join(modules, "@pulumi"));
    return {
      archive,
      directory,
      files,
      remove: () => rmSync(place, { recursive: true, force: true }),
    };
  } catch (error) {
    rmSync(place, { recursive: true, force: true });
    throw error;
  }
}
