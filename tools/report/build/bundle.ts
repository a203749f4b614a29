import { join } from "node:path";
import { buildSync } from "esbuild";
import type { PageParts } from "../html/bundle";

const page = join(__dirname, "..", "page");

/** Bundles the page from its sources, with the libraries that it uses. */
export function bundledPage(): PageParts {
  const { outputFiles } = buildSync({
    entryPoints: [join(page, "main.tsx")],
    tsconfig: join(page, "tsconfig.json"),
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    logLevel: "silent",
    outdir: page,
    // Its process takes it from this one, which may have left for another since.
    absWorkingDir: page,
  });
  const text = (extension: string): string =>
    outputFiles.find(({ path }) => path.endsWith(extension))?.text.trim() ?? "";
  return { script: text(".js"), style: text(".css") };
}
