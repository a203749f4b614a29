import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import manifest from "../package.json";
import { fragmentsIn, nextVersion, section, withoutFragment } from "./fragments";

const components = join(__dirname, "..");
const directory = join(components, "changes");
const changelog = join(components, "../CHANGELOG.md");
const manifestFile = join(components, "package.json");

function main([command, argument]: readonly string[]): void {
  const files = new Map(
    readdirSync(directory)
      .filter((name) => name !== "README.md")
      .map((name) => [name, readFileSync(join(directory, name), "utf8")]),
  );
  const fragments = fragmentsIn(files);
  if (command === "--since") {
    const changed = git("diff", "--name-only", "--relative", argument ?? "main", "--", ".").split("\n");
    const missing = withoutFragment(changed);
    if (missing.length === 0) return;
    process.stderr.write(
      `Changed without a file in components/changes: ${missing.join(", ")}. Its README.md says what to write.\n`,
    );
    process.exitCode = 1;
    return;
  }
  const version = nextVersion(manifest.version, fragments);
  const text = section(version, fragments);
  if (command !== "--release") {
    process.stdout.write(text);
    return;
  }
  replace(changelog, "# Changelog\n", `# Changelog\n\n${text}`);
  replace(manifestFile, `"version": "${manifest.version}"`, `"version": "${version}"`);
  for (const name of files.keys()) rmSync(join(directory, name));
}

function replace(file: string, old: string, next: string): void {
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace(old, () => next),
  );
}

const git = (...args: string[]): string => execFileSync("git", args, { cwd: components, encoding: "utf8" });

main(process.argv.slice(2));
