import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { bootstrap, root } from "../local/install/bootstrap.mjs";

const USAGE = `Usage: npm run docs -- [command]

Writes what is generated, then serves the site with search on this machine.

Commands:
  serve     the default
  build     build the site into docs/.vitepress/dist; a dead link fails the build
  generate  write the generated pages and nothing else
`;

/** What writes the generated pages. */
const generators = [
  "local/operations/write.ts",
  "local/faults/reference/write.ts",
  "infra/reference/write.ts",
  "components/publishing/write.ts",
];

const [command = "serve", ...rest] = process.argv.slice(2);

function run(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

if (["--help", "-h"].includes(command)) {
  process.stdout.write(USAGE);
} else if (!["serve", "build", "generate"].includes(command) || rest.length > 0) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  await bootstrap();
  for (const generator of generators) run("--require", "tsx/cjs", generator);
  const vitepress = join("node_modules", "vitepress", "bin", "vitepress.js");
  if (command === "build") run(vitepress, "build", "docs");
  if (command === "serve") run(vitepress, "dev", "docs");
}
